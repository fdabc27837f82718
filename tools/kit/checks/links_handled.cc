// SPDX-License-Identifier: MIT
#include "linking.h"

/** @file
 * The error that is handled above, as a driver shows it to whom it resumes.
 */

namespace kit {
namespace {

/* What `cx->handled` shows now: a reference of one's own, or none. */
Value shown(const baton_context *cx) {
  if (!cx || !cx->handled) return Value();
  Value lent(*cx->handled);
  Value held = lent.copy();
  lent.give();
  return held;
}

/* A link of the kit that handles `error` while it awaits; then as `script`
 * says. */
PlayedLink play_handler(Bench &bench, const Value &error, Value awaited,
                        LinkScript script = passed_on) {
  PlayedLink handler =
      play_awaiting(bench.ledger, "handler", std::move(awaited), script,
                    BATON_KIND_COROUTINE, BATON_LINK_HANDLING);
  handler.link->handle(error.copy());
  return handler;
}

/* A link that remembers what it is shown, and returns. */
Value play_looking(Bench &bench, std::shared_ptr<Value> seen) {
  return play_link(bench.ledger, "leaf",
                   [seen](Resume &call) {
                     *seen = shown(call.cx);
                     return Reply(BATON_RETURN);
                   })
      .value;
}

}  // namespace

KIT_CHECK("links-handled-far",
          "A link sees the error that is handled two links above.", Tier::core,
          {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  auto seen = std::make_shared<Value>();
  PlayedLink middle = play_awaiting(bench.ledger, "middle",
                                    play_looking(bench, seen), passed_on);
  PlayedLink handler = play_handler(bench, error, std::move(middle.value));
  outcome(bench, std::move(handler.value));
  need_attached(bench, *handler.link);
  bench.expect_value(*seen, error, "LNK-11",
                     "is what the leaf sees handled two links above");
  seen->drop();
}

KIT_CHECK("links-handled-nearest", "The nearest handler above is the one.",
          Tier::core, {"LNK-11"}, {"kit.relay"}) {
  Value far = bench.error(BATON_ERROR_VALUE, "handled further above");
  Value near = bench.error(BATON_ERROR_KEY, "handled just above");
  auto seen = std::make_shared<Value>();
  PlayedLink inner = play_handler(bench, near, play_looking(bench, seen));
  PlayedLink outer = play_handler(bench, far, std::move(inner.value));
  outcome(bench, std::move(outer.value));
  need_attached(bench, *outer.link);
  bench.expect_value(*seen, near, "LNK-11",
                     "is what the leaf sees, under two that handle one each");
  seen->drop();
}

KIT_CHECK("links-handled-foreign",
          "What is no link sees the error that is handled above it too.",
          Tier::core, {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  auto seen = std::make_shared<Value>();
  Played x = play(bench.ledger, "x", [seen](Call &call) {
    *seen = shown(call.cx);
    return Reply(BATON_RETURN);
  });
  PlayedLink handler = play_handler(bench, error, std::move(x.value));
  outcome(bench, std::move(handler.value));
  need_attached(bench, *handler.link);
  bench.expect_value(*seen, error, "LNK-11", "is what x sees handled");
  seen->drop();
}

KIT_CHECK("links-handled-for-the-call",
          "Who handles an error is not told of it itself.", Tier::core,
          {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  for (bool linked : {true, false}) {
    auto after = std::make_shared<Value>();
    Value leaf = linked
                     ? play_link(bench.ledger, "leaf",
                                 [](Resume &) { return Reply(BATON_RETURN); })
                           .value
                     : play_yields(bench.ledger, "x", 0, Value()).value;
    PlayedLink handler =
        play_handler(bench, error, std::move(leaf), [after](Resume &call) {
          *after = shown(call.cx);
          return passed_on(call);
        });
    outcome(bench, std::move(handler.value));
    need_attached(bench, *handler.link);
    bench.expect_value(*after, Value(), "LNK-11",
                       "is what the one above sees handled");
    after->drop();
  }
}

}  // namespace kit
