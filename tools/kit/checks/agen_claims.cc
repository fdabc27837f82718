// SPDX-License-Identifier: MIT
#include "agen_steps.h"
#include "driving.h"

/** @file
 * Async generators that two want to use at once.
 */

namespace kit {
namespace {

/* A generator that is claimed: an awaitable of it is suspended in y. */
struct Claimed {
  Actor *y;
  Subject generator, handle;
};

Claimed claim(Bench &bench) {
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject tidy = bench.make("kit.tidy", Value(), std::move(y.value));
  awaited(bench, anext_of(tidy));
  awaited(bench, anext_of(tidy));
  Subject handle = handle_of(bench, anext_of(tidy));
  Step step = handle.send();
  if (!suspends(step)) bench.skip("its cleanup gave " + step.text());
  return {y.actor, std::move(tidy), std::move(handle)};
}

void check_claimed(Bench &bench, Value (*other)(Subject &),
                   const char *message) {
  Claimed claimed = claim(bench);
  auto before = claimed.generator.state();
  expect_kind(bench, awaited(bench, other(claimed.generator)),
              BATON_ERROR_RUNTIME, message, "AGN-5",
              "of a generator that is claimed");
  bench.expect(claimed.y->history() == "send none", "AGN-5",
               "that the generator is left as it was",
               "y: " + claimed.y->history());
  bench.expect(claimed.generator.state() == before, "AGN-5",
               "that the generator is in the state that it was in", "another");
  expect_end(bench, claimed.handle.send(), "AGN-5",
             "for the one that holds the claim");
  bench.expect(claimed.y->history() == "send none, send none", "AGN-5",
               "that the one that holds the claim goes on with y",
               "y: " + claimed.y->history());
}

KIT_CHECK("agen-claimed-anext", "A second anext at a time is an error.",
          Tier::iteration, {"AGN-5"}, {"kit.tidy"}) {
  check_claimed(bench, anext_of,
                "anext(): asynchronous generator is already running");
}

KIT_CHECK("agen-claimed-athrow", "An athrow beside an anext is an error.",
          Tier::iteration, {"AGN-5"}, {"kit.tidy"}) {
  check_claimed(
      bench,
      [](Subject &generator) {
        return athrow_of(generator, Value::kind(BATON_ERROR_CANCELLED));
      },
      "athrow(): asynchronous generator is already running");
}

KIT_CHECK("agen-claimed-aclose", "An aclose beside an anext is an error.",
          Tier::iteration, {"AGN-5"}, {"kit.tidy"}) {
  check_claimed(bench, aclose_of,
                "aclose(): asynchronous generator is already running");
}

KIT_CHECK("agen-claim-begins-late",
          "An awaitable that has not been called claims nothing.",
          Tier::iteration, {"AGN-1"}, {"kit.items"}) {
  Value item = bench.token("item");
  Subject items = bench.make("kit.items", item.copy());
  Subject idle = handle_of(bench, anext_of(items));
  expect_item(bench, items, item, "AGN-1",
              "beside an awaitable that has not been called");
  idle.close();
}

KIT_CHECK("agen-claim-ends", "The end of an awaitable gives up its claim.",
          Tier::iteration, {"AGN-5"}, {"kit.items"}) {
  Value second = bench.token("second");
  Subject items = bench.make("kit.items", bench.i64(1), second.copy());
  Subject held = handle_of(bench, anext_of(items));
  bench.expect_status(held.drain(), BATON_RETURN, "AWT-6",
                      "for the first item");
  expect_item(bench, items, second, "AGN-5",
              "beside an awaitable that has ended");
}

KIT_CHECK("agen-throw-into-awaitable",
          "What is thrown into an awaitable arrives where the generator waits.",
          Tier::iteration, {"AGN-2"}, {"kit.tidy"}) {
  Claimed claimed = claim(bench);
  Value error = bench.error(BATON_ERROR_CANCELLED, "enough");
  expect_same_error(bench, claimed.handle.throw_(error.copy()), error, "AGN-2",
                    "from a throw into the awaitable");
  expect_end(bench, awaited(bench, anext_of(claimed.generator)), "AWT-6",
             "of a generator that an error has ended");
}

}  // namespace
}  // namespace kit
