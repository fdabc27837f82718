// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * The last release, and what is let go at the end.
 */

namespace kit {
namespace {

KIT_CHECK("release-closes-suspended",
          "A release of what is suspended closes it.", Tier::core, {"COR-18"},
          {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  relay.release();
  let_go(bench);
  bench.expect(x.actor->history() == "send none, close", "COR-18",
               "send none, close", x.actor->history());
}

KIT_CHECK("release-runs-cleanup",
          "A release runs the body's cleanup, the innermost first.", Tier::core,
          {"COR-18"}, {"kit.guard"}) {
  std::string order;
  Played x = play_begun(bench.ledger, "x", [&order](Call &call) {
    order += std::string("x ") + name_of(call.op) + ", ";
    return unwound(call);
  });
  Played y = play(bench.ledger, "y", [&order](Call &call) {
    order += std::string("y ") + name_of(call.op) + ", ";
    return unwound(call);
  });
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  guard.send();
  guard.release();
  let_go(bench);
  bench.expect(order == "x close, y send, ", "COR-18", "x close, y send, ",
               order);
}

KIT_CHECK("release-accepts-nothing",
          "The close of a release accepts no suspension.", Tier::core,
          {"COR-18"}, {"kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  const Manner yields = {BATON_ACCEPT_YIELD};
  guard.send(Value(), yields);
  if (x.actor->events().back().accepts != BATON_ACCEPT_YIELD)
    bench.skip("its host has contexts of its own");
  written_by([&] { /* it may well complain */
                   guard.release();
                   let_go(bench);
  });
  std::vector<Event> events = y.actor->events();
  events.push_back(x.actor->events().back());
  for (const Event &event : events)
    bench.expect(event.op == Op::await || event.accepts == 0, "COR-18",
                 "a context that accepts nothing in a release",
                 "accepts " + std::to_string(event.accepts));
}

KIT_CHECK("release-stays-quiet-about-errors",
          "A cleanup that fails in a release harms nobody.", Tier::core,
          {"COR-18"}, {"kit.relay"}) {
  Played x = play_begun(bench.ledger, "x", [&](Call &) {
    return Reply(BATON_ERROR, bench.error(BATON_ERROR_VALUE, "in a release"));
  });
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  baton_value value = relay.give().give();
  int32_t status = BATON_OK;
  written_by([&] {
    status = value.head.type->release(&value);
    let_go(bench);
  });
  bench.expect(x.actor->history() == "send none, close", "COR-18",
               "send none, close", x.actor->history());
  bench.expect(status == BATON_OK, "TYP-6",
               "OK from a release whose close failed", status_name(status));
}

KIT_CHECK("release-reports-errors",
          "An error of the close of a release is reported.", Tier::core,
          {"COR-18"}, {"kit.relay", "kit.give"}) {
  need_reports(bench);
  auto fail = [&](Call &) {
    return Reply(BATON_ERROR, bench.error(BATON_ERROR_VALUE, "in a release"));
  };
  if (begin(bench, fail).outer.close().status != BATON_ERROR)
    bench.skip("the error of a close is forgotten (COR-8)");
  Played x = play_begun(bench.ledger, "x", fail);
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  std::string written = written_by([&] {
    relay.release();
    let_go(bench);
  });
  if (x.actor->history() != "send none, close") bench.skip("x is not closed");
  bench.expect(!written.empty(), "COR-18",
               "a word on the error of the close on standard error", "nothing");
}

/* How often the host says that a coroutine was never awaited. */
int reports(const std::string &text) {
  int count = 0;
  size_t at = 0;
  while ((at = text.find("never awaited", at)) != std::string::npos)
    count++, at++;
  return count;
}

KIT_CHECK("release-never-awaited",
          "A coroutine that is released unstarted is reported, once.",
          Tier::core, {"COR-19"}, {"kit.give"}) {
  Subject give = bench.make("kit.give", bench.i64(1));
  int count = reports(written_by([&] {
    give.release();
    let_go(bench);
  }));
  bench.expect(count == 1, "COR-19",
               "one report that it was never awaited, on standard error",
               std::to_string(count));
}

KIT_CHECK("release-after-close-unreported",
          "What was closed before its start is not reported.", Tier::core,
          {"COR-7"}, {"kit.give"}) {
  Subject give = bench.make("kit.give", bench.i64(1));
  int count = reports(written_by([&] {
    give.close();
    give.release();
    let_go(bench);
  }));
  bench.expect(count == 0, "COR-7",
               "no report of what was closed before its start",
               std::to_string(count));
}

KIT_CHECK("release-deep-unstarted",
          "A release lets go of all that hangs together, however deep.",
          Tier::core, {"TYP-11"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  written_by([&] { /* of each it may say that it was never awaited */
                   relays(bench, std::move(x.value), 100).release();
                   let_go(bench);
  });
  bench.expect(x.actor->released(), "TYP-11",
               "that x is released with the last of 100 coroutines",
               "it is still held");
}

/* Whether `x` is let go of, though the coroutine is still held. */
void expect_let_go(Bench &bench, const Subject &held, const Actor *x,
                   const char *when) {
  need_link(bench, held);
  let_go(bench);
  bench.expect(x->released(), "LNK-8",
               std::string("that the frame lets go of x ") + when,
               std::to_string(x->references()) + " references");
}

KIT_CHECK("release-at-return", "A frame lets go of what it holds at its end.",
          Tier::core, {"LNK-8"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.drain();
  expect_let_go(bench, relay, x.actor, "after RETURN");
}

KIT_CHECK("release-at-error", "A frame lets go of what it holds when it fails.",
          Tier::core, {"LNK-8"}, {"kit.pair"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  Subject pair = bench.make("kit.pair", std::move(x.value), std::move(y.value));
  pair.send();
  {
    Step step = pair.throw_(Value::kind(BATON_ERROR_CANCELLED));
    if (!ends(step)) bench.skip("it did not end");
  }
  expect_let_go(bench, pair, y.actor, "after ERROR");
}

KIT_CHECK("release-at-close-created",
          "A frame lets go of what it holds when it is closed unstarted.",
          Tier::core, {"LNK-8"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.close();
  expect_let_go(bench, relay, x.actor, "after close in CREATED");
}

}  // namespace
}  // namespace kit
