// SPDX-License-Identifier: MIT
#include "agen_steps.h"
#include "linking.h"

/** @file
 * Async generators that are driven as chains, or that do not end when asked.
 */

namespace kit {
namespace {

/* kit.stubborn, which has handed its first item. */
Subject begun_stubborn(Bench &bench) {
  Subject stubborn = bench.make("kit.stubborn", bench.token("item"));
  if (awaited(bench, anext_of(stubborn)).status != BATON_RETURN)
    bench.skip("it hands no first item (AWT-6)");
  return stubborn;
}

KIT_CHECK("agen-leaf-resumed",
          "A send to an awaitable resumes the leaf below its generator.",
          Tier::iteration, {"LNK-5"}, {"kit.tidy"}) {
  auto state = std::make_shared<uint8_t>(BATON_RUNNING);
  PlayedLink y = play_begun_link(bench.ledger, "y", [state](Resume &call) {
    *state = call.self->link().state;
    return call.op == BATON_OP_SEND ? Reply(BATON_YIELD) : link_unwound(call);
  });
  Linked *leaf = y.link;
  Subject tidy = bench.make("kit.tidy", Value(), std::move(y.value));
  awaited(bench, anext_of(tidy));
  awaited(bench, anext_of(tidy));
  Subject handle = handle_of(bench, anext_of(tidy));
  Step step = handle.send();
  need_attached(bench, *leaf);
  if (!suspends(step)) bench.skip("its cleanup gave " + step.text());
  handle.send(Value::boolean(true));
  bench.expect(leaf->history() == "send none, send true", "LNK-5",
               "y is resumed with what the awaitable was sent",
               leaf->history());
  bench.expect(*state == BATON_RUNNING, "LNK-5", "state RUNNING in its resume",
               "state " + std::to_string(*state));
}

KIT_CHECK("agen-athrow-retired",
          "An athrow after an aclose that was ignored is the end.",
          Tier::iteration, {"AGN-3"}, {"kit.stubborn"}) {
  Subject stubborn = begun_stubborn(bench);
  if (awaited(bench, aclose_of(stubborn)).status != BATON_ERROR)
    bench.skip("aclose is not ignored (AGN-6)");
  Value thrown = bench.error(BATON_ERROR_VALUE, "thrown");
  expect_end(bench, awaited(bench, athrow_of(stubborn, thrown.copy())), "AGN-3",
             "from athrow of a generator that an aclose has retired");
}

KIT_CHECK("agen-release-ignored",
          "A generator that ignores the close of its release is reported.",
          Tier::iteration, {"COR-18"}, {"kit.stubborn", "kit.give"}) {
  need_reports(bench);
  Subject stubborn = begun_stubborn(bench);
  std::string written = written_by([&] {
    stubborn.release();
    let_go(bench);
  });
  bench.expect(written.find("ignored GeneratorExit") != std::string::npos,
               "COR-18",
               "\"ignored GeneratorExit\" on standard error when a generator "
               "hands an item in answer to the close of its release",
               written.empty() ? "nothing" : written);
}

}  // namespace
}  // namespace kit
