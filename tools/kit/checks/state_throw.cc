// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Throwing into what is suspended, and errors that stop-iteration turns into.
 */

namespace kit {
namespace {

/* Yields at every send, and swallows what is thrown: yields again. */
Played stubborn(Bench &bench, std::vector<Value> *thrown) {
  return play(bench.ledger, "x", [thrown](Call &call) {
    if (call.op == Op::close) return Reply(BATON_RETURN);
    if (call.op == Op::throw_) thrown->push_back(taken(call));
    return Reply(BATON_YIELD);
  });
}

KIT_CHECK("state-throw-innermost",
          "An error is raised at the innermost suspension.", Tier::cancel,
          {"COR-6"}, {"kit.relay"}) {
  std::vector<Value> thrown;
  Value error = bench.error(BATON_ERROR_CANCELLED, "enough");
  Played x = stubborn(bench, &thrown);
  Subject relay = relays(bench, std::move(x.value), 3);
  relay.send();
  Step step = relay.throw_(error.copy());
  bench.expect(thrown.size() == 1 && thrown[0].same(error), "COR-6",
               "that the same error is thrown into x",
               "x: " + x.actor->history());
  bench.expect_status(step, BATON_YIELD, "COR-6",
                      "from throw, since x yields again");
}

KIT_CHECK("state-throw-again", "It is raised as often as it is asked.",
          Tier::cancel, {"COR-6"}, {"kit.relay"}) {
  std::vector<Value> thrown;
  Played x = stubborn(bench, &thrown);
  Subject relay = relays(bench, std::move(x.value), 2);
  relay.send();
  for (size_t turn = 1; turn <= 3; turn++) {
    relay.throw_(Value::kind(BATON_ERROR_CANCELLED));
    bench.expect(thrown.size() == turn, "COR-6",
                 "a throw into x for each of ours", x.actor->history());
  }
}

KIT_CHECK("state-throw-own-suspension",
          "An error is raised where the body itself is suspended.",
          Tier::cancel, {"COR-6"}, {"kit.echo"}) {
  Subject echo = bench.make("kit.echo", bench.i64(1));
  Value error = bench.error(BATON_ERROR_VALUE, "enough");
  if (!suspends(echo.send())) bench.skip("it does not suspend");
  expect_same_error(bench, echo.throw_(error.copy()), error, "COR-6",
                    "from a body that catches nothing");
}

KIT_CHECK("state-throw-caught", "A body can catch what is thrown.",
          Tier::cancel, {"COR-6"}, {"kit.rescue"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject rescue = bench.make("kit.rescue", std::move(x.value));
  Value error = bench.error(BATON_ERROR_VALUE, "caught");
  rescue.send();
  Step step = rescue.throw_(error.copy());
  bench.expect(step.status == BATON_RETURN && step.out.is_error(), "COR-6",
               "RETURN of the error that was caught", step.text());
}

KIT_CHECK("state-throw-before-unwinding",
          "A child gets the error before anything is unwound.", Tier::cancel,
          {"COR-16"}, {"kit.guard"}) {
  std::string order;
  Played x = play_begun(bench.ledger, "x", [&order](Call &call) {
    order += std::string("x ") + name_of(call.op) + ", ";
    return unwound(call);
  });
  Played y = play(bench.ledger, "y", [&order](Call &call) {
    order += std::string("y ") + name_of(call.op) + ", ";
    return Reply(BATON_RETURN);
  });
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  guard.send();
  guard.throw_(Value::kind(BATON_ERROR_CANCELLED));
  if (order.find("x throw") == std::string::npos)
    bench.skip("it does not forward the throw");
  bench.expect(order == "x throw, y send, ", "COR-16", "x throw, y send, ",
               order);
}

KIT_CHECK("state-throw-exit-closes-below",
          "Generator-exit closes what is below, then is thrown.", Tier::cancel,
          {"COR-17"}, {"kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  Value error = bench.error(BATON_ERROR_GENERATOR_EXIT, "go");
  guard.send();
  Step step = guard.throw_(error.copy());
  bench.expect(x.actor->history() == "send none, close", "COR-17",
               "that x is closed for a throw of generator-exit",
               "x: " + x.actor->history());
  bench.expect(y.actor->history() == "send none", "COR-17",
               "that generator-exit unwinds the body",
               "y: " + y.actor->history());
  expect_same_error(bench, step, error, "COR-17", "from throw");
}

/* --- Stop-iteration ------------------------------------------------------ */

/* What a body that does nothing about it makes of the error of what it
 * awaits. */
Step failing(Bench &bench, const char *name, Value error) {
  std::vector<Reply> steps;
  steps.emplace_back(BATON_ERROR, std::move(error));
  Played x = play_steps(bench.ledger, "x", std::move(steps));
  return bench.make(name, std::move(x.value)).drain();
}

KIT_CHECK("state-stop-iteration",
          "A stop-iteration does not escape a coroutine.", Tier::core,
          {"COR-15"}, {"kit.relay"}) {
  bench.expect_error(failing(bench, "kit.relay",
                             bench.error(BATON_ERROR_STOP_ITERATION, "stop")),
                     BATON_ERROR_RUNTIME, "coroutine raised StopIteration",
                     "COR-15", "for a stop-iteration that escapes");
  bench.expect_error(
      failing(bench, "kit.relay", Value::kind(BATON_ERROR_STOP_ITERATION)),
      BATON_ERROR_RUNTIME, "coroutine raised StopIteration", "COR-15",
      "for a bare stop-iteration that escapes");
}

KIT_CHECK("state-stop-async-iteration-passes",
          "A stop-async-iteration passes a coroutine as it is.", Tier::core,
          {"COR-15"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_STOP_ASYNC_ITERATION, "stop");
  expect_same_error(bench, failing(bench, "kit.relay", error.copy()), error,
                    "COR-15", "for a stop-async-iteration");
}

KIT_CHECK("state-stop-iteration-raised",
          "A stop-iteration that the body itself raises does not escape.",
          Tier::core, {"COR-15"}, {"kit.raise"}) {
  Subject raise =
      bench.make("kit.raise", bench.error(BATON_ERROR_STOP_ITERATION, "stop"));
  bench.expect_error(raise.drain(), BATON_ERROR_RUNTIME,
                     "coroutine raised StopIteration", "COR-15",
                     "for a stop-iteration that escapes");
}

KIT_CHECK("state-stop-iteration-generator",
          "A stop-iteration does not escape a generator.", Tier::core,
          {"COR-15"}, {"kit.delegate"}) {
  bench.expect_error(failing(bench, "kit.delegate",
                             bench.error(BATON_ERROR_STOP_ITERATION, "stop")),
                     BATON_ERROR_RUNTIME, "generator raised StopIteration",
                     "COR-15", "for a stop-iteration that escapes");
}

KIT_CHECK("state-stop-iteration-thrown",
          "A stop-iteration that was thrown does not escape either.",
          Tier::cancel, {"COR-15"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  bench.expect_error(
      relay.throw_(bench.error(BATON_ERROR_STOP_ITERATION, "stop")),
      BATON_ERROR_RUNTIME, "coroutine raised StopIteration", "COR-15",
      "for a stop-iteration that was thrown and escapes");
}

}  // namespace
}  // namespace kit
