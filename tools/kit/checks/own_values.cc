// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Who owns what after a call, counted on objects of the kit.
 */

namespace kit {
namespace {

KIT_CHECK("own-sent-value-taken", "What send takes is none afterwards.",
          Tier::core, {"OWN-2"}, {"kit.echo"}) {
  Value token = bench.token("sent");
  Subject echo = bench.make("kit.echo", Value());
  if (!suspends(echo.send())) bench.skip("it does not suspend");
  send_copy(echo, token);
}

KIT_CHECK("own-thrown-error-taken", "What throw takes is none afterwards.",
          Tier::cancel, {"OWN-2"}, {"kit.echo"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  Subject echo = bench.make("kit.echo", Value());
  if (!suspends(echo.send())) bench.skip("it does not suspend");
  Step step = echo.throw_(error.copy());
  expect_owned(bench, step, error, "after throw");
}

KIT_CHECK_EACH("own-thrown-error-created",
               "What throw takes before the start is none afterwards.",
               Tier::core, {"OWN-2"}) {
  Subject subject = driven(bench);
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  Step step = subject.throw_(error.copy());
  expect_owned(bench, step, error, "after throw");
}

KIT_CHECK_EACH("own-refused-throw",
               "A throw that is refused leaves the value as it was.",
               Tier::core, {"OWN-4"}) {
  Subject subject = driven(bench);
  Value token = bench.token("no error");
  Step step = subject.throw_(token.copy());
  if (!refuses(step)) bench.skip("it did not refuse");
  bench.expect(step.in.same(token), "OWN-4", "the value as it was in error",
               step.in.text());
  bench.expect(references(token) == 2, "OWN-4",
               "no reference more or less after a refusal",
               std::to_string(references(token)) + " instead of 2");
}

KIT_CHECK_EACH("own-refused-send",
               "A send that is refused leaves the value as it was.", Tier::core,
               {"OWN-4"}) {
  Subject subject = driven(bench);
  Value token = bench.token("too late");
  subject.close();
  Step step = subject.send(token.copy());
  if (!refuses(step)) bench.skip("it did not refuse");
  bench.expect(step.in.same(token), "OWN-4", "the value as it was in in",
               step.in.text());
  bench.expect(references(token) == 2, "OWN-4",
               "no reference more or less after a refusal",
               std::to_string(references(token)) + " instead of 2");
}

KIT_CHECK("own-argument-released-once",
          "What create took is released once, with the result.", Tier::core,
          {"OWN-7"}, {"kit.give"}) {
  Value token = bench.token("given");
  {
    Subject give = bench.make("kit.give", token.copy());
    Step step = give.send();
    give.release();
    bench.expect(!step.out.same(token) || references(token) >= 2, "OWN-7",
                 "a reference for the result", "none");
  }
  bench.expect(references(token) >= 1, "OWN-7",
               "that nothing is released twice", "our own reference was");
}

KIT_CHECK("own-yielded-value", "A value that is yielded is the driver's.",
          Tier::core, {"OWN-7"}, {"kit.echo"}) {
  Value token = bench.token("yielded");
  Subject echo = bench.make("kit.echo", token.copy());
  Step step = echo.send();
  if (!step.out.same(token)) bench.skip("it did not yield it");
  echo.close();
  echo.release();
  bench.expect(references(token) >= 2, "OWN-7",
               "a reference for what was yielded", "it was released");
}

KIT_CHECK("own-lent-handle", "A handle that was lent is not released.",
          Tier::core, {"OWN-7"}, {"kit.relay"}) {
  for (int way = 0; way < 3; way++) {
    Played x = play_stuck(bench.ledger, "x");
    Value ours = x.value.copy();
    Subject relay = bench.make("kit.relay", std::move(x.value));
    relay.send();
    bench.expect(x.actor->references() >= 2, "OWN-7",
                 "that x is held while it is awaited", "it was released");
    if (way == 0) relay.close();
    if (way == 1) relay.throw_(Value::kind(BATON_ERROR_CANCELLED));
    relay.release();
    bench.expect(x.actor->references() >= 1, "OWN-7",
                 "that a lent handle is not released", "it was released");
  }
}

KIT_CHECK("own-awaited-result", "What an await gave moves on.", Tier::core,
          {"OWN-3", "OWN-7"}, {"kit.pair"}) {
  Value first = bench.token("first"), second = bench.token("second");
  auto returning = [&](const char *name, const Value &value) {
    std::vector<Reply> steps;
    steps.emplace_back(BATON_RETURN, value.copy());
    return play_steps(bench.ledger, name, std::move(steps));
  };
  Played x = returning("x", first), y = returning("y", second);
  Subject pair = bench.make("kit.pair", std::move(x.value), std::move(y.value));
  Step step = pair.drain();
  pair.release();
  bench.expect(
      references(first) >= 1 && references(second) >= 1 + step.out.same(second),
      "OWN-7", "that nothing is released twice", "a result of an await was");
  step.out.drop();
  let_go(bench);
  bench.expect(references(first) == 1 && references(second) == 1, "OWN-3",
               "that what an await gave is dropped", "it is still held");
}

}  // namespace
}  // namespace kit
