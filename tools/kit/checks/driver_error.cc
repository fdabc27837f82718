// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * Errors that pass a driver: identity, kinds, conversions.
 */

namespace kit {
namespace {

Played play_failing(Bench &bench, const Value &error) {
  auto thrown = std::make_shared<Value>(error.copy());
  return play(bench.ledger, "x", [thrown](Call &call) {
    if (call.op != Op::send) return unwound(call);
    return Reply(BATON_ERROR, std::move(*thrown));
  });
}

void fails_through(Bench &bench, const char *through, Value error,
                   const char *requirement) {
  Played x = play_failing(bench, error);
  Step step = outcome(bench, std::move(x.value), through);
  expect_passed(bench, step, error, requirement,
                std::string("from ") + through);
}

void fails_caught(Bench &bench, Value error, const char *requirement) {
  Played x = play_failing(bench, error);
  Step step = outcome(bench, std::move(x.value), "kit.rescue");
  expect_caught(bench, step, error, requirement, "from an ordinary handler");
}

/* A base kind that nobody knows: an ordinary handler does not catch it, but a
 * host may have no better class for it than the base of all. */
void passes_base(Bench &bench, Value error) {
  Played x = play_failing(bench, error);
  Step step = outcome(bench, std::move(x.value), "kit.rescue");
  bench.expect(step.status == BATON_ERROR, "ERR-2",
               "ERROR with the " + error.text() + ", which is not caught",
               step.text());
  bench.expect((step.out.error_kind() & BATON_ERROR_BASE) != 0, "ERR-2",
               "a kind with the base bit", step.text());
}

/* Throws it into what is suspended; the body does not handle it. */
Step thrown_into(Bench &bench, const char *name, std::vector<Value> arguments,
                 const Value &error) {
  Subject made = bench.make(name, std::move(arguments));
  Step step = made.send();
  if (step.status != BATON_YIELD)
    bench.skip(std::string(name) + " does not suspend: " + step.text());
  return made.throw_(error.copy());
}

/* What an error tells by one of its slots that give an error. */
template <typename Slot>
Value told(const Step &step, Slot baton_error_methods::*slot) {
  baton_value out{};
  if (!step.out.is_object()) return Value();
  const baton_error_methods *slots = step.out.type()->as_error;
  if (slots->*slot) (slots->*slot)(step.out.get(), &out);
  return Value(out);
}

/* A host may word it by its own kind of body. */
void expect_converted(Bench &bench, const Step &step, const char *noun) {
  std::string message = std::string(noun) + " raised StopIteration";
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               hosted(bench) ? nullptr : message.c_str(), "COR-15",
               "when a stop-iteration escapes");
}

}  // namespace

KIT_CHECK("driver-error-same", "An error passes a driver as the same object.",
          Tier::core, {"ERR-6"}, {"kit.relay"}) {
  fails_through(bench, "kit.relay", bench.error(BATON_ERROR_VALUE, "wrong"),
                "ERR-6");
}

KIT_CHECK("driver-error-bare", "A bare kind passes a driver as it is.",
          Tier::core, {"ERR-6"}, {"kit.relay"}) {
  fails_through(bench, "kit.relay", Value::kind(BATON_ERROR_KEY), "ERR-6");
}

KIT_CHECK("driver-error-same-thrown",
          "An error that is thrown arrives at the child as the same object.",
          Tier::cancel, {"ERR-6"}, {"kit.relay"}) {
  auto got = std::make_shared<Value>();
  Begun begun = begin(bench, [got](Call &call) {
    if (call.op != Op::throw_) return Reply(BATON_RETURN);
    *got = taken(call);
    return Reply(BATON_RETURN);
  });
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  begun.outer.throw_(error.copy());
  bench.expect(begun.actor->history().find("throw") != std::string::npos,
               "COR-6", "the error is thrown into x", begun.actor->history());
  bench.expect(got->same(error) || hosted(bench), "ERR-6",
               "x gets the very " + error.text(), got->text());
  got->drop();
}

KIT_CHECK("driver-error-same-finally",
          "An error that passes a cleanup is the same object behind it.",
          Tier::core, {"ERR-6"}, {"kit.guard"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "wrong");
  Played x = play_failing(bench, error);
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Step step =
      outcome(bench, "kit.guard", list(std::move(x.value), std::move(y.value)));
  expect_passed(bench, step, error, "ERR-6", "behind a cleanup");
}

KIT_CHECK("driver-error-same-run",
          "An outermost driver gives the error that ended what it drove.",
          Tier::core, {"ERR-6"}, {"kit.run"}) {
  fails_through(bench, "kit.run", bench.error(BATON_ERROR_VALUE, "wrong"),
                "ERR-6");
}

KIT_CHECK("driver-unknown-kind-caught",
          "Ordinary handlers catch an unknown kind without the base bit.",
          Tier::core, {"ERR-2"}, {"kit.rescue"}) {
  fails_caught(bench, bench.error(0x4242u, "from the future"), "ERR-2");
}

KIT_CHECK("driver-unknown-base-kind",
          "Ordinary handlers do not catch an unknown kind with the base bit.",
          Tier::core, {"ERR-2"}, {"kit.rescue"}) {
  passes_base(bench,
              bench.error(0x4242u | BATON_ERROR_BASE, "from the future"));
}

KIT_CHECK("driver-unknown-base-kind-bare",
          "That holds for a bare kind as well.", Tier::core, {"ERR-2"},
          {"kit.rescue"}) {
  passes_base(bench, Value::kind(0x4242u | BATON_ERROR_BASE));
}

KIT_CHECK("driver-stop-of-coroutine",
          "A stop-iteration that escapes a coroutine is a runtime error.",
          Tier::core, {"COR-15"}, {"kit.echo"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = thrown_into(bench, "kit.echo", list(Value::boolean(true)), stop);
  expect_converted(bench, step, "coroutine");
}

KIT_CHECK("driver-stop-of-generator",
          "A stop-iteration that escapes a generator is a runtime error.",
          Tier::iteration, {"COR-15"}, {"kit.count"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = thrown_into(bench, "kit.count", list(Value::i64(3)), stop);
  expect_converted(bench, step, "generator");
}

KIT_CHECK("driver-stop-async-of-coroutine",
          "A stop-async-iteration escapes a coroutine as it is.", Tier::core,
          {"COR-15"}, {"kit.echo"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ASYNC_ITERATION, "stop");
  Step step = thrown_into(bench, "kit.echo", list(Value::boolean(true)), stop);
  expect_passed(bench, step, stop, "COR-15", "that escapes a coroutine");
}

KIT_CHECK("driver-stop-cause",
          "The error that a stop-iteration becomes has it as cause and as "
          "context.",
          Tier::core, {"ERR-7"}, {"kit.echo"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = thrown_into(bench, "kit.echo", list(Value::boolean(true)), stop);
  if (step.status != BATON_ERROR ||
      step.out.error_kind() != BATON_ERROR_RUNTIME)
    bench.skip("the stop-iteration was not converted: " + step.text());
  bench.expect_value(told(step, &baton_error_methods::cause), stop, "ERR-7",
                     "is the cause");
  bench.expect_value(told(step, &baton_error_methods::context), stop, "ERR-7",
                     "is the context");
}

}  // namespace kit
