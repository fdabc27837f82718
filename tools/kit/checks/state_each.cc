// SPDX-License-Identifier: MIT
#include "common.h"

/** @file
 * The cells of the table of states that any coroutine shows, whatever it does.
 */

namespace kit {
namespace {

KIT_CHECK_EACH("state-send-value-created",
               "A value sent before the start is an error, and starts nothing.",
               Tier::core, {"COR-2"}) {
  Subject subject = driven(bench);
  const char *message =
      is_generator(subject)
          ? "can't send non-None value to a just-started generator"
          : "can't send non-None value to a just-started coroutine";
  for (const char *when : {"for a value sent in CREATED",
                           "for a second one, since it stays CREATED"})
    expect_kind(bench, subject.send(bench.token("too early")), BATON_ERROR_TYPE,
                message, "COR-2", when);
}

KIT_CHECK_EACH("state-start", "The first send starts the body.", Tier::core,
               {"COR-14"}) {
  Subject subject = driven(bench);
  Step step = subject.send();
  bench.expect(!refuses(step), "COR-14", "a result of the first send",
               step.text());
}

KIT_CHECK_EACH("state-throw-created",
               "An error thrown before the start comes back as it is.",
               Tier::core, {"COR-5"}) {
  Subject subject = driven(bench);
  Value error = bench.error(BATON_ERROR_VALUE, "thrown too early");
  expect_same_error(bench, subject.throw_(error.copy()), error, "COR-5",
                    "for a throw in CREATED");
  bench.expect(is_closed(subject), "COR-5", "CLOSED after a throw in CREATED",
               "another state");
}

KIT_CHECK_EACH("state-throw-kind-created",
               "A bare kind thrown before the start comes back as it is.",
               Tier::cancel, {"COR-5"}) {
  for (uint32_t kind : {BATON_ERROR_GENERATOR_EXIT, BATON_ERROR_CANCELLED,
                        BATON_ERROR_STOP_ITERATION, 0x80000777u}) {
    Subject subject = driven(bench);
    expect_same_error(bench, subject.throw_(Value::kind(kind)),
                      Value::kind(kind), "COR-5", "for a throw in CREATED");
  }
}

KIT_CHECK_EACH("state-close-created", "A close before the start ends it.",
               Tier::core, {"COR-7"}) {
  Subject subject = driven(bench);
  expect_return(bench, subject.close(), Value(), "COR-7",
                "from close in CREATED");
  bench.expect(is_closed(subject), "COR-7", "CLOSED after close in CREATED",
               "another state");
}

KIT_CHECK_EACH("state-close-closed", "A close after the end gives none.",
               Tier::core, {"COR-9"}) {
  Subject subject = driven(bench);
  subject.close();
  for (int turn = 0; turn < 2; turn++)
    expect_return(bench, subject.close(), Value(), "COR-9",
                  "from close in CLOSED");
}

KIT_CHECK_EACH("state-send-closed",
               "A send after the end is refused; of a generator it gives none.",
               Tier::core, {"COR-3"}) {
  Subject subject = driven(bench);
  subject.close();
  for (int turn = 0; turn < 2; turn++) {
    Step step = subject.send(turn ? bench.token("too late") : Value());
    if (is_generator(subject))
      expect_return(bench, step, Value(), "COR-3",
                    "from send to a generator that has ended");
    else
      bench.expect_status(step, BATON_INVALID_STATE, "COR-3",
                          "from send in CLOSED");
  }
}

KIT_CHECK_EACH("state-throw-closed",
               "A throw after the end is refused; a generator hands it back.",
               Tier::core, {"COR-3"}) {
  Subject subject = driven(bench);
  Value error = bench.error(BATON_ERROR_VALUE, "thrown too late");
  subject.close();
  Step step = subject.throw_(error.copy());
  if (is_generator(subject))
    expect_same_error(bench, step, error, "COR-3",
                      "for a throw into a generator that has ended");
  else
    bench.expect_status(step, BATON_INVALID_STATE, "COR-3",
                        "from throw in CLOSED");
}

KIT_CHECK_EACH("state-throw-no-error-created",
               "A throw of what is no error is refused.", Tier::core,
               {"COR-20"}) {
  Subject subject = driven(bench);
  for (int turn = 0; turn < 3; turn++) {
    Value thrown = turn == 0   ? Value()
                   : turn == 1 ? Value::i64(1)
                               : bench.token("no error");
    bench.expect_status(subject.throw_(std::move(thrown)),
                        BATON_INVALID_ARGUMENT, "COR-20",
                        "from throw of what is no error, in CREATED");
  }
}

KIT_CHECK_EACH("state-throw-no-error-suspended",
               "A throw of what is no error is refused while suspended.",
               Tier::core, {"COR-20"}) {
  Subject subject = suspended(bench);
  bench.expect_status(subject.throw_(bench.token("no error")),
                      BATON_INVALID_ARGUMENT, "COR-20",
                      "from throw of what is no error, in SUSPENDED");
}

KIT_CHECK_EACH("state-throw-no-error-closed",
               "That it is no error counts before that it has ended.",
               Tier::core, {"COR-20"}) {
  Subject subject = driven(bench);
  subject.close();
  bench.expect_status(subject.throw_(Value::i64(1)), BATON_INVALID_ARGUMENT,
                      "COR-20", "from throw of what is no error, in CLOSED");
}

KIT_CHECK_EACH("state-refusal-created",
               "A refusal leaves what has not started as it was.", Tier::core,
               {"COR-12"}) {
  Subject subject = driven(bench);
  if (!refuses(subject.throw_(Value::i64(1)))) bench.skip("it did not refuse");
  bench.expect(is_created(subject), "COR-12", "CREATED after a refusal",
               "another state");
}

KIT_CHECK_EACH("state-refusal-suspended",
               "A refusal leaves what is suspended as it was.", Tier::core,
               {"COR-12"}) {
  Subject subject = suspended(bench);
  if (!refuses(subject.throw_(Value::i64(1)))) bench.skip("it did not refuse");
  Step step = subject.send();
  bench.expect(!refuses(step), "COR-12", "that it goes on after a refusal",
               step.text());
}

KIT_CHECK_EACH("state-throw-suspended",
               "A cancel is answered, or not supported.", Tier::cancel,
               {"COR-6"}) {
  Subject subject = suspended(bench);
  Step step = subject.throw_(Value::kind(BATON_ERROR_CANCELLED));
  bench.expect(!refuses(step) || step.status == BATON_UNSUPPORTED, "COR-6",
               "a result of throw in SUSPENDED", step.text());
}

KIT_CHECK_EACH("state-close-suspended",
               "A close that accepts no suspension gives none.", Tier::core,
               {"COR-10"}) {
  Subject subject = suspended(bench);
  Manner nothing;
  nothing.accepts = 0;
  Step step = subject.close(nothing);
  bench.expect(!suspends(step), "COR-10",
               "no suspension from close that accepts none", step.text());
}

KIT_CHECK_EACH("state-reentry-while-cloning",
               "A coroutine that runs refuses every call.", Tier::core,
               {"COR-4"}) {
  Subject subject = driven(bench);
  std::thread::id driver = std::this_thread::get_id();
  std::vector<Step> came;
  bench.bell.on_call([&came, &subject, driver](const char *) {
    if (std::this_thread::get_id() != driver || !came.empty()) return;
    came.emplace_back(); /* what the calls below call is not heard */
    came.push_back(subject.send());
    came.push_back(subject.throw_(Value::kind(BATON_ERROR_CANCELLED)));
    came.push_back(subject.close());
  });
  subject.send();
  bench.bell.on_call(nullptr);
  if (came.empty()) bench.skip("it does not use the waker while it runs");
  for (size_t at = 1; at < came.size(); at++)
    bench.expect_status(came[at], BATON_BUSY, "COR-4",
                        "from a call while it runs");
}

}  // namespace
}  // namespace kit
