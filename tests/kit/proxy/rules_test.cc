/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <condition_variable>
#include <stdexcept>
#include <thread>

#include "driver.h"

using kit::Ledger;
using kit::Means;
using kit::Side;
using kit::Value;
using Rules = std::set<std::string>;

namespace {

/** A proxy of one object, with a ledger of its own. */
struct Bench {
  Ledger ledger;
  fake::Object object{fake::behave};
  Side side;
  Means means;

  Bench(Side side_, Means means_) : side(side_), means(means_) {}
  Value proxy() { return fake::proxy_of(ledger, object, side, means); }
  Rules rules() const { return fake::rules(ledger); }

  /** In the place of what is right. */
  void answers(int32_t status, baton_value out = baton_none()) {
    object.answer = [=](fake::Object &, fake::Call &call) {
      *call.out = out;
      return status;
    };
  }
};

struct Caller : Bench {
  explicit Caller(Means means_) : Bench(Side::caller, means_) {}
};

struct Callee : Bench {
  explicit Callee(Means means_) : Bench(Side::callee, means_) {}
};

Means any_means() { return GENERATE(Means::closures, Means::thunks); }

}  // namespace

TEST_CASE("a caller that leaves a value in out", "[proxy][OWN-1]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  baton_context cx = fake::context();
  baton_value in = baton_none(), out = baton_from_i64(1);
  proxy.type()->as_coroutine->send(proxy.get(), &cx, &in, &out);
  CHECK(bench.rules() == Rules{"OWN-1"});
  CHECK(bench.ledger.broken()[0].came == "i64 1");
}

TEST_CASE("a caller whose context is wrong", "[proxy][CTX-5][VER-7]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  baton_context cx = fake::context();
  baton_value in = baton_none(), out = baton_none();
  SECTION("PENDING without a waker") {
    cx.accepts = BATON_ACCEPT_PENDING;
    proxy.type()->as_coroutine->send(proxy.get(), &cx, &in, &out);
    CHECK(bench.rules() == Rules{"CTX-5"});
  }
  SECTION("a reserved member") {
    cx.reserved0 = 1;
    proxy.type()->as_coroutine->send(proxy.get(), &cx, &in, &out);
    CHECK(bench.rules() == Rules{"VER-7"});
  }
  SECTION("none at all") {
    proxy.type()->as_coroutine->send(proxy.get(), nullptr, &in, &out);
    CHECK(bench.rules() == Rules{"CTX-3"});
  }
}

TEST_CASE("a caller that begins with a value", "[proxy][COR-2]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  fake::send(proxy, baton_from_i64(1));
  CHECK(bench.rules() == Rules{"COR-2"});
}

TEST_CASE("a caller that resumes what has ended", "[proxy][COR-21]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  fake::close(proxy);
  CHECK(bench.rules().empty());
  fake::close(proxy);
  CHECK(bench.rules().empty());
  CHECK(fake::send(proxy).status == BATON_INVALID_STATE);
  CHECK(bench.rules() == Rules{"COR-21"});
}

TEST_CASE("a caller that goes on after an unknown status", "[proxy][COR-13]") {
  Caller bench(any_means());
  bench.answers(77);
  const Value proxy = bench.proxy();
  fake::send(proxy);
  fake::close(proxy);
  CHECK(bench.rules().empty());
  fake::send(proxy);
  CHECK(bench.rules() == Rules{"COR-13"});
}

TEST_CASE("a caller that releases too often or too early",
          "[proxy][OWN-6][OWN-7]") {
  Caller bench(any_means());
  Value proxy = bench.proxy();
  baton_value kept = *proxy.get();
  SECTION("twice") {
    proxy.drop();
    CHECK(bench.rules().empty());
    CHECK(kept.head.type->release(&kept) == BATON_OK);
    CHECK(bench.rules() == Rules{"OWN-7"});
    CHECK(bench.object.references == 0);
  }
  SECTION("and calls then") {
    proxy.drop();
    CHECK(kept.head.type->retain(&kept) == BATON_INVALID_ARGUMENT);
    CHECK(bench.rules() == Rules{"OWN-7"});
  }
  SECTION("during a call") {
    int inside = -1;
    bench.object.answer = [&](fake::Object &object, fake::Call &) {
      proxy.drop();
      inside = object.references;
      return BATON_RETURN;
    };
    fake::Step step{0, baton_none(), baton_none()};
    baton_context cx = fake::context();
    kept.head.type->as_coroutine->send(&kept, &cx, &step.in, &step.out);
    CHECK(inside == 1); /* what is behind has outlived the call */
    CHECK(bench.object.references == 0);
    CHECK(bench.rules() == Rules{"OWN-6"});
  }
}

TEST_CASE("two threads that drive at once", "[proxy][THR-1]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  std::mutex mutex;
  std::condition_variable changed;
  bool inside = false, done = false;
  bench.object.answer = [&](fake::Object &, fake::Call &call) -> int32_t {
    if (call.slot == "close") return BATON_BUSY;
    std::unique_lock<std::mutex> lock(mutex);
    inside = true;
    changed.notify_all();
    changed.wait(lock, [&] { return done; });
    return BATON_YIELD;
  };
  std::thread other([&] { fake::send(proxy); });
  {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return inside; });
  }
  CHECK(fake::close(proxy).status == BATON_BUSY);
  {
    std::lock_guard<std::mutex> lock(mutex);
    done = true;
  }
  changed.notify_all();
  other.join();
  CHECK(bench.rules() == Rules{"THR-1"});
}

TEST_CASE("a self that is no object of the type", "[proxy]") {
  Caller bench(any_means());
  const Value proxy = bench.proxy();
  int elsewhere = 0;
  const baton_value forged = baton_from_object(proxy.type(), &elsewhere);
  CHECK(proxy.type()->retain(&forged) == BATON_INVALID_ARGUMENT);
  CHECK(bench.object.references == 1);
}

TEST_CASE("a coroutine that answers wrongly", "[proxy]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  SECTION("a status that is none [COR-1]") {
    bench.answers(BATON_AWAIT);
    fake::send(proxy);
    CHECK(bench.rules() == Rules{"COR-1"});
    CHECK(bench.ledger.broken()[0].came == "AWAIT none");
  }
  SECTION("a bool of 2 [VAL-3]") {
    bench.answers(BATON_YIELD, baton_scalar_value(BATON_TAG_BOOL, 2));
    fake::send(proxy);
    CHECK(bench.rules() == Rules{"VAL-3"});
  }
  SECTION("a value is taken and refused [OWN-4]") {
    bench.object.answer = [](fake::Object &, fake::Call &call) {
      baton_take(call.in);
      return BATON_UNSUPPORTED;
    };
    bench.object.state = BATON_SUSPENDED;
    fake::send(proxy, baton_from_i64(3));
    CHECK(bench.rules() == Rules{"OWN-4"});
  }
  SECTION("another value in in [OWN-2]") {
    bench.object.answer = [](fake::Object &, fake::Call &call) {
      *call.in = baton_from_i64(8);
      return BATON_YIELD;
    };
    bench.object.state = BATON_SUSPENDED;
    fake::send(proxy, baton_from_i64(3));
    CHECK(bench.rules() == Rules{"OWN-2"});
  }
  SECTION("a refusal that changes the state [COR-12]") {
    bench.object.state = BATON_SUSPENDED;
    bench.object.answer = [](fake::Object &object, fake::Call &) {
      object.state = BATON_CLOSED;
      return BATON_UNSUPPORTED;
    };
    fake::throw_(proxy, baton_from_kind(BATON_ERROR_VALUE));
    CHECK(bench.rules() == Rules{"COR-12"});
  }
  SECTION("a suspension from close [COR-10]") {
    bench.object.state = BATON_SUSPENDED;
    bench.answers(BATON_PENDING);
    fake::close(proxy);
    CHECK(bench.rules() == Rules{"COR-10"});
  }
  SECTION("an exception [ERR-8]") {
    bench.object.answer = [](fake::Object &, fake::Call &) -> int32_t {
      throw std::runtime_error("out");
    };
    const fake::Step step = fake::send(proxy);
    CHECK(step.status == BATON_ERROR);
    CHECK(kit::describe(step.out) == "error panic");
    CHECK(bench.rules() == Rules{"ERR-8"});
  }
}

TEST_CASE("a coroutine that has not started", "[proxy][COR-2][COR-5][COR-7]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  SECTION("and takes a value") {
    bench.answers(BATON_YIELD);
    fake::send(proxy, baton_from_i64(1));
    CHECK(bench.rules() == Rules{"COR-2"});
  }
  SECTION("and gives another error than was thrown") {
    bench.answers(BATON_ERROR, baton_from_kind(BATON_ERROR_KEY));
    bench.object.state = BATON_CREATED;
    fake::throw_(proxy, baton_from_kind(BATON_ERROR_VALUE));
    CHECK(bench.rules() == Rules{"COR-5"});
  }
  SECTION("and is not closed by close") {
    bench.answers(BATON_RETURN);
    fake::close(proxy);
    CHECK(bench.rules() == Rules{"COR-7"});
  }
  SECTION("and runs at close") {
    bench.object.answer = [](fake::Object &object, fake::Call &call) {
      object.state = BATON_CLOSED;
      *call.out = baton_from_i64(1);
      return BATON_RETURN;
    };
    fake::close(proxy);
    CHECK(bench.rules() == Rules{"COR-7"});
  }
}

TEST_CASE("a coroutine that has ended", "[proxy][COR-3][COR-9]") {
  Callee bench(any_means());
  bench.object.tells = GENERATE(true, false);
  const Value proxy = bench.proxy();
  fake::close(proxy);
  REQUIRE(bench.rules().empty());
  SECTION("and yields") {
    bench.answers(BATON_YIELD);
    fake::send(proxy);
    CHECK(bench.rules() == Rules{"COR-3"});
  }
  SECTION("and returns a value from close") {
    bench.answers(BATON_RETURN, baton_from_i64(1));
    fake::close(proxy);
    CHECK(bench.rules() == Rules{"COR-9"});
  }
}

TEST_CASE("a generator that has ended answers as one", "[proxy][COR-3]") {
  Callee bench(any_means());
  bench.object.kind = BATON_KIND_GENERATOR;
  bench.object.state = BATON_CLOSED;
  const Value proxy = bench.proxy();
  SECTION("rightly") {
    bench.answers(BATON_RETURN);
    fake::send(proxy);
    CHECK(bench.rules().empty());
  }
  SECTION("wrongly") {
    bench.answers(BATON_INVALID_STATE);
    fake::send(proxy);
    CHECK(bench.rules() == Rules{"COR-3"});
  }
}

TEST_CASE("a coroutine that runs is not entered", "[proxy][COR-4]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  const int32_t inner = GENERATE(int32_t{BATON_BUSY}, int32_t{BATON_YIELD});
  bench.object.answer = [&](fake::Object &object, fake::Call &) -> int32_t {
    if (object.state == BATON_RUNNING) return inner;
    object.state = BATON_RUNNING;
    fake::send(proxy);
    object.state = BATON_SUSPENDED;
    return BATON_YIELD;
  };
  CHECK(fake::send(proxy).status == BATON_YIELD);
  CHECK(bench.rules() == (inner == BATON_BUSY ? Rules{} : Rules{"COR-4"}));
}

TEST_CASE("handles and iterators that are none", "[proxy][AWT-2][AWT-3]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  SECTION("am_await gives a scalar") {
    bench.answers(BATON_OWNED, baton_from_i64(1));
    fake::async(proxy, &baton_async_methods::am_await);
    CHECK(bench.rules() == Rules{"AWT-3"});
  }
  SECTION("am_await gives another status") {
    bench.object.answer = [](fake::Object &object, fake::Call &call) {
      *call.out = fake::value(object);
      return BATON_PENDING;
    };
    fake::async(proxy, &baton_async_methods::am_await);
    CHECK(bench.rules() == Rules{"AWT-2"});
  }
  SECTION("am_aiter gives none") {
    bench.answers(BATON_OWNED);
    fake::async(proxy, &baton_async_methods::am_aiter);
    CHECK(bench.rules() == Rules{"AWT-5"});
  }
  SECTION("am_anext gives none") {
    bench.answers(BATON_OWNED);
    fake::async(proxy, &baton_async_methods::am_anext);
    CHECK(bench.rules() == Rules{"AWT-6"});
  }
}

TEST_CASE("retain, release and query that break their rules",
          "[proxy][TYP-6][TYP-7][TYP-10]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  SECTION("retain") {
    bench.object.retained = BATON_WRONG_THREAD;
    CHECK(proxy.type()->retain(proxy.get()) == BATON_WRONG_THREAD);
    CHECK(bench.rules() == Rules{"TYP-7"});
  }
  SECTION("release") {
    bench.object.dropped = BATON_BUSY;
    Value copy = proxy.copy();
    copy.drop();
    CHECK(bench.rules() == Rules{"TYP-6"});
    bench.object.dropped = BATON_OK;
  }
  SECTION("query") {
    fake::find(proxy, BATON_EXT_INTROSPECT);
    bench.object.tells = false;
    fake::find(proxy, BATON_EXT_INTROSPECT);
    CHECK(bench.rules() == Rules{"TYP-10"});
  }
}

TEST_CASE("asking for a delegate changes nothing", "[proxy][INT-3]") {
  Callee bench(any_means());
  const Value proxy = bench.proxy();
  const auto *table = static_cast<const baton_introspect *>(
      fake::find(proxy, BATON_EXT_INTROSPECT));
  bench.object.answer = [](fake::Object &object, fake::Call &) {
    object.state = BATON_SUSPENDED;
    return BATON_OK;
  };
  baton_value out = baton_none();
  table->delegated_to(proxy.get(), &out);
  CHECK(bench.rules() == Rules{"INT-3"});
}
