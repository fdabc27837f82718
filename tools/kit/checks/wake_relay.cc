// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"
#include "sleeper.h"

/** @file
 * Wakers and suspensions that pass through a driver in the middle.
 */

namespace kit {
namespace {

Reply sleep_once(Sleeper &sleeper, Call &call) {
  return call.op == Op::send ? sleeper.sleep(call) : unwound(call);
}

/* A context without a waker breaks another rule (CTX-5). */
void need_asleep(Bench &bench, const Sleeper &sleeper) {
  if (!sleeper.sleeps()) bench.skip("the child had no waker to keep");
}

}  // namespace

KIT_CHECK("wake-reaches-driver",
          "A wake of the child's waker arrives at the outermost driver.",
          Tier::core, {"WAK-4"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(
      bench, [sleeper](Call &call) { return sleep_once(*sleeper, call); });
  Step step = begun.outer.send();
  need_asleep(bench, *sleeper);
  bench.expect(waits(bench, step), "WAK-9", "PENDING of a child that waits",
               step.text());
  sleeper->wake();
  bench.expect(bench.bell.wait(1), "WAK-4", "the waker of the call is woken",
               "nothing came");
}

KIT_CHECK("wake-reaches-latest",
          "The waker of the latest call is the one that counts.", Tier::core,
          {"WAK-6"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(
      bench, [sleeper](Call &call) { return sleep_once(*sleeper, call); });
  begun.outer.send();
  bench.bell.next();
  waits(bench, begun.outer.send());
  need_asleep(bench, *sleeper);
  int before = bench.bell.wakes();
  sleeper->wake();
  bench.expect(bench.bell.wait(before + 1), "WAK-6",
               "the waker of the latest call is woken",
               std::to_string(bench.bell.old_wakes()) + " wakes of older ones");
}

KIT_CHECK("wake-before-pending",
          "A wake before PENDING is returned is not lost.", Tier::core,
          {"WAK-7"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(bench, [sleeper](Call &call) {
    if (call.op != Op::send) return unwound(call);
    return sleeper->sleep_awake(call);
  });
  Step step = begun.outer.send();
  if (!waits(bench, step)) bench.skip("it gave " + step.text());
  bench.expect(bench.bell.wait(1), "WAK-7", "the waker of the call is woken",
               "the wake was lost");
}

KIT_CHECK("wake-spurious-resume",
          "A resume without a wake reaches the child, which waits again.",
          Tier::core, {"WAK-8"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(
      bench, [sleeper](Call &call) { return sleep_once(*sleeper, call); });
  for (int turn = 0; turn < 3; turn++) {
    Step step = begun.outer.send();
    need_asleep(bench, *sleeper);
    bench.expect(waits(bench, step), "WAK-8",
                 "PENDING at a resume that nobody woke", step.text());
  }
  sleeper->wake();
  bench.expect(bench.bell.wait(1), "WAK-8",
               "the wake counts after spurious resumes", "nothing came");
}

KIT_CHECK("wake-after-end", "A wake after the end does no harm.", Tier::core,
          {"WAK-8"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  auto turn = std::make_shared<int>(0);
  Begun begun = begin(bench, [sleeper, turn](Call &call) {
    if (call.op != Op::send || (*turn)++ == 1) return Reply(BATON_RETURN);
    return sleeper->sleep(call);
  });
  begun.outer.send();
  begun.outer.send();
  std::string history = begun.actor->history();
  bench.expect(returns_from_wakes(sleeper), "WAK-8",
               "a wake after the end returns", "it did not in time");
  bench.expect(begun.actor->history() == history, "WAK-8",
               "no call of x after its end", begun.actor->history());
}

KIT_CHECK("wake-after-release", "A wake after the release does no harm.",
          Tier::core, {"WAK-8"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(
      bench, [sleeper](Call &call) { return sleep_once(*sleeper, call); });
  begun.outer.send();
  begun.outer.release();
  let_go(bench);
  std::string history = begun.actor->history();
  bench.expect(returns_from_wakes(sleeper), "WAK-8",
               "a wake after the release returns", "it did not in time");
  bench.expect(begun.actor->history() == history, "WAK-8",
               "no call of x after its release", begun.actor->history());
}

KIT_CHECK("wake-on-another-thread", "A waker may be called on any thread.",
          Tier::threads, {"WAK-1"}, {"kit.relay"}) {
  auto sleeper = std::make_shared<Sleeper>();
  Begun begun = begin(
      bench, [sleeper](Call &call) { return sleep_once(*sleeper, call); });
  waits(bench, begun.outer.send());
  need_asleep(bench, *sleeper);
  bench.expect(returns_from_wakes(sleeper), "WAK-3",
               "wake returns on another thread", "it did not in time");
  bench.expect(bench.bell.wait(1), "WAK-1", "a wake on another thread arrives",
               "nothing came");
}

KIT_CHECK("wake-yield-untouched", "A yielded value passes a driver as it is.",
          Tier::core, {"WAK-9"}, {"kit.relay"}) {
  Value token = bench.token("yielded");
  auto out = std::make_shared<Value>(token.copy());
  Begun begun = begin(bench, [out](Call &call) {
    return call.op == Op::send ? Reply(BATON_YIELD, std::move(*out))
                               : unwound(call);
  });
  Step step = begun.outer.send();
  bench.expect_status(step, BATON_YIELD, "WAK-9", "of a child that yields");
  bench.expect_value(step.out, token, "WAK-9", "is what the child yielded");
}

KIT_CHECK("wake-answer-untouched",
          "What the outermost driver sends reaches the child as it is.",
          Tier::core, {"COR-14"}, {"kit.relay"}) {
  auto got = std::make_shared<Value>();
  Begun begun = begin(bench, [got](Call &call) {
    if (call.op == Op::send) *got = taken(call);
    return Reply(BATON_RETURN);
  });
  Value token = bench.token("sent");
  begun.outer.send(token.copy());
  bench.expect_value(*got, token, "COR-14", "is what x was sent");
  got->drop();
}

KIT_CHECK("wake-yield-unknown-scalar",
          "A yielded scalar with an unknown tag passes as it is.", Tier::core,
          {"VAL-2"}, {"kit.relay"}) {
  need_yields(bench);
  Begun begun = begin(bench, [](Call &call) {
    return call.op == Op::send ? Reply(BATON_YIELD, Value::tagged(200, 7))
                               : unwound(call);
  });
  Step step = begun.outer.send();
  bench.expect_status(step, BATON_YIELD, "VAL-2", "of a child that yields");
  bench.expect_value(step.out, Value::tagged(200, 7), "VAL-2",
                     "is what the child yielded");
}

KIT_CHECK("wake-nap", "What waits by itself wakes the waker of its call.",
          Tier::core, {"WAK-4"}, {"kit.nap"}) {
  Subject nap = bench.make("kit.nap");
  Step step = nap.send();
  bench.expect_status(step, BATON_PENDING, "WAK-4", "of what waits by itself");
  bench.expect(bench.bell.wait(1), "WAK-4", "the waker is woken after PENDING",
               "nothing in time");
  step = nap.drain();
  bench.expect_status(step, BATON_RETURN, "WAK-4", "after the wake");
}

KIT_CHECK("wake-nap-drops-clones",
          "The clones of a waker are given back when the body has ended.",
          Tier::core, {"OWN-7"}, {"kit.nap"}) {
  Subject nap = bench.make("kit.nap");
  nap.drain();
  nap.release();
  bench.settle("OWN-7");
}

KIT_CHECK("wake-nap-closed",
          "What is closed while it waits gives its clone back.", Tier::core,
          {"OWN-7"}, {"kit.nap"}) {
  Subject nap = bench.make("kit.nap");
  nap.send();
  bench.bell.wait(1); /* what has woken may still hold it */
  nap.close();
  nap.release();
  bench.settle("OWN-7");
}

}  // namespace kit
