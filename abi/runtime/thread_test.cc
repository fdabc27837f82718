/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>
#include <vector>

#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::accept_all;
using stress::answer;
using stress::context;
using stress::counting_waker;
using stress::gate;
using stress::outcome;
using stress::value;

namespace {

/* A thread that owns affine objects: it does what it is told, one after the
 * other, until it leaves. */
class owner {
 public:
  owner()
      : thread_([this] {
          for (;;) {
            meet_.meet();
            if (!job_) return;
            job_();
            meet_.meet();
          }
        }) {}
  owner(const owner &) = delete;
  ~owner() { leave(); }

  template <class Job>
  void run(Job job) {
    job_ = job;
    meet_.meet();
    meet_.meet();
  }

  void leave() {
    if (!thread_.joinable()) return;
    job_ = nullptr;
    meet_.meet();
    thread_.join();
  }

 private:
  stress::barrier meet_{2};
  std::function<void()> job_;
  std::thread thread_;
};

uint64_t leaked() {
  baton_counters counters;
  baton_read_counters(&counters);
  return counters.leaked;
}

/* A frame that tells on which thread it was dropped. */
struct witness {
  std::atomic<int> dropped{0};
  std::thread::id on;
  std::function<void()> also;
};

struct witness_frame {
  witness *tells;
  baton_value child;
};

int32_t BATON_CALL await_child(const baton_value *self, baton_context *,
                               uint32_t op, baton_value *in, baton_value *out) {
  witness_frame *frame = static_cast<witness_frame *>(baton_coro_frame(self));
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (!baton_is_none(&frame->child)) {
    *out = baton_take(&frame->child);
    return BATON_AWAIT;
  }
  *out = baton_take(in);
  return BATON_RETURN;
}

void BATON_CALL tell_drop(void *frame) {
  witness *tells = static_cast<witness_frame *>(frame)->tells;
  if (!tells) return;
  tells->on = std::this_thread::get_id();
  if (tells->also) tells->also();
  tells->dropped++;
}

/* A coroutine that awaits `child` and returns its result. */
value awaiting(uint16_t flags, value child, witness *tells = nullptr) {
  static const auto make = [](uint16_t body_flags) {
    baton_body body = stress::body_with_values<witness_frame>(
        "awaiting", await_child, offsetof(witness_frame, child), 1, body_flags);
    body.drop = tell_drop;
    return body;
  };
  static const baton_body plain = make(0), affine = make(BATON_BODY_AFFINE),
                          shared = make(BATON_BODY_SHARED);
  value made = stress::coroutine(flags == BATON_BODY_AFFINE   ? affine
                                 : flags == BATON_BODY_SHARED ? shared
                                                              : plain);
  stress::frame_of<witness_frame>(made).child = child.take();
  stress::frame_of<witness_frame>(made).tells = tells;
  return made;
}

}  // namespace

/* ---- Affine objects, driven elsewhere ---------------------------------- */

TEST_CASE("an affine coroutine refuses to be driven on another thread",
          "[thread][THR-4][COR-12][OWN-4]") {
  stress::balance balance;
  {
    owner home;
    gate waits;
    value self;
    counting_waker waker;
    home.run([&] { self = waits.coroutine(BATON_BODY_AFFINE); });
    for (uint32_t state :
         {uint32_t{BATON_CREATED}, uint32_t{BATON_SUSPENDED}}) {
      baton_context cx = context(accept_all, &waker);
      baton_value in = baton_none(), out = baton_none();
      CHECK(baton_send(self.get(), &cx, &in, &out) == BATON_WRONG_THREAD);
      in = baton_from_kind(BATON_ERROR_KEY);
      CHECK(baton_throw(self.get(), &cx, &in, &out) == BATON_WRONG_THREAD);
      CHECK(baton_error_kind(&in) == BATON_ERROR_KEY);
      CHECK(self.get()->head.type->as_coroutine->close(self.get(), &cx, &out) ==
            BATON_WRONG_THREAD);
      CHECK(baton_is_none(&out));
      CHECK(self.get()->head.type->retain(self.get()) == BATON_WRONG_THREAD);
      CHECK(stress::state_of(self) == state);
      if (state == BATON_CREATED)
        home.run([&] {
          CHECK(stress::send(self, context(accept_all, &waker)).status ==
                BATON_PENDING);
        });
    }
    CHECK(waits.polls == 1);
    CHECK(waits.throws == 0);
    waits.open(6);
    home.run([&] {
      CHECK(stress::send(self, context(accept_all, &waker)).out.number() == 6);
    });
    baton_value in = baton_none(), out = baton_none();
    baton_context cx = context();
    CHECK(baton_send(self.get(), &cx, &in, &out) == BATON_WRONG_THREAD);
    home.run([&] { self.drop(); });
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("the wrong thread is told before a value sent too early",
          "[thread][THR-4]") {
  owner home;
  gate waits;
  value self;
  home.run([&] { self = waits.coroutine(BATON_BODY_AFFINE); });
  CHECK(stress::send(self, context(), baton_from_i64(1)).status ==
        BATON_WRONG_THREAD);
  home.run([&] {
    stress::close(self);
    self.drop();
  });
}

TEST_CASE(
    "every slot of an affine object that only its driver may call "
    "refuses elsewhere",
    "[thread][THR-4]") {
  owner home;
  gate waits;
  value self;
  home.run([&] { self = waits.coroutine(BATON_BODY_AFFINE); });
  const baton_type *type = self.get()->head.type;
  baton_context cx = context();
  baton_value out = baton_none();
  CHECK(type->as_async->am_await(self.get(), &cx, &out) == BATON_WRONG_THREAD);
  CHECK(baton_is_none(&out));
  auto introspect = static_cast<const baton_introspect *>(
      baton_find(self.get(), BATON_EXT_INTROSPECT));
  CHECK(introspect->delegated_to(self.get(), &out) == BATON_WRONG_THREAD);
  CHECK(introspect->returns_to(self.get(), &out) == BATON_WRONG_THREAD);
  baton_value error = baton_none();
  CHECK(baton_block_on(self.get(), &error) == BATON_WRONG_THREAD);
  home.run([&] {
    stress::close(self);
    self.drop();
  });
}

TEST_CASE("what any thread may call of an affine object works everywhere",
          "[thread][THR-4][TYP-10]") {
  owner home;
  gate waits;
  value self;
  home.run([&] { self = waits.coroutine(BATON_BODY_AFFINE); });
  const baton_type *type = self.get()->head.type;
  const void *there = nullptr, *here = nullptr, *unknown = &home;
  home.run([&] { type->query(self.get(), BATON_EXT_INTROSPECT, &there); });
  CHECK(type->query(self.get(), BATON_EXT_INTROSPECT, &here) == BATON_OK);
  CHECK(here == there);
  CHECK(type->query(self.get(), "baton.nothing/1", &unknown) ==
        BATON_UNSUPPORTED);
  CHECK(unknown == nullptr);
  CHECK(stress::state_of(self) == BATON_CREATED);
  CHECK(type->as_link->guard(self.get()) == BATON_WRONG_THREAD);
  home.run([&] {
    CHECK(type->as_link->guard(self.get()) == BATON_OK);
    stress::close(self);
    self.drop();
  });
}

TEST_CASE("an affine link in mid-chain stops a driver of another thread",
          "[thread][THR-4][LNK-13]") {
  stress::balance balance;
  {
    owner home;
    gate waits;
    witness tells;
    value mid, outer;
    counting_waker waker;
    home.run([&] {
      mid = awaiting(BATON_BODY_AFFINE, waits.coroutine(), &tells);
      outer = awaiting(0, mid.copy());
      CHECK(stress::send(outer, context(accept_all, &waker)).status ==
            BATON_PENDING);
    });
    waits.open(4);
    /* The leaf is plain and runs here; the affine link above it does not. */
    outcome end = stress::send(outer, context(accept_all, &waker));
    CHECK(waits.ends == 1);
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.kind() == BATON_ERROR_RUNTIME);
    CHECK(end.out.message() == "'coroutine' belongs to another thread");
    CHECK(stress::state_of(outer) == BATON_CLOSED);
    CHECK(stress::state_of(mid) == BATON_SUSPENDED);
    CHECK(tells.dropped == 0);
    home.run([&] {
      outcome late = stress::send(mid, context(accept_all, &waker));
      CHECK(late.status == BATON_RETURN);
      mid.drop();
    });
    CHECK(tells.dropped == 1);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("an affine link that is awaited on another thread stays as it was",
          "[thread][THR-4][COR-12]") {
  stress::balance balance;
  {
    owner home;
    gate waits;
    value mid;
    home.run([&] { mid = waits.coroutine(BATON_BODY_AFFINE); });
    value outer = awaiting(0, std::move(mid));
    outcome end = stress::send(outer);
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.message() == "'coroutine' belongs to another thread");
    CHECK(waits.polls == 0);
    stress::hooks hooks;
    home.run([] { baton_thread_flush(); });
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a close from another thread leaves no mark on an affine link",
          "[thread][THR-4][COR-12][LNK-16]") {
  stress::balance balance;
  stress::hooks hooks;
  {
    owner home;
    struct frame {
      baton_value child;
      uint32_t step;
    };
    /* Awaits its child, then yields 1, 2, ... whatever comes. */
    static const baton_body body = stress::body_with_values<frame>(
        "yields",
        [](const baton_value *self, baton_context *, uint32_t, baton_value *in,
           baton_value *out) {
          frame *here = static_cast<frame *>(baton_coro_frame(self));
          baton_drop(in);
          if (here->step++ == 0) {
            *out = baton_take(&here->child);
            return BATON_AWAIT;
          }
          if (here->step > 3) return BATON_RETURN;
          *out = baton_from_i64(here->step - 1);
          return BATON_YIELD;
        },
        offsetof(frame, child), 1, BATON_BODY_AFFINE);
    gate waits;
    value mid, outer;
    counting_waker waker;
    home.run([&] {
      mid = stress::coroutine(body);
      stress::frame_of<frame>(mid).child = waits.coroutine().take();
      outer = awaiting(0, mid.copy());
      stress::send(outer, context(accept_all, &waker));
    });
    outcome end = stress::close(outer);
    CHECK(waits.exits == 1);
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.message() == "'coroutine' belongs to another thread");
    home.run([&] {
      /* It never got generator-exit: a suspension is an ordinary one. */
      outcome yielded = stress::send(mid, context(0));
      CHECK(yielded.status == BATON_YIELD);
      CHECK(yielded.out.number() == 1);
      CHECK(stress::send(mid).out.number() == 2);
      CHECK(stress::send(mid).status == BATON_RETURN);
      mid.drop();
    });
  }
  CHECK(balance.change() == 0);
}

/* ---- Release on any thread --------------------------------------------- */

TEST_CASE("an affine object that is released elsewhere goes on its owner",
          "[thread][TYP-6]") {
  stress::balance balance;
  stress::hooks hooks;
  for (int by_entry = 0; by_entry < 2; by_entry++) {
    owner home;
    gate waits;
    witness tells;
    value self, entry;
    counting_waker waker;
    std::thread::id home_id;
    home.run([&] {
      home_id = std::this_thread::get_id();
      self = awaiting(BATON_BODY_AFFINE, waits.coroutine(), &tells);
      entry = awaiting(BATON_BODY_AFFINE, value());
      stress::send(self, context(accept_all, &waker));
    });
    self.drop();
    CHECK(tells.dropped == 0);
    CHECK(waits.exits == 0);
    home.run([&] {
      if (by_entry) {
        stress::send(entry);
      } else {
        baton_thread_flush();
      }
    });
    CHECK(tells.dropped == 1);
    CHECK(tells.on == home_id);
    CHECK(waits.exits == 1);
    home.run([&] { entry.drop(); });
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("an owner's exit takes apart what was left for it",
          "[thread][TYP-6]") {
  stress::balance balance;
  stress::hooks hooks;
  uint64_t before = leaked();
  witness tells;
  {
    owner home;
    value self;
    home.run([&] { self = awaiting(BATON_BODY_AFFINE, value(), &tells); });
    self.drop();
    CHECK(tells.dropped == 0);
    home.leave();
  }
  CHECK(tells.dropped == 1);
  CHECK(leaked() == before);
  CHECK(balance.change() == 0);
}

TEST_CASE("an affine object whose owner is gone leaks and is counted",
          "[thread][TYP-6]") {
  stress::hooks hooks;
  uint64_t before = leaked();
  witness tells;
  value self;
  {
    owner home;
    home.run([&] { self = awaiting(BATON_BODY_AFFINE, value(), &tells); });
  }
  CHECK(stress::send(self).status == BATON_WRONG_THREAD);
  CHECK(stress::state_of(self) == BATON_CREATED);
  /* It is lost for good: kept here, so that no leak check finds it. */
  static void *lost;
  lost = self.get()->payload.object;
  self.drop();
  CHECK(lost != nullptr);
  CHECK(leaked() == before + 1);
  CHECK(tells.dropped == 0);
}

TEST_CASE("what is released while an owner leaves is taken apart or counted",
          "[thread][TYP-6]") {
  stress::hooks hooks;
  uint64_t before = leaked();
  witness first, second;
  static value late;
  {
    owner home;
    value self;
    home.run([&] {
      self = awaiting(BATON_BODY_AFFINE, value(), &first);
      late = awaiting(BATON_BODY_AFFINE, value(), &second);
    });
    /* The owner's exit drops `self`, which has `late` released elsewhere. */
    first.also = [] { stress::on_another_thread([] { late.drop(); }); };
    static void *lost;
    lost = late.get()->payload.object;
    CHECK(lost != nullptr);
    self.drop();
  }
  CHECK(first.dropped == 1);
  CHECK(static_cast<uint64_t>(second.dropped.load()) + leaked() - before == 1);
}

TEST_CASE("counting an affine object runs no code of another one",
          "[thread][TYP-7]") {
  stress::hooks hooks;
  owner home;
  witness tells;
  value self, other;
  home.run([&] {
    self = awaiting(BATON_BODY_AFFINE, value());
    other = awaiting(BATON_BODY_AFFINE, value(), &tells);
  });
  other.drop();
  home.run([&] {
    /* Both slots are leaf calls. */
    self.get()->head.type->as_link->guard(self.get());
    CHECK(tells.dropped == 0);
    value copy = self.copy();
    CHECK(tells.dropped == 0);
    copy.drop();
    self.drop();
    baton_thread_flush();
    CHECK(tells.dropped == 1);
  });
}

TEST_CASE("a flush gives back all that a thread had for affine objects",
          "[thread]") {
  stress::on_another_thread([] {
    stress::balance balance;
    stress::close(awaiting(BATON_BODY_AFFINE, value()));
    CHECK(balance.change() == 0);
  });
}

TEST_CASE("a plain suspended coroutine may be released on another thread",
          "[thread][TYP-6][COR-18]") {
  stress::balance balance;
  gate waits;
  counting_waker waker;
  value outer = awaiting(0, awaiting(0, waits.coroutine()));
  stress::send(outer, context(accept_all, &waker));
  stress::on_another_thread([&outer] { outer.drop(); });
  CHECK(waits.exits == 1);
  CHECK(waker.clones() == 0);
  CHECK(balance.change() == 0);
}

/* ---- The shared guard -------------------------------------------------- */

TEST_CASE("of two that drive a shared coroutine the second is BUSY",
          "[thread][THR-5][COR-4]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("shared guard");
    struct frame {
      stress::event *inside;
      stress::event *leave;
    };
    static const baton_body body = stress::body_of<frame>(
        "meets",
        [](const baton_value *self, baton_context *, uint32_t, baton_value *,
           baton_value *out) {
          frame *here = static_cast<frame *>(baton_coro_frame(self));
          here->inside->set();
          here->leave->wait();
          *out = baton_from_i64(1);
          return BATON_RETURN;
        },
        BATON_BODY_SHARED);
    stress::event inside, leave;
    value self = stress::coroutine(body);
    stress::frame_of<frame>(self) = {&inside, &leave};
    outcome first = {0, value()};
    std::thread driver([&] { first = stress::send(self); });
    inside.wait();
    CHECK(stress::state_of(self) == BATON_RUNNING);
    CHECK(stress::send(self).status == BATON_BUSY);
    CHECK(stress::throw_into(self, baton_from_kind(BATON_ERROR_KEY)).status ==
          BATON_BUSY);
    CHECK(stress::close(self).status == BATON_BUSY);
    leave.set();
    driver.join();
    CHECK(first.status == BATON_RETURN);
    CHECK(first.out.number() == 1);
    CHECK(stress::send(self).status == BATON_INVALID_STATE);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a shared link that hangs under another one is BUSY",
          "[thread][LNK-12]") {
  stress::balance balance;
  {
    gate waits;
    counting_waker waker;
    value leaf = waits.coroutine(BATON_BODY_SHARED);
    value mid = awaiting(BATON_BODY_SHARED, leaf.copy());
    value outer = awaiting(BATON_BODY_SHARED, mid.copy());
    baton_context cx = context(accept_all, &waker);
    CHECK(stress::send(outer, cx).status == BATON_PENDING);
    for (const value *link : {&leaf, &mid}) {
      CHECK(stress::state_of(*link) == BATON_SUSPENDED);
      CHECK(stress::send(*link, cx).status == BATON_BUSY);
      CHECK(stress::throw_into(*link, baton_from_kind(BATON_ERROR_KEY), cx)
                .status == BATON_BUSY);
      CHECK(stress::close(*link, cx).status == BATON_BUSY);
    }
    CHECK(waits.polls == 1);
    waits.open(9);
    CHECK(stress::send(outer, cx).out.number() == 9);
    CHECK(stress::send(mid, cx).status == BATON_INVALID_STATE);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a plain link under a shared one is BUSY too", "[thread][LNK-12]") {
  gate waits;
  counting_waker waker;
  value leaf = waits.coroutine();
  value outer = awaiting(BATON_BODY_SHARED, leaf.copy());
  baton_context cx = context(accept_all, &waker);
  CHECK(stress::send(outer, cx).status == BATON_PENDING);
  CHECK(stress::send(leaf, cx).status == BATON_BUSY);
  CHECK(stress::close(outer, cx).status == BATON_RETURN);
}

TEST_CASE("a shared child that refuses can be driven afterwards",
          "[thread][THR-5][LNK-13][COR-12]") {
  struct frame {
    uint32_t tries;
  };
  static const baton_body body = stress::body_of<frame>(
      "refuses once",
      [](const baton_value *self, baton_context *, uint32_t, baton_value *,
         baton_value *out) -> int32_t {
        frame *here = static_cast<frame *>(baton_coro_frame(self));
        if (here->tries++ == 0) return BATON_NO_MEMORY;
        *out = baton_from_i64(2);
        return BATON_RETURN;
      },
      BATON_BODY_SHARED);
  value child = stress::coroutine(body);
  value outer = awaiting(BATON_BODY_SHARED, child.copy());
  outcome end = stress::send(outer);
  CHECK(end.status == BATON_ERROR);
  CHECK(end.out.kind() == BATON_ERROR_NO_MEMORY);
  CHECK(stress::state_of(child) == BATON_CREATED);
  CHECK(stress::send(child).out.number() == 2);
}
