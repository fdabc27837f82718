// SPDX-License-Identifier: MIT
#include "driving.h"
#include "sleeper.h"

/** @file
 * A body that drives two children itself, with wakers of its own (kit.both).
 */

namespace kit {
namespace {

struct Two {
  std::shared_ptr<Sleeper> first, second;
  Actor *x, *y;
  Subject both;
};

/* Sleeps until it has been woken; returns 5 at the resume after that. */
Played play_sleeper(Bench &bench, const char *name,
                    std::shared_ptr<Sleeper> sleeper) {
  auto begun = std::make_shared<bool>(false);
  return play(bench.ledger, name, [sleeper, begun](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if (std::exchange(*begun, true) && !sleeper->sleeps())
      return Reply(BATON_RETURN, Value::boolean(true));
    return sleeper->sleep(call);
  });
}

/* Both children wait. */
Two begin_both(Bench &bench) {
  auto first = std::make_shared<Sleeper>(),
       second = std::make_shared<Sleeper>();
  Played x = play_sleeper(bench, "x", first);
  Played y = play_sleeper(bench, "y", second);
  Subject both = bench.make("kit.both", std::move(x.value), std::move(y.value));
  Step step = both.send();
  if (step.status != BATON_PENDING || !first->sleeps() || !second->sleeps())
    bench.skip("kit.both of two that wait gave " + step.text());
  return {first, second, x.actor, y.actor, std::move(both)};
}

/* Drives it on until it has ended: each child has been woken. */
Step finish(Bench &bench, Two &two, const char *requirement) {
  Step step;
  for (int turn = 0; turn < 100; turn++) {
    int wakes = bench.bell.wakes();
    step = two.both.send();
    if (step.status != BATON_PENDING) return step;
    bench.expect(bench.bell.wait(wakes + 1), requirement,
                 "a wake, since a child was woken", "none in time");
  }
  return step;
}

}  // namespace

KIT_CHECK("thread-both-woken",
          "A wake of one of two children resumes the body above them.",
          Tier::core, {"WAK-4"}, {"kit.both"}) {
  Two two = begin_both(bench);
  for (Sleeper *sleeper : {two.second.get(), two.first.get()}) {
    int wakes = bench.bell.wakes();
    sleeper->wake();
    bench.expect(bench.bell.wait(wakes + 1), "WAK-4",
                 "the driver's waker is woken", "nothing came");
    if (sleeper == two.second.get()) two.both.send();
  }
  Step step = finish(bench, two, "WAK-4");
  bench.expect_status(step, BATON_RETURN, "WAK-4", "when both have ended");
}

KIT_CHECK("thread-both-woken-elsewhere",
          "Both children may be woken at once, by two threads.", Tier::threads,
          {"WAK-7"}, {"kit.both"}) {
  Two two = begin_both(bench);
  auto first = two.first, second = two.second;
  std::thread one([first] { first->wake(); });
  std::thread other([second] { second->wake(); });
  bool woken = bench.bell.wait(1);
  one.join();
  other.join();
  bench.expect(woken, "WAK-7", "the driver's waker is woken", "nothing came");
  Step step = finish(bench, two, "WAK-7");
  bench.expect_status(step, BATON_RETURN, "WAK-7", "when both have ended");
}

KIT_CHECK("thread-both-early", "A child that wakes at once is resumed.",
          Tier::core, {"WAK-7"}, {"kit.both"}) {
  auto sleeper = std::make_shared<Sleeper>();
  auto left = std::make_shared<int>(3);
  Played x = play(bench.ledger, "x", [sleeper, left](Call &call) {
    if (call.op != Op::send || (*left)-- == 0) return Reply(BATON_RETURN);
    return sleeper->sleep_awake(call);
  });
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject both = bench.make("kit.both", std::move(x.value), std::move(y.value));
  Step step = both.send();
  for (int turn = 0; turn < 20 && step.status == BATON_PENDING; turn++) {
    bench.expect(bench.bell.wait(1), "WAK-7", "the early wake arrives",
                 "it was lost");
    bench.bell.next();
    step = both.send();
  }
  bench.expect_status(step, BATON_RETURN, "WAK-7", "after three early wakes");
}

KIT_CHECK("thread-both-not-inside",
          "A waker of such a body resumes nothing before it returns.",
          Tier::core, {"WAK-2"}, {"kit.both"}) {
  Two two = begin_both(bench);
  std::string before = two.x->history() + two.y->history();
  two.second->wake();
  std::string after = two.x->history() + two.y->history();
  bench.expect(before == after, "WAK-2", "no call of a child in a wake", after);
}

KIT_CHECK("thread-both-closed", "A close closes each child that waits.",
          Tier::core, {"COR-8"}, {"kit.both"}) {
  Two two = begin_both(bench);
  two.both.close();
  bench.expect(two.x->ended() && two.y->ended(), "COR-8", "x and y are closed",
               two.x->history() + "; " + two.y->history());
}

KIT_CHECK("thread-both-released", "A release closes each child that waits.",
          Tier::core, {"COR-18"}, {"kit.both"}) {
  Two two = begin_both(bench);
  two.both.release();
  bench.expect(two.x->ended() && two.y->ended(), "COR-18", "x and y are closed",
               two.x->history() + "; " + two.y->history());
}

KIT_CHECK("thread-both-woken-late", "A wake after the release does no harm.",
          Tier::core, {"WAK-8"}, {"kit.both"}) {
  Two two = begin_both(bench);
  two.both.release();
  std::string before = two.x->history() + two.y->history();
  for (auto sleeper : {two.first, two.second})
    bench.expect(returns_from_wakes(sleeper), "WAK-8",
                 "a wake after the release returns", "it did not in time");
  bench.expect(before == two.x->history() + two.y->history(), "WAK-8",
               "no call of a child after the release",
               two.x->history() + "; " + two.y->history());
}

KIT_CHECK("thread-both-release-race",
          "Wakes that come while the body is released do no harm.",
          Tier::threads, {"WAK-8"}, {"kit.both"}) {
  for (int turn = 0; turn < 20; turn++) {
    Two two = begin_both(bench);
    auto first = two.first, second = two.second;
    auto ready = std::make_shared<std::atomic<bool>>(false);
    auto woken = std::make_shared<std::atomic<bool>>(false);
    std::thread([=] {
      *ready = true;
      first->wake();
      second->wake();
      *woken = true;
    }).detach();
    while (!*ready) std::this_thread::yield();
    two.both.release();
    bool returned = ends_elsewhere([woken] {
      while (!*woken) std::this_thread::yield();
    });
    bench.expect(returned, "WAK-8", "the wakes return", "they did not in time");
  }
}

KIT_CHECK("thread-both-waker-free",
          "A wake returns while the body that it is for runs.", Tier::threads,
          {"WAK-3"}, {"kit.both"}) {
  auto sleeper = std::make_shared<Sleeper>();
  auto blocked = std::make_shared<bool>(false);
  auto turn = std::make_shared<int>(0);
  Played x = play(bench.ledger, "x", [=](Call &call) {
    if (call.op != Op::send || (*turn)++ > 0) return Reply(BATON_RETURN);
    Reply reply = sleeper->sleep(call);
    *blocked = !ends_elsewhere([sleeper] { sleeper->wake(); });
    return reply;
  });
  Played y = play_yields(bench.ledger, "y", 0, Value());
  outcome(bench, "kit.both", list(std::move(x.value), std::move(y.value)));
  bench.expect(!*blocked, "WAK-3", "wake returns while x runs",
               "it did not in time");
}

}  // namespace kit
