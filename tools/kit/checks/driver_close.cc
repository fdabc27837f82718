// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * How a driver throws into and closes what hangs below it.
 */

namespace kit {
namespace {

Value generator_exit() { return Value::kind(BATON_ERROR_GENERATOR_EXIT); }

/* The last call of x. */
Event last_event(const Begun &begun) { return begun.actor->events().back(); }

}  // namespace

KIT_CHECK("driver-throw-reaches-child",
          "An error is thrown into the child before anything unwinds.",
          Tier::cancel, {"COR-16"}, {"kit.guard"}) {
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Actor *cleanup = y.actor;
  auto early = std::make_shared<bool>(false);
  Begun begun = begin(
      bench,
      [cleanup, early](Call &call) {
        *early |= !cleanup->events().empty();
        return unwound(call);
      },
      "kit.guard", list(std::move(y.value)));
  begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  bench.expect(last_event(begun).op == Op::throw_ && !*early, "COR-16",
               "the error is thrown into x before the cleanup begins",
               begun.actor->history());
}

KIT_CHECK("driver-throw-survived",
          "What a child answers to a throw is what its awaiter goes by.",
          Tier::cancel, {"COR-16"}, {"kit.guard"}) {
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Actor *cleanup = y.actor;
  Begun begun = begin(
      bench,
      [](Call &call) {
        return Reply(call.op == Op::close ? BATON_RETURN : BATON_YIELD,
                     call.op == Op::throw_ ? Value::boolean(true) : Value());
      },
      "kit.guard", list(std::move(y.value)));
  Step step = begun.outer.throw_(Value::kind(BATON_ERROR_CANCELLED));
  bench.expect(step.status == BATON_YIELD && cleanup->events().empty(),
               "COR-16", "YIELD true, and no cleanup yet", step.text());
}

KIT_CHECK("driver-throw-again", "An error may be thrown again and again.",
          Tier::cancel, {"COR-6"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return Reply(call.op == Op::close ? BATON_RETURN : BATON_YIELD);
  });
  for (int turn = 0; turn < 3; turn++)
    begun.outer.throw_(Value::kind(BATON_ERROR_CANCELLED));
  std::string history = "send none";
  for (int turn = 0; turn < 3; turn++) history += ", throw error cancelled";
  bench.expect(begun.actor->history() == history, "COR-6",
               "three throws reach x", begun.actor->history());
}

KIT_CHECK("driver-throw-answered", "A child may answer a throw with a result.",
          Tier::cancel, {"COR-6"}, {"kit.relay"}) {
  Begun begun = begin(
      bench, [](Call &) { return Reply(BATON_RETURN, Value::boolean(true)); });
  Step step = begun.outer.throw_(Value::kind(BATON_ERROR_CANCELLED));
  bench.expect_status(step, BATON_RETURN, "COR-6", "when x returns");
  bench.expect_value(step.out, Value::boolean(true), "COR-6",
                     "is what x returned");
}

KIT_CHECK("driver-exit-closes-child",
          "A generator-exit that is thrown closes what is below, once.",
          Tier::cancel, {"COR-17"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  begun.outer.throw_(generator_exit());
  bench.expect(begun.actor->history() == "send none, close", "COR-17",
               "x is closed", begun.actor->history());
  bench.expect(last_event(begun).accepts == 0, "COR-17",
               "that close accepts no suspension",
               "accepts " + std::to_string(last_event(begun).accepts));
}

KIT_CHECK("driver-exit-same",
          "A generator-exit that is thrown is raised as the same error.",
          Tier::cancel, {"COR-17"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  Value exit = bench.error(BATON_ERROR_GENERATOR_EXIT, "leave");
  Step step = begun.outer.throw_(exit.copy());
  expect_passed(bench, step, exit, "COR-17", "when it is thrown");
}

KIT_CHECK("driver-exit-close-fails",
          "A close that fails replaces the generator-exit.", Tier::cancel,
          {"COR-17"}, {"kit.rescue"}) {
  auto thrown =
      std::make_shared<Value>(bench.error(BATON_ERROR_VALUE, "cleanup failed"));
  Value error = thrown->copy();
  Begun begun = begin(
      bench,
      [thrown](Call &) { return Reply(BATON_ERROR, std::move(*thrown)); },
      "kit.rescue");
  Step step = begun.outer.throw_(generator_exit());
  expect_caught(bench, step, error, "COR-17", "which replaces the exit");
}

KIT_CHECK("driver-exit-failure-raised",
          "A close that fails is raised where the exit would be.", Tier::cancel,
          {"COR-17"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "cleanup failed");
  auto thrown = std::make_shared<Value>(error.copy());
  Begun begun = begin(bench, [thrown](Call &) {
    return Reply(BATON_ERROR, std::move(*thrown));
  });
  expect_passed(bench, begun.outer.throw_(generator_exit()), error, "COR-17",
                "of a close that fails");
}

KIT_CHECK("driver-close-inner-first",
          "Close ends the child first, then unwinds the body.", Tier::core,
          {"COR-8"}, {"kit.guard"}) {
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Actor *cleanup = y.actor;
  auto early = std::make_shared<bool>(false);
  Begun begun = begin(
      bench,
      [cleanup, early](Call &call) {
        *early |= !cleanup->events().empty();
        return unwound(call);
      },
      "kit.guard", list(std::move(y.value)));
  begun.outer.close();
  bench.expect(begun.actor->history() == "send none, close" && !*early, "COR-8",
               "x is closed before the cleanup", begun.actor->history());
  bench.expect(cleanup->ended(), "COR-8", "the cleanup runs", "it did not");
}

KIT_CHECK("driver-close-fails", "A close that fails is raised in the body.",
          Tier::core, {"COR-8"}, {"kit.relay"}) {
  auto thrown =
      std::make_shared<Value>(bench.error(BATON_ERROR_VALUE, "cleanup failed"));
  Value error = thrown->copy();
  Begun begun = begin(bench, [thrown](Call &) {
    return Reply(BATON_ERROR, std::move(*thrown));
  });
  Step step = begun.outer.close();
  expect_passed(bench, step, error, "COR-8", "when a close fails");
}

KIT_CHECK("driver-close-value-dropped",
          "What a child returns from close is not the result of the close.",
          Tier::core, {"COR-11"}, {"kit.relay"}) {
  Begun begun = begin(
      bench, [](Call &) { return Reply(BATON_RETURN, Value::boolean(true)); });
  Step step = begun.outer.close();
  bench.expect_status(step, BATON_RETURN, "COR-11", "of close");
  bench.expect_value(step.out, Value(), "COR-11",
                     "since generator-exit ended it");
}

KIT_CHECK("driver-close-ignored",
          "A child that suspends in a close that accepts nothing is cut off.",
          Tier::core, {"COR-10"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &) { return Reply(BATON_YIELD); });
  Manner manner;
  manner.accepts = 0;
  Step step = begun.outer.close(manner);
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "coroutine ignored GeneratorExit", "COR-10",
               "when x yields in a close that accepts nothing");
}

KIT_CHECK("driver-close-suspends",
          "A suspension that a close accepts is returned, and it goes on.",
          Tier::core, {"LNK-16"}, {"kit.guard"}) {
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Actor *cleanup = y.actor;
  Begun begun = begin(bench, unwound, "kit.guard", list(std::move(y.value)));
  Step step = begun.outer.close();
  if (step.status != BATON_YIELD)
    bench.skip("close does not suspend here: " + step.text());
  step = begun.outer.drain();
  bench.expect(cleanup->ended(), "LNK-16", "send goes on with the close",
               cleanup->history());
  bench.expect_status(step, BATON_RETURN, "LNK-16", "of a close that goes on");
  bench.expect_value(step.out, Value(), "LNK-16", "is the result of the close");
}

KIT_CHECK("driver-release-closes",
          "The last release of a chain closes what is below.", Tier::core,
          {"COR-18"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  begun.outer.release();
  bench.settle("COR-18");
  bench.expect(begun.actor->history() == "send none, close", "COR-18",
               "x is closed", begun.actor->history());
  bench.expect(last_event(begun).accepts == 0, "COR-18",
               "a release accepts no suspension",
               "accepts " + std::to_string(last_event(begun).accepts));
}

}  // namespace kit
