// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Starting and resuming: what reaches the body, and what does not.
 */

namespace kit {
namespace {

KIT_CHECK("state-start-runs-body", "The first send runs the body.", Tier::core,
          {"COR-14"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = relay.send();
  bench.expect(x.actor->history() == "send none", "COR-14",
               "that the body awaits x after the first send",
               "x: " + x.actor->history());
  bench.expect_status(step, BATON_YIELD, "COR-14",
                      "as what the body awaits gave YIELD");
}

KIT_CHECK("state-send-innermost",
          "What is sent arrives at the innermost suspension.", Tier::core,
          {"COR-14"}, {"kit.relay"}) {
  Value token = bench.token("sent");
  bool same = false;
  Played x = play_begun(bench.ledger, "x", [&](Call &call) {
    same = call.op == Op::send && call.in->head.type == token.type() &&
           call.in->payload.object == token.get()->payload.object;
    return Reply(BATON_RETURN);
  });
  Subject relay = relays(bench, std::move(x.value), 3);
  relay.send();
  send_copy(relay, token);
  bench.expect(same, "COR-14", "that x is sent the same value",
               "x: " + x.actor->history());
}

KIT_CHECK("state-resume-many",
          "Each resume goes on where the last one stopped.", Tier::core,
          {"COR-14"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 20, Value::boolean(true));
  Subject relay = relays(bench, std::move(x.value), 2);
  for (int turn = 0; turn < 20; turn++) {
    Step step = relay.send();
    bench.expect_status(step, BATON_YIELD, "COR-14", "from each resume");
  }
  bench.expect_status(relay.send(), BATON_RETURN, "COR-14",
                      "when what it awaits has returned");
}

KIT_CHECK("state-throw-created-runs-nothing",
          "A throw before the start runs nothing.", Tier::core, {"COR-5"},
          {"kit.rescue"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject rescue = bench.make("kit.rescue", std::move(x.value));
  Value error = bench.error(BATON_ERROR_VALUE, "thrown too early");
  expect_same_error(bench, rescue.throw_(error.copy()), error, "COR-5",
                    "for a throw in CREATED");
  bench.expect(x.actor->history().empty(), "COR-5",
               "that nothing runs for a throw in CREATED",
               "x: " + x.actor->history());
}

KIT_CHECK("state-close-created-runs-nothing",
          "A close before the start runs nothing.", Tier::core, {"COR-7"},
          {"kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  expect_return(bench, guard.close(), Value(), "COR-7",
                "from close in CREATED");
  std::string ran = x.actor->history() + y.actor->history();
  bench.expect(ran.empty(), "COR-7", "that nothing runs for close in CREATED",
               ran);
}

KIT_CHECK("state-after-return", "What has returned refuses send and throw.",
          Tier::core, {"COR-3"}, {"kit.give"}) {
  Subject give = bench.make("kit.give", bench.i64(1));
  bench.expect_status(give.drain(), BATON_RETURN, "COR-14", "from kit.give");
  bench.expect_status(give.send(), BATON_INVALID_STATE, "COR-3",
                      "from send after RETURN");
  bench.expect_status(give.throw_(Value::kind(BATON_ERROR_CANCELLED)),
                      BATON_INVALID_STATE, "COR-3", "from throw after RETURN");
  expect_return(bench, give.close(), Value(), "COR-9",
                "from close after RETURN");
}

KIT_CHECK("state-after-error", "What has failed refuses send and throw.",
          Tier::core, {"COR-3"}, {"kit.fail"}) {
  Subject fail = bench.make("kit.fail", bench.i64(BATON_ERROR_VALUE),
                            bench.text("as asked"));
  bench.expect_status(fail.drain(), BATON_ERROR, "COR-14", "from kit.fail");
  bench.expect_status(fail.send(), BATON_INVALID_STATE, "COR-3",
                      "from send after ERROR");
  bench.expect_status(fail.throw_(Value::kind(BATON_ERROR_CANCELLED)),
                      BATON_INVALID_STATE, "COR-3", "from throw after ERROR");
  expect_return(bench, fail.close(), Value(), "COR-9",
                "from close after ERROR");
}

KIT_CHECK("state-generator-runs",
          "A generator yields its items and returns its result.", Tier::core,
          {"COR-14"}, {"kit.count"}) {
  Subject count = bench.make("kit.count", bench.i64(3));
  for (int turn = 0; turn < 3; turn++)
    bench.expect_status(count.send(), BATON_YIELD, "COR-14",
                        "from each send to kit.count(3)");
  bench.expect_status(count.send(), BATON_RETURN, "COR-14",
                      "from the fourth send to kit.count(3)");
}

KIT_CHECK("state-generator-closed",
          "A generator that has ended gives none, and errors as they are.",
          Tier::core, {"COR-3"}, {"kit.count"}) {
  Subject count = bench.make("kit.count", bench.i64(0));
  Value error = bench.error(BATON_ERROR_VALUE, "thrown too late");
  bench.expect_status(count.send(), BATON_RETURN, "COR-14",
                      "from kit.count(0)");
  expect_return(bench, count.send(), Value(), "COR-3",
                "from send to a generator that has ended");
  expect_same_error(bench, count.throw_(error.copy()), error, "COR-3",
                    "for a throw into a generator that has ended");
  expect_return(bench, count.close(), Value(), "COR-9",
                "from close of a generator that has ended");
}

KIT_CHECK("state-generator-value-created",
          "A generator, too, is sent nothing at its start.", Tier::core,
          {"COR-2"}, {"kit.count"}) {
  Subject count = bench.make("kit.count", bench.i64(1));
  expect_kind(bench, count.send(bench.token("too early")), BATON_ERROR_TYPE,
              "can't send non-None value to a just-started generator", "COR-2",
              "for a value sent in CREATED");
  bench.expect_status(count.send(), BATON_YIELD, "COR-2",
                      "from a start after that, since it stays CREATED");
}

}  // namespace
}  // namespace kit
