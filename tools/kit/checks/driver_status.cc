// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * What a driver does with statuses that it cannot know (COR-13).
 */

namespace kit {
namespace {

const char unknown_77[] = "unknown status 77 from kit actor";

/* What the target makes of this status of a suspended child. */
struct Answered {
  Begun begun;
  Step step;
};

Answered answered(Bench &bench, int32_t status, const char *through) {
  Begun begun = begin(
      bench,
      [status](Call &call) {
        return call.op == Op::close ? Reply(BATON_RETURN) : Reply(status);
      },
      through);
  Step step = begun.outer.send();
  return {std::move(begun), std::move(step)};
}

}  // namespace

KIT_CHECK("driver-unknown-status",
          "An unknown status is an error that names "
          "the status and the type.",
          Tier::core, {"COR-13"}, {"kit.relay"}) {
  Answered came = answered(bench, 77, "kit.relay");
  expect_fails(bench, came.step, BATON_ERROR_RUNTIME, unknown_77, "COR-13",
               "when a child gives status 77");
}

KIT_CHECK("driver-unknown-status-thrown",
          "The body that awaits gets the error of an unknown status.",
          Tier::core, {"COR-13"}, {"kit.rescue"}) {
  Answered came = answered(bench, 77, "kit.rescue");
  expect_caught(bench, came.step, BATON_ERROR_RUNTIME, unknown_77, "COR-13",
                "when a child gives status 77");
}

KIT_CHECK("driver-unknown-status-closes",
          "A child that gives an unknown status is closed.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  Answered came = answered(bench, 77, "kit.relay");
  bench.expect(came.begun.actor->history() == "send none, send none, close",
               "COR-13", "x is closed once after status 77",
               came.begun.actor->history());
}

KIT_CHECK("driver-unknown-status-drops",
          "What came with an unknown status is dropped.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  auto out = std::make_shared<Value>(bench.token("what came with 77"));
  Begun begun = begin(bench, [out](Call &call) {
    return call.op == Op::close ? Reply(BATON_RETURN)
                                : Reply(77, std::move(*out));
  });
  begun.outer.send();
  for (const std::string &held : bench.ledger.alive())
    bench.expect(held != "what came with 77", "COR-13", "it is dropped",
                 "it is still held");
}

KIT_CHECK("driver-await-without-link",
          "AWAIT of a child that is no link is an unknown status.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  Answered came = answered(bench, BATON_AWAIT, "kit.relay");
  expect_fails(bench, came.step, BATON_ERROR_RUNTIME,
               "unknown status 2 from kit actor", "COR-13",
               "when a chain-level slot gives AWAIT");
}

KIT_CHECK("driver-item-without-link",
          "ITEM of a child that is no link is an unknown status.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  Answered came = answered(bench, BATON_ITEM, "kit.relay");
  expect_fails(bench, came.step, BATON_ERROR_RUNTIME,
               "unknown status 4 from kit actor", "COR-13",
               "when a chain-level slot gives ITEM");
}

KIT_CHECK("driver-unknown-status-of-throw",
          "An unknown status of throw is an error too.", Tier::cancel,
          {"COR-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return Reply(call.op == Op::close ? BATON_RETURN : 77);
  });
  Step step = begun.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  expect_fails(bench, step, BATON_ERROR_RUNTIME, unknown_77, "COR-13",
               "when a child answers throw with 77");
}

KIT_CHECK("driver-unknown-status-of-close",
          "An unknown status of close is an error, and ends.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &) { return Reply(77); });
  Step step = begun.outer.close();
  expect_fails(bench, step, BATON_ERROR_RUNTIME, unknown_77, "COR-13",
               "when a child answers close with 77");
}

KIT_CHECK("driver-unknown-status-at-start",
          "An unknown status of the first send is an error.", Tier::core,
          {"COR-13"}, {"kit.relay"}) {
  Played x = play(bench.ledger, "x", [](Call &call) {
    return Reply(call.op == Op::send ? -2 : BATON_RETURN);
  });
  Step step = outcome(bench, std::move(x.value));
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "unknown status -2 from kit actor", "COR-13",
               "when the first send gives status -2");
}

KIT_CHECK("driver-runs-unknown-status",
          "An outermost driver closes what gives an unknown status.",
          Tier::core, {"COR-13"}, {"kit.run"}) {
  Played x = play(bench.ledger, "x", [](Call &call) {
    return Reply(call.op == Op::send ? 77 : BATON_RETURN);
  });
  Step step = outcome(bench, std::move(x.value), "kit.run");
  expect_fails(bench, step, BATON_ERROR_RUNTIME, unknown_77, "COR-13",
               "when what kit.run drives gives status 77");
  bench.expect(x.actor->history() == "send none, close", "COR-13",
               "x is closed after status 77", x.actor->history());
}

}  // namespace kit
