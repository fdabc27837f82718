// SPDX-License-Identifier: MIT
#include <cstring>

#include "common.h"
#include "driving.h"

/** @file
 * What a driver does with am_await (AWT-1 to AWT-3, AWT-7).
 */

namespace kit {

KIT_CHECK("driver-awaits-once", "am_await is applied once to what is awaited.",
          Tier::core, {"AWT-1"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 3, Value::boolean(true));
  Value mine = x.value.copy(); /* a lender that is gone breaks AWT-2 */
  PlayedAwaitable given = play_lender(bench.ledger, std::move(x.value));
  outcome(bench, std::move(given.value));
  bench.expect(given.thing->asked() == 1, "AWT-1", "am_await is called once",
               std::to_string(given.thing->asked()) + " times");
}

KIT_CHECK("driver-awaits-in-body",
          "am_await is applied when the body awaits, not before.", Tier::core,
          {"AWT-1"}, {"kit.pair"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Value mine = y.value.copy();
  PlayedAwaitable given = play_lender(bench.ledger, std::move(y.value));
  Subject pair =
      bench.make("kit.pair", std::move(x.value), std::move(given.value));
  bench.expect(given.thing->asked() == 0, "AWT-1", "create awaits nothing",
               "am_await was called");
  pair.send();
  bench.expect(given.thing->asked() == 0, "AWT-1",
               "y is not awaited while x is", "am_await was called");
  pair.drain();
}

KIT_CHECK("driver-await-while-running",
          "The link that awaits is RUNNING while am_await is applied.",
          Tier::core, {"AWT-1", "OWN-3"}, {"kit.relay"}) {
  auto outer = std::make_shared<Subject *>(nullptr);
  auto in_await = std::make_shared<uint32_t>(BATON_RUNNING);
  auto in_send = std::make_shared<uint32_t>(BATON_RUNNING);
  Played x = play(bench.ledger, "x", [outer, in_send](Call &) {
    *in_send = (*outer)->state().value_or(BATON_CREATED);
    return Reply(BATON_RETURN);
  });
  auto held = std::make_shared<Value>(std::move(x.value));
  PlayedAwaitable given = play_awaitable(bench.ledger, [=](baton_value *out) {
    *in_await = (*outer)->state().value_or(BATON_CREATED);
    *out = held->give();
    return BATON_OWNED;
  });
  Subject relay = bench.make("kit.relay", std::move(given.value));
  *outer = &relay;
  relay.drain();
  if (*in_send != BATON_RUNNING) bench.skip("state is not told while it runs");
  bench.expect(*in_await == BATON_RUNNING, "AWT-1", "state RUNNING in am_await",
               std::to_string(*in_await));
  relay.release();
  let_go(bench);
  bench.expect(x.actor->released(), "OWN-3",
               "that a handle that was given is released", "it is still held");
}

KIT_CHECK("driver-await-fails",
          "An error of am_await is raised where the body awaits.", Tier::core,
          {"AWT-1"}, {"kit.rescue"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "cannot");
  auto thrown = std::make_shared<Value>(error.copy());
  PlayedAwaitable given =
      play_awaitable(bench.ledger, [thrown](baton_value *out) {
        *out = thrown->give();
        return BATON_ERROR;
      });
  Step step = outcome(bench, std::move(given.value), "kit.rescue");
  expect_caught(bench, step, error, "AWT-1", "of am_await");
}

KIT_CHECK("driver-await-refuses",
          "A refusal of am_await is an error where the body awaits.",
          Tier::core, {"LNK-13"}, {"kit.rescue"}) {
  PlayedAwaitable given = play_awaitable(
      bench.ledger, [](baton_value *) { return BATON_WRONG_THREAD; });
  Step step = outcome(bench, std::move(given.value), "kit.rescue");
  expect_caught(bench, step, BATON_ERROR_RUNTIME,
                "'kit awaitable' belongs to another thread", "LNK-13",
                "when am_await refuses");
}

KIT_CHECK("driver-await-lent",
          "The awaitable is held while a handle that it lent is driven.",
          Tier::core, {"AWT-2"}, {"kit.relay"}) {
  auto lender = std::make_shared<Awaitable *>(nullptr);
  auto gone = std::make_shared<bool>(false);
  Played x = play(bench.ledger, "x", [lender, gone](Call &call) {
    *gone |= (*lender)->released();
    if (call.op != Op::send) return unwound(call);
    return Reply(BATON_YIELD);
  });
  Value mine = x.value.copy();
  PlayedAwaitable given = play_lender(bench.ledger, std::move(x.value));
  *lender = given.thing;
  Subject relay = bench.make("kit.relay", std::move(given.value));
  relay.send();
  relay.send();
  relay.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  bench.expect(!*gone, "AWT-2", "the awaitable lives while x is driven",
               "it was released");
}

KIT_CHECK("driver-lent-not-released", "A handle that was lent is not released.",
          Tier::core, {"OWN-7"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  PlayedAwaitable given = play_lender(bench.ledger, std::move(x.value));
  Value mine = given.value.copy();
  outcome(bench, std::move(given.value));
  bench.expect(!x.actor->released(), "OWN-7",
               "the handle belongs to who lent it", "it was released");
}

KIT_CHECK("driver-owned-released",
          "A handle that was given is released, and its awaitable too.",
          Tier::core, {"OWN-3"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  PlayedAwaitable given = play_owner(bench.ledger, std::move(x.value));
  outcome(bench, std::move(given.value));
  bench.settle("OWN-3");
}

KIT_CHECK("driver-handle-scalar",
          "A handle that is a scalar is an error of kind type.", Tier::core,
          {"AWT-3"}, {"kit.relay"}) {
  PlayedAwaitable given = play_owner(bench.ledger, Value::boolean(true));
  Step step = outcome(bench, std::move(given.value));
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "AWT-3",
               "when am_await gives a bool");
}

KIT_CHECK("driver-handle-not-driven",
          "A handle without as_coroutine is an error that names both types.",
          Tier::core, {"AWT-3"}, {"kit.relay"}) {
  PlayedAwaitable given = play_owner(bench.ledger, bench.token("handle"));
  Step step = outcome(bench, std::move(given.value));
  expect_fails(
      bench, step, BATON_ERROR_TYPE,
      "kit awaitable.__await__() must return an iterator, not kit token",
      "AWT-3", "when am_await gives what cannot be driven");
}

KIT_CHECK("driver-handle-not-driven-drops",
          "A handle that cannot be driven is released.", Tier::core, {"AWT-3"},
          {"kit.relay"}) {
  PlayedAwaitable given = play_owner(bench.ledger, bench.token("handle"));
  {
    Step step = outcome(bench, std::move(given.value));
  }
  bench.settle("AWT-3");
}

KIT_CHECK("driver-awaits-no-awaitable",
          "What has no am_await cannot be awaited: an error of kind type.",
          Tier::core, {"AWT-1"}, {"kit.rescue"}) {
  Step step = outcome(bench, bench.token("x"), "kit.rescue");
  if (step.status == BATON_RETURN) { /* raised where the body awaits */
    bool alike = hosted(bench) && step.out.is_object();
    bench.expect(alike || step.out.error_kind() == BATON_ERROR_TYPE, "AWT-1",
                 "an error of kind type is caught", step.out.text());
    return;
  }
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "AWT-1",
               "when a token is awaited");
}

KIT_CHECK("driver-awaits-scalar",
          "A scalar cannot be awaited: an error of kind type.", Tier::core,
          {"AWT-1"}, {"kit.relay"}) {
  Step step = outcome(bench, Value::boolean(true));
  if (step.status == BATON_INVALID_ARGUMENT) return;
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "AWT-1",
               "when a bool is awaited");
}

KIT_CHECK("driver-delegates-as-it-is",
          "A generator delegates to a coroutine value without am_await.",
          Tier::iteration, {"AWT-7"}, {"kit.delegate"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Subject delegate = bench.make("kit.delegate", std::move(x.value));
  if (!delegate.value().type()->as_link && hosted(bench))
    bench.skip("what delegates is a generator of the host's own");
  Step step = delegate.drain();
  bench.expect_status(step, BATON_RETURN, "AWT-7",
                      "of a generator that delegates to a coroutine value");
  for (const Event &event : x.actor->events())
    bench.expect(event.op != Op::await, "AWT-7", "no am_await", "a call of it");
}

KIT_CHECK("driver-delegates-to-token",
          "What cannot be driven is not iterable: an error of kind type.",
          Tier::iteration, {"AWT-7"}, {"kit.delegate"}) {
  Step step = outcome(bench, bench.token("x"), "kit.delegate");
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "AWT-7",
               "when a generator delegates to a token");
}

}  // namespace kit
