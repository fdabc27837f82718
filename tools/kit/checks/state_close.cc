// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Closing what is suspended.
 */

namespace kit {
namespace {

const Manner yields_accepted = {BATON_ACCEPT_YIELD};
const Manner nothing_accepted = {0};
const char *const ignored = "coroutine ignored GeneratorExit";

/* Yields at its first send; its close gives this. */
Played closing(Bench &bench, int32_t status, Value out) {
  auto given = std::make_shared<Value>(std::move(out));
  return play(bench.ledger, "x", [status, given](Call &call) {
    if (call.op == Op::close) return Reply(status, std::move(*given));
    return Reply(BATON_YIELD);
  });
}

/* Where a failure to close gets lost, other outcomes say nothing. */
void expect_failure_passes(Bench &bench) {
  Value error = bench.error(BATON_ERROR_VALUE, "close failed");
  Played x = closing(bench, BATON_ERROR, error.copy());
  Subject relay = relays(bench, std::move(x.value), 2);
  relay.send();
  expect_same_error(bench, relay.close(), error, "COR-8",
                    "as x failed to close");
}

KIT_CHECK("state-close-order", "A close unwinds the innermost first.",
          Tier::core, {"COR-8"}, {"kit.guard"}) {
  std::string order;
  auto noted = [&](const char *name, bool stuck) {
    return play(bench.ledger, name, [&order, name, stuck](Call &call) {
      order += std::string(name) + " " + name_of(call.op) + ", ";
      bool stays = stuck && call.op == Op::send;
      return stays ? Reply(BATON_YIELD) : unwound(call);
    });
  };
  Played x = noted("x", true), y = noted("y", false), z = noted("z", false);
  Subject inner =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  Subject outer = bench.make("kit.guard", inner.give(), std::move(z.value));
  outer.send();
  outer.close();
  bench.expect(order == "x send, x close, y send, z send, ", "COR-8",
               "x send, x close, y send, z send, ", order);
}

KIT_CHECK("state-close-failure",
          "A link gets the error with which the one below failed to close.",
          Tier::core, {"COR-8"}, {"kit.relay"}) {
  expect_failure_passes(bench);
}

KIT_CHECK("state-close-gives-result",
          "A close gives what the driven body returned.", Tier::core,
          {"COR-11"}, {"kit.relay", "kit.rescue"}) {
  expect_failure_passes(bench);
  Value error = bench.error(BATON_ERROR_VALUE, "close failed");
  Played x = closing(bench, BATON_ERROR, error.copy());
  Subject rescue = bench.make("kit.rescue", std::move(x.value));
  rescue.send();
  Step step = rescue.close();
  bench.expect(step.status == BATON_RETURN && step.out.is_error(), "COR-11",
               "RETURN of the error that the body caught and returned",
               step.text());
}

KIT_CHECK("state-close-drops-result",
          "What a child returned from close is dropped.", Tier::core,
          {"COR-11", "OWN-3"}, {"kit.relay"}) {
  Value token = bench.token("result of a close");
  Played x = closing(bench, BATON_RETURN, token.copy());
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  expect_return(bench, relay.close(), Value(), "COR-11",
                "from close that generator-exit ended");
  relay.release();
  let_go(bench);
  bench.expect(references(token) == 1, "OWN-3",
               "that what a child's close gave is dropped", "it is still held");
}

KIT_CHECK("state-close-accepted",
          "A close gives a suspension that is accepted, and can be gone on "
          "with.",
          Tier::core, {"COR-10", "LNK-16"}, {"kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_yields(bench.ledger, "y", 2, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  guard.send();
  bench.expect_status(guard.close(yields_accepted), BATON_YIELD, "COR-10",
                      "from close whose cleanup yields");
  bench.expect_status(guard.send(Value(), yields_accepted), BATON_YIELD,
                      "COR-10", "from send that goes on with the close");
  expect_return(bench, guard.send(Value(), yields_accepted), Value(), "LNK-16",
                "at the end of a close that send went on with");
}

KIT_CHECK("state-close-ignored",
          "A suspension that close does not accept is an error.", Tier::core,
          {"COR-10"}, {"kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  guard.send();
  bench.expect_error(guard.close(nothing_accepted), BATON_ERROR_RUNTIME,
                     ignored, "COR-10", "from close whose cleanup yields");
}

KIT_CHECK("state-close-ignored-by-child",
          "A child that ignores its close fails, and is let go.", Tier::core,
          {"COR-10"}, {"kit.relay"}) {
  expect_failure_passes(bench);
  Played x = closing(bench, BATON_YIELD, Value());
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  bench.expect_error(relay.close(nothing_accepted), BATON_ERROR_RUNTIME,
                     ignored, "COR-10", "from close of what ignores it");
  bench.expect(is_closed(relay), "COR-10",
               "CLOSED, since only the child goes on", "another state");
}

KIT_CHECK("state-close-generator-delegating",
          "A close of a generator closes what it delegates to.", Tier::core,
          {"COR-8"}, {"kit.delegate"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject delegate = bench.make("kit.delegate", std::move(x.value));
  delegate.send();
  expect_return(bench, delegate.close(), Value(), "COR-11",
                "from close that generator-exit ended");
  bench.expect(x.actor->history() == "send none, close", "COR-8",
               "that x is closed", x.actor->history());
}

KIT_CHECK("state-closed-after-close",
          "What was closed while suspended has ended.", Tier::core, {"COR-3"},
          {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  relay.close();
  bench.expect_status(relay.send(), BATON_INVALID_STATE, "COR-3",
                      "from send after close");
  bench.expect_status(relay.throw_(Value::kind(BATON_ERROR_CANCELLED)),
                      BATON_INVALID_STATE, "COR-3", "from throw after close");
}

}  // namespace
}  // namespace kit
