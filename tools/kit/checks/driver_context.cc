// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * The contexts that a driver makes or passes on.
 */

namespace kit {
namespace {

/* What x looked at in the context of its last call. */
struct Seen {
  uint32_t accepts = 0;
  uint16_t minor = 0;
  Value handled;
};

/* A driver, suspended, whose child has written down its second context. */
std::shared_ptr<Seen> seen_by_child(Bench &bench, const Manner &manner) {
  auto seen = std::make_shared<Seen>();
  Begun begun = begin(bench, [seen](Call &call) {
    if (call.op != Op::send || !call.cx) return unwound(call);
    seen->accepts = call.cx->accepts;
    seen->minor = call.cx->abi_minor;
    if (call.cx->handled && call.cx->handled->head.tag != BATON_TAG_NONE) {
      Value lent(*call.cx->handled);
      seen->handled = lent.copy();
      lent.give();
    }
    return Reply(BATON_YIELD);
  });
  begun.outer.send(Value(), manner);
  begun.outer.close();
  return seen;
}

}  // namespace

KIT_CHECK("driver-context-filled",
          "A context tells its size, its version, and nothing unknown.",
          Tier::core, {"VER-7"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound); /* every slot of x looks */
  begun.outer.send();
}

KIT_CHECK("driver-context-of-run",
          "An outermost driver's context tells its size and its version.",
          Tier::core, {"VER-7", "CTX-5"}, {"kit.run"}) {
  Played x = play_yields(bench.ledger, "x", 0, Value());
  outcome(bench, std::move(x.value), "kit.run");
  for (const Event &event : x.actor->events())
    bench.expect(event.op != Op::send || event.context, "CTX-1",
                 "a context with every send", "null");
}

KIT_CHECK("driver-context-unknown-id",
          "A context's query refuses an unknown id, and leaves null.",
          Tier::core, {"EXT-1"}, {"kit.run"}) {
  auto asked = std::make_shared<int32_t>(BATON_UNSUPPORTED);
  auto left = std::make_shared<const void *>(nullptr);
  Played x = play(bench.ledger, "x", [asked, left](Call &call) {
    if (!call.cx || !call.cx->query) return Reply(BATON_RETURN);
    *left = call.cx;
    *asked = call.cx->query(call.cx, "org.example.nothing/1", left.get());
    return Reply(BATON_RETURN);
  });
  outcome(bench, std::move(x.value), "kit.run");
  bench.expect(*asked == BATON_UNSUPPORTED && !*left, "EXT-1",
               "UNSUPPORTED and null for an unknown id", status_name(*asked));
}

KIT_CHECK(
    "driver-accepts-less",
    "A driver in the middle accepts what the one above it can go on from.",
    Tier::core, {"CTX-3"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    if (call.op != Op::send || !call.cx) return unwound(call);
    bool pending = call.cx->accepts & BATON_ACCEPT_PENDING;
    return Reply(pending ? BATON_PENDING : BATON_YIELD);
  });
  Manner manner;
  manner.accepts = BATON_ACCEPT_YIELD;
  Step step = begun.outer.send(Value(), manner);
  bench.expect_status(step, BATON_YIELD, "CTX-3",
                      "of a chain whose driver cannot wait");
}

KIT_CHECK("driver-accepts-through",
          "A driver that passes YIELD on accepts it where it is accepted.",
          Tier::core, {"CTX-3"}, {"kit.relay"}) {
  uint32_t accepts = seen_by_child(bench, Manner())->accepts;
  bench.expect((accepts & BATON_ACCEPT_YIELD) != 0, "CTX-3",
               "YIELD, which the driver above accepts",
               "accepts " + std::to_string(accepts));
}

KIT_CHECK("driver-handled-through",
          "The error that is handled above a driver is seen below it.",
          Tier::core, {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  Manner manner;
  manner.handled = error.get();
  std::shared_ptr<Seen> seen = seen_by_child(bench, manner);
  if (hosted(bench)) bench.skip("a host's own body stands between");
  bench.expect_value(seen->handled, error, "LNK-11", "is what x sees handled");
  seen->handled.drop();
}

KIT_CHECK("driver-handled-for-the-call",
          "What is handled above is told for the call only.", Tier::core,
          {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  auto still = std::make_shared<bool>(false);
  auto first = std::make_shared<bool>(true);
  Begun begun = begin(bench, [=](Call &call) {
    if (call.op != Op::send || !call.cx) return unwound(call);
    const baton_value *handled = call.cx->handled;
    if (!std::exchange(*first, false))
      *still = handled && handled->head.tag != BATON_TAG_NONE;
    return Reply(BATON_YIELD);
  });
  Manner manner;
  manner.handled = error.get();
  begun.outer.send(Value(), manner);
  begun.outer.send();
  bench.expect(!*still, "LNK-11", "nothing is handled in the next call",
               "handled is still there");
}

KIT_CHECK("driver-context-each-call",
          "A child gets the waker of the call that is going on.", Tier::core,
          {"CTX-1"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    if (call.op != Op::send || !call.cx) return unwound(call);
    if (call.cx->waker) call.cx->waker->methods->wake_by_ref(call.cx->waker);
    return Reply(BATON_YIELD);
  });
  bench.bell.next();
  begun.outer.send();
  if (bench.bell.old_wakes() + bench.bell.wakes() == 0)
    bench.skip("x gets a waker that is not the kit's");
  bench.expect(bench.bell.wakes() > 0, "CTX-1",
               "the waker of this call is woken", "that of an older call");
}

KIT_CHECK("driver-close-through",
          "A child's close accepts no more than the close above it.",
          Tier::core, {"CTX-3"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  Manner manner;
  manner.accepts = 0;
  begun.outer.close(manner);
  uint32_t accepts = begun.actor->events().back().accepts;
  bench.expect(accepts == 0, "CTX-3", "the close of x accepts nothing",
               "accepts " + std::to_string(accepts));
}

}  // namespace kit
