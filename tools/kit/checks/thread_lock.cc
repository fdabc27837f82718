// SPDX-License-Identifier: MIT
#include "../play/objects.h"
#include "../play/type.h"
#include "driving.h"

/** @file
 * No lock of the target is held while it calls what is not its own (THR-6).
 */

namespace kit {
namespace {

/* What the interpreter's own lock makes impossible is not held against it. */
bool has_global_lock(const Bench &bench) {
  const baton_provider *provider = bench.library.provider();
  std::string language = provider->language ? provider->language : "";
  return language == "python" || language == "cython";
}

/* Another thread makes and drives something of the target, and this one waits.
 * Called inside a slot of the kit; nothing of the bench is used there. */
class Visitor {
 public:
  explicit Visitor(Bench &bench)
      : visit_(std::make_shared<Visit>(
            Visit{bench.library.find("kit.relay"),
                  play_yields(bench.ledger, "a visit", 0, Value()).value})) {
    if (has_global_lock(bench))
      bench.skip("the target's language has one lock for all threads");
  }
  void visit() {
    auto visit = visit_;
    if (!visited_.exchange(true))
      blocked_ = !ends_elsewhere([visit] { enter(*visit); });
  }
  bool blocked() const { return blocked_; }
  void expect_free(Bench &bench, const char *where) const {
    if (!visited_) bench.skip(std::string("nothing was called: ") + where);
    bench.expect(!blocked_, "THR-6",
                 std::string("another thread can enter during ") + where,
                 "it was blocked until time was up");
  }

 private:
  struct Visit {
    const baton_export *maker;
    Value child;
  };
  /* Makes a kit.relay, and drives it and its child. */
  static void enter(Visit &visit) {
    baton_value in{}, out{}, made{}, argument = visit.child.give();
    baton_context cx{};
    cx.struct_size = sizeof cx;
    cx.abi_major = BATON_ABI_MAJOR;
    cx.abi_minor = BATON_ABI_MINOR;
    int32_t status = visit.maker->create(visit.maker, &cx, &argument, 1, &made);
    Value left(argument), relay(made);
    if (status != BATON_OK || !relay.is_object()) return;
    const baton_coroutine_methods *slots = coroutine_of(relay.type());
    if (slots) slots->send(relay.get(), &cx, &in, &out);
    Value(out).drop();
  }

  std::shared_ptr<Visit> visit_;
  std::atomic<bool> visited_{false}, blocked_{false};
};

}  // namespace

KIT_CHECK("thread-no-lock-in-send", "No lock is held while a child is resumed.",
          Tier::threads, {"THR-6"}, {"kit.relay"}) {
  auto visitor = std::make_shared<Visitor>(bench);
  Begun begun = begin(bench, [visitor](Call &call) {
    if (call.op == Op::send) visitor->visit();
    return unwound(call);
  });
  begun.outer.send();
  visitor->expect_free(bench, "send of a child");
}

KIT_CHECK("thread-no-lock-in-close", "No lock is held while a child is closed.",
          Tier::threads, {"THR-6"}, {"kit.relay"}) {
  auto visitor = std::make_shared<Visitor>(bench);
  Begun begun = begin(bench, [visitor](Call &call) {
    visitor->visit();
    return unwound(call);
  });
  begun.outer.release();
  visitor->expect_free(bench, "close of a child");
}

KIT_CHECK("thread-no-lock-in-await", "No lock is held while am_await is asked.",
          Tier::threads, {"THR-6"}, {"kit.relay"}) {
  auto visitor = std::make_shared<Visitor>(bench);
  PlayedAwaitable given =
      play_awaitable(bench.ledger, [visitor](baton_value *out) {
        visitor->visit();
        *out = Value::kind(BATON_ERROR_VALUE).give();
        return BATON_ERROR;
      });
  outcome(bench, std::move(given.value));
  visitor->expect_free(bench, "am_await");
}

KIT_CHECK("thread-no-lock-in-release",
          "No lock is held while a value is "
          "released.",
          Tier::threads, {"THR-6"}, {"kit.relay"}) {
  struct Doorbell : Thing {
    std::shared_ptr<Visitor> visitor;
    Doorbell(Ledger &ledger, std::shared_ptr<Visitor> given)
        : Thing(ledger, "a doorbell"), visitor(std::move(given)) {}
    void end() override { visitor->visit(); }
  };
  auto visitor = std::make_shared<Visitor>(bench);
  static const baton_type type = plain_type("doorbell");
  auto rings = std::make_shared<Value>(
      value_of(&type, bench.ledger.make<Doorbell>(visitor)));
  Begun begun = begin(bench, [rings](Call &call) {
    if (call.op == Op::close) return Reply(BATON_RETURN, std::move(*rings));
    return unwound(call);
  });
  begun.outer.close(); /* the child's result is dropped */
  visitor->expect_free(bench, "release of a value");
}

KIT_CHECK("thread-no-lock-in-waker", "No lock is held while a waker is called.",
          Tier::threads, {"THR-6"}, {"kit.nap", "kit.relay"}) {
  auto visitor = std::make_shared<Visitor>(bench);
  bench.bell.on_call([visitor](const char *) { visitor->visit(); });
  Subject nap = bench.make("kit.nap");
  nap.send();
  if (!visitor->blocked()) nap.drain(); /* else no patience is left for it */
  bench.bell.on_call(nullptr);
  visitor->expect_free(bench, "a call of the waker");
}

}  // namespace kit
