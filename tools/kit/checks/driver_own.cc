// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * What a driver owes to a callee: `in`, `out`, `self`, and the references.
 */

namespace kit {
KIT_CHECK("driver-out-is-none", "A driver writes none into out before a call.",
          Tier::core, {"OWN-1"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return call.op == Op::close ? Reply(BATON_RETURN) : Reply(BATON_YIELD);
  });
  begun.outer.send(bench.token("sent"));
  begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  begun.outer.close();
}

KIT_CHECK("driver-drops-in-of-send", "What send did not take is dropped.",
          Tier::core, {"OWN-3"}, {"kit.relay"}) {
  Begun begun =
      begin(bench, [](Call &) { return Reply(BATON_RETURN, Value(), false); });
  begun.outer.send(bench.token("what was sent"));
  expect_given_back(bench, "what was sent", "OWN-3");
}

KIT_CHECK("driver-drops-in-of-throw", "What throw did not take is dropped.",
          Tier::cancel, {"OWN-3"}, {"kit.relay"}) {
  Begun begun =
      begin(bench, [](Call &) { return Reply(BATON_RETURN, Value(), false); });
  begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  expect_given_back(bench, "error value \"thrown\"", "OWN-3");
}

KIT_CHECK("driver-drops-in-of-refusal",
          "What was sent to a child that refuses is dropped.", Tier::core,
          {"OWN-3"}, {"kit.relay"}) {
  Begun begun =
      begin(bench, [](Call &) { return Reply(BATON_BUSY, Value(), false); });
  begun.outer.send(bench.token("what was sent"));
  expect_given_back(bench, "what was sent", "OWN-3");
}

KIT_CHECK("driver-drops-out-of-refusal",
          "What a refusal left in out is dropped.", Tier::core, {"OWN-3"},
          {"kit.relay"}) {
  auto out = std::make_shared<Value>(bench.token("what came with a refusal"));
  Begun begun = begin(bench, [out](Call &) {
    return Reply(BATON_BUSY, std::move(*out), false);
  });
  begun.outer.send();
  expect_given_back(bench, "what came with a refusal", "OWN-3");
}

KIT_CHECK("driver-drops-out-of-close", "What a child's close gave is dropped.",
          Tier::core, {"OWN-3"}, {"kit.relay"}) {
  auto out = std::make_shared<Value>(bench.token("what close gave"));
  Begun begun = begin(
      bench, [out](Call &) { return Reply(BATON_RETURN, std::move(*out)); });
  Step step = begun.outer.close();
  step.out.drop();
  expect_given_back(bench, "what close gave", "OWN-3");
}

KIT_CHECK("driver-drops-first-result", "A result that nobody uses is dropped.",
          Tier::core, {"OWN-3"}, {"kit.pair"}) {
  Played x = play_steps(bench.ledger, "x", [&] {
    std::vector<Reply> steps;
    steps.emplace_back(BATON_RETURN, bench.token("unused"));
    return steps;
  }());
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject pair = bench.make("kit.pair", std::move(x.value), std::move(y.value));
  pair.drain();
  expect_given_back(bench, "unused", "OWN-3");
}

KIT_CHECK("driver-holds-self", "A driver holds self during every call.",
          Tier::core, {"OWN-6"}, {"kit.relay"}) {
  auto seen = std::make_shared<Actor *>(nullptr);
  Ledger &ledger = bench.ledger;
  Begun begun = begin(bench, [seen, &ledger](Call &call) {
    if (*seen && (*seen)->released())
      ledger.note("OWN-6", "a reference to x during a call", "there is none");
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
  *seen = begun.actor;
  begun.outer.send();
  begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
}

KIT_CHECK("driver-releases-at-end",
          "A child is released once, when its result has been taken.",
          Tier::core, {"OWN-7", "OWN-3"}, {"kit.relay"}) {
  Begun begun = begin(
      bench, [](Call &) { return Reply(BATON_RETURN, Value::boolean(true)); });
  begun.outer.send();
  begun.outer.release();
  bench.settle("OWN-3");
}

KIT_CHECK("driver-releases-unstarted",
          "What a coroutine was made with is released with it.", Tier::core,
          {"OWN-3"}, {"kit.pair"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  bench.make("kit.pair", std::move(x.value), std::move(y.value)).release();
  bench.settle("OWN-3");
}

KIT_CHECK("driver-releases-after-throw",
          "A child that an error ended is released, and the error with it.",
          Tier::cancel, {"OWN-3"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  {
    Step step = begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
    begun.outer.release();
  }
  bench.settle("OWN-3");
}

KIT_CHECK("driver-text-copied",
          "A text is not read after its last reference is gone.", Tier::values,
          {"OWN-7"}, {"kit.fail"}) {
  Subject fails = bench.make("kit.fail", Value::i64(BATON_ERROR_VALUE),
                             bench.text("the message"));
  Step step = fails.drain();
  fails.release();
  step.out.error_message(); /* the ledger sees a view of what is released */
}

KIT_CHECK("driver-lets-go-at-end",
          "A child that has ended is let go of before the body goes on.",
          Tier::core, {"COR-21"}, {"kit.pair"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Played y = play_stuck(bench.ledger, "y");
  PlayedAwaitable given = play_owner(bench.ledger, std::move(x.value));
  Subject pair =
      bench.make("kit.pair", std::move(given.value), std::move(y.value));
  pair.send();
  pair.send();
  if (y.actor->history() != "send none") bench.skip("y is not awaited");
  let_go(bench);
  bool held = !x.actor->released();
  pair.close();
  pair.release();
  let_go(bench);
  if (!x.actor->released()) bench.skip("x is never let go of (OWN-3)");
  bench.expect(!held, "COR-21", "no reference to x while y is awaited",
               "it was held until the end of the body");
}

}  // namespace kit
