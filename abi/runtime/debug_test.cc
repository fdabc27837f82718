/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::accept_all;
using stress::context;
using stress::counting_waker;
using stress::gate;
using stress::outcome;
using stress::script;
using stress::value;

namespace {

/* A proxy around a handle, and what it reported. */
struct watched {
  explicit watched(value handle) {
    REQUIRE(baton_debug_wrap(handle.get(), report, this, self.get()) ==
            BATON_OK);
    REQUIRE(handle.is_none());
  }

  static void BATON_CALL report(void *arg, const char *sentence) {
    static_cast<watched *>(arg)->sentences.push_back(sentence);
  }

  /* The one sentence that was reported since the last call. */
  std::string take() {
    std::string sentence;
    if (sentences.size() == 1) sentence = sentences[0];
    if (sentences.size() > 1)
      for (const std::string &one : sentences) sentence += one + " / ";
    sentences.clear();
    return sentence;
  }

  std::vector<std::string> sentences;
  value self;
};

/* Whether a sentence names the type and the slot first, and the rule's id. */
bool names(const std::string &sentence, const std::string &type_and_slot,
           const std::string &id) {
  std::string end = "(" + id + ")";
  INFO(sentence);
  CHECK(sentence.rfind(type_and_slot + ": ", 0) == 0);
  CHECK(sentence.size() > end.size());
  CHECK(sentence.find(end) != std::string::npos);
  return true;
}

watched bad_send(int32_t status, baton_value out) {
  return watched(script::make(
      [status, out](baton_context *, baton_value *, baton_value *given) {
        *given = out;
        return status;
      }));
}

}  // namespace

TEST_CASE("a good provider is silent behind the proxy", "[debug]") {
  stress::hooks hooks;
  {
    gate waits(stress::answer::clean_up);
    watched good(waits.coroutine());
    counting_waker waker;
    baton_context cx = context(accept_all, &waker);
    CHECK(stress::send(good.self, cx, baton_from_i64(1)).out.kind() ==
          BATON_ERROR_TYPE);
    CHECK(stress::send(good.self, cx).status == BATON_PENDING);
    CHECK(stress::throw_into(good.self, baton_from_kind(BATON_ERROR_VALUE), cx)
              .status == BATON_PENDING);
    CHECK(stress::close(good.self, cx).status == BATON_PENDING);
    waits.open(1);
    CHECK(stress::send(good.self, cx).status == BATON_RETURN);
    CHECK(stress::send(good.self, cx).status == BATON_INVALID_STATE);
    CHECK(stress::close(good.self, cx).status == BATON_RETURN);
    CHECK(good.take() == "");
  }
  gate waits;
  watched driven(waits.coroutine());
  waits.open(12);
  CHECK(stress::block_on(driven.self).out.number() == 12);
  CHECK(driven.take() == "");
  CHECK(hooks.unraisable == 0);
}

TEST_CASE("a generator behind the proxy may be used after its end",
          "[debug][COR-3]") {
  static const baton_body body = stress::body_of<uint64_t>(
      "generator",
      [](const baton_value *, baton_context *, uint32_t, baton_value *,
         baton_value *) { return BATON_RETURN; },
      0, BATON_KIND_GENERATOR);
  watched good(stress::coroutine(body));
  CHECK(stress::send(good.self).status == BATON_RETURN);
  CHECK(stress::send(good.self).status == BATON_RETURN);
  CHECK(
      stress::throw_into(good.self, baton_from_kind(BATON_ERROR_KEY)).status ==
      BATON_ERROR);
  CHECK(good.take() == "");
}

TEST_CASE("the proxy reports an unknown status", "[debug][COR-13]") {
  watched bad = bad_send(77, baton_none());
  CHECK(stress::send(bad.self).status == 77);
  names(bad.take(), "script.send", "COR-13");
  watched negative = bad_send(-5, baton_none());
  CHECK(stress::send(negative.self).status == -5);
  names(negative.take(), "script.send", "COR-13");
}

TEST_CASE("the proxy reports AWAIT and ITEM at the chain level",
          "[debug][COR-1]") {
  for (int32_t status : {BATON_AWAIT, BATON_ITEM}) {
    watched bad = bad_send(status, baton_none());
    stress::send(bad.self);
    names(bad.take(), "script.send", "COR-1");
  }
}

TEST_CASE("the proxy reports an ERROR without an error", "[debug][ERR-1]") {
  watched bad = bad_send(BATON_ERROR, baton_from_i64(3));
  stress::send(bad.self);
  names(bad.take(), "script.send", "ERR-1");
  watched empty = bad_send(BATON_ERROR, baton_none());
  stress::send(empty.self);
  names(empty.take(), "script.send", "ERR-1");
}

TEST_CASE("the proxy reports PENDING with a value", "[debug][OWN-1]") {
  watched bad = bad_send(BATON_PENDING, baton_from_i64(3));
  counting_waker waker;
  stress::send(bad.self, context(accept_all, &waker));
  CHECK(bad.take() != "");
}

TEST_CASE("the proxy reports a refusal that fills out", "[debug][OWN-4]") {
  watched bad = bad_send(BATON_BUSY, baton_from_i64(3));
  CHECK(stress::send(bad.self).status == BATON_BUSY);
  names(bad.take(), "script.send", "OWN-4");
}

TEST_CASE("the proxy reports a refusal that takes in", "[debug][OWN-4]") {
  auto refuse = [](baton_context *, baton_value *in, baton_value *) {
    value taken(baton_take(in));
    return BATON_BUSY;
  };
  watched bad(script::make(refuse, refuse));
  stress::send(bad.self, context(), baton_from_i64(3));
  names(bad.take(), "script.send", "OWN-4");
  stress::throw_into(bad.self, baton_from_kind(BATON_ERROR_KEY));
  names(bad.take(), "script.throw_", "OWN-4");
}

TEST_CASE("the proxy reports a refusal that changes the state",
          "[debug][COR-12]") {
  value target = script::make(nullptr);
  script &inside = script::of(target);
  inside.on_send = [&inside](baton_context *, baton_value *, baton_value *) {
    inside.state = BATON_SUSPENDED;
    return BATON_BUSY;
  };
  watched bad(std::move(target));
  stress::send(bad.self);
  names(bad.take(), "script.send", "COR-12");
}

TEST_CASE("the proxy reports a suspension that close may not give",
          "[debug][COR-10]") {
  for (int32_t status : {BATON_YIELD, BATON_PENDING}) {
    watched bad(script::make(
        nullptr, nullptr,
        [status](baton_context *, baton_value *) { return status; }));
    CHECK(stress::close(bad.self, context(0)).status == status);
    names(bad.take(), "script.close", "COR-10");
    counting_waker waker;
    stress::close(bad.self, context(accept_all, &waker));
    CHECK(bad.take() == "");
  }
}

TEST_CASE("the proxy reports a coroutine that runs again after its end",
          "[debug][COR-3]") {
  value target = script::make(nullptr);
  script &inside = script::of(target);
  inside.on_send = [&inside](baton_context *, baton_value *, baton_value *) {
    bool first = inside.sends == 1;
    inside.state = first ? BATON_CLOSED : BATON_SUSPENDED;
    return first ? BATON_RETURN : BATON_YIELD;
  };
  watched bad(std::move(target));
  stress::send(bad.self);
  CHECK(bad.take() == "");
  stress::send(bad.self);
  names(bad.take(), "script.send", "COR-3");
}

TEST_CASE("the proxy reports an out that is not none", "[debug][OWN-1]") {
  gate waits;
  waits.open(1);
  watched good(waits.coroutine());
  baton_context cx = context();
  baton_value in = baton_none(), out = baton_from_i64(9);
  baton_send(good.self.get(), &cx, &in, &out);
  names(good.take(), "coroutine.send", "OWN-1");
  out = baton_from_i64(9);
  good.self.get()->head.type->as_coroutine->close(good.self.get(), &cx, &out);
  names(good.take(), "coroutine.close", "OWN-1");
}

TEST_CASE("the proxy reports a thrown value that is no error",
          "[debug][ERR-1][COR-20]") {
  gate waits;
  watched good(waits.coroutine());
  CHECK(stress::throw_into(good.self, baton_from_i64(2)).status ==
        BATON_INVALID_ARGUMENT);
  CHECK(good.take() != "");
  stress::close(good.self);
}

TEST_CASE("the proxy reports a driver that accepts PENDING without a waker",
          "[debug][CTX-5]") {
  gate waits;
  waits.open(1);
  watched good(waits.coroutine());
  stress::send(good.self, context(accept_all, nullptr));
  names(good.take(), "coroutine.send", "CTX-5");
}

TEST_CASE("the proxy reports a call after the last release, by its type",
          "[debug][OWN-6]") {
  gate waits;
  watched good(waits.coroutine());
  baton_value stale = *good.self.get();
  stress::close(good.self);
  good.self.drop();
  CHECK(good.take() == "");
  baton_context cx = context();
  baton_value in = baton_none(), out = baton_none();
  CHECK(baton_send(&stale, &cx, &in, &out) == BATON_INVALID_ARGUMENT);
  names(good.take(), "coroutine.send", "OWN-6");
  in = baton_from_kind(BATON_ERROR_KEY);
  CHECK(baton_throw(&stale, &cx, &in, &out) == BATON_INVALID_ARGUMENT);
  names(good.take(), "coroutine.throw_", "OWN-6");
  CHECK(stale.head.type->as_coroutine->close(&stale, &cx, &out) ==
        BATON_INVALID_ARGUMENT);
  names(good.take(), "coroutine.close", "OWN-6");
  stale.head.type->as_async->am_await(&stale, &cx, &out);
  names(good.take(), "coroutine.am_await", "OWN-6");
  stale.head.type->retain(&stale);
  names(good.take(), "coroutine.retain", "OWN-6");
  stale.head.type->release(&stale);
  names(good.take(), "coroutine.release", "OWN-6");
  CHECK(waits.ends == 0);
}

TEST_CASE("the proxy reports two drivers at a time", "[debug][THR-1]") {
  stress::watchdog watchdog("two drivers");
  stress::event inside, leave;
  /* It does not tell its state: it does not look after itself. */
  value target =
      script::make([&](baton_context *, baton_value *, baton_value *) {
        if (!inside.is_set()) {
          inside.set();
          leave.wait();
        }
        return BATON_RETURN;
      });
  watched bad(std::move(target));
  std::thread first([&bad] { stress::send(bad.self); });
  inside.wait();
  stress::send(bad.self);
  leave.set();
  first.join();
  names(bad.take(), "script.send", "THR-1");
}

TEST_CASE("each call gets a context at another address, the waker is the same",
          "[debug][CTX-2][WAK-5]") {
  std::vector<const baton_context *> seen;
  std::vector<const baton_waker *> wakers;
  watched good(
      script::make([&](baton_context *cx, baton_value *, baton_value *) {
        seen.push_back(cx);
        wakers.push_back(cx->waker);
        return BATON_PENDING;
      }));
  counting_waker waker;
  baton_context cx = context(accept_all, &waker);
  for (int i = 0; i < 6; i++) stress::send(good.self, cx);
  for (size_t i = 0; i < seen.size(); i++) {
    CHECK(wakers[i] == &waker);
    CHECK(seen[i] != &cx);
    if (i > 0) CHECK(seen[i] != seen[i - 1]);
  }
  CHECK(good.take() == "");
}

TEST_CASE("a proxy can be awaited like what is behind it", "[debug][AWT-2]") {
  struct frame {
    baton_value child;
    uint32_t step;
  };
  static const baton_body body = stress::body_with_values<frame>(
      "awaits",
      [](const baton_value *self, baton_context *, uint32_t op, baton_value *in,
         baton_value *out) {
        frame *here = static_cast<frame *>(baton_coro_frame(self));
        if (op == BATON_OP_SEND && here->step++ == 0) {
          *out = baton_take(&here->child);
          return BATON_AWAIT;
        }
        *out = baton_take(in);
        return op == BATON_OP_SEND ? BATON_RETURN : BATON_ERROR;
      },
      offsetof(frame, child), 1);
  gate waits;
  waits.open(3);
  watched good(waits.coroutine());
  value outer = stress::coroutine(body);
  stress::frame_of<frame>(outer).child = good.self.copy().take();
  outcome end = stress::send(outer);
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.number() == 3);
  CHECK(good.take() == "");
}

TEST_CASE("a proxy holds one value", "[debug][TYP-8]") {
  value target = script::make(nullptr);
  value kept = target.copy();
  watched good(std::move(target));
  std::vector<void *> visited;
  good.self.get()->head.type->traverse(
      good.self.get(),
      [](const baton_value *held, void *arg) -> int32_t {
        static_cast<std::vector<void *> *>(arg)->push_back(
            held->payload.object);
        return 0;
      },
      &visited);
  CHECK(visited == std::vector<void *>{kept.get()->payload.object});
}

TEST_CASE("what cannot be driven cannot be wrapped", "[debug][OWN-4]") {
  value thing = stress::thing::make(), number(baton_from_i64(1)), out;
  CHECK(baton_debug_wrap(thing.get(), nullptr, nullptr, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_debug_wrap(number.get(), nullptr, nullptr, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_debug_wrap(nullptr, nullptr, nullptr, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK_FALSE(thing.is_none());
  CHECK(out.is_none());
}

TEST_CASE("without a report the proxy prints and aborts", "[debug]") {
  bool survived = stress::in_child_process([] {
    fclose(stderr);
    value target = script::make(
        [](baton_context *, baton_value *, baton_value *) { return 77; });
    value proxy;
    baton_debug_wrap(target.get(), nullptr, nullptr, proxy.get());
    stress::send(proxy);
  });
  CHECK_FALSE(survived);
}

TEST_CASE("released proxies do not stay in use for ever", "[debug]") {
  stress::balance balance;
  for (int i = 0; i < 200; i++) {
    watched good(script::make(nullptr));
    good.self.drop();
  }
  CHECK(balance.change() == 0);
}
