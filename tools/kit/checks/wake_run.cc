// SPDX-License-Identifier: MIT
#include <condition_variable>

#include "../base/patience.h"
#include "../play/objects.h"
#include "driving.h"
#include "sleeper.h"

#include <baton/ext/wait.h>

/** @file
 * The target as the outermost driver, with wakers of its own (kit.run).
 */

namespace kit {
namespace {

/* Threads that wake. None is waited for without a limit: a waker that blocks,
 * or that runs the body, must not take the check with it. */
class Crew {
 public:
  void start(std::function<void()> work) {
    auto state = state_;
    {
      std::lock_guard<std::mutex> guard(state->mutex);
      state->busy++;
    }
    std::thread([state, work] {
      work();
      std::lock_guard<std::mutex> guard(state->mutex);
      state->busy--;
      state->changed.notify_all();
    }).detach();
  }
  void wait() const {
    const Waiting waiting;
    std::unique_lock<std::mutex> guard(state_->mutex);
    state_->changed.wait_for(guard, patience(),
                             [this] { return state_->busy == 0; });
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    int busy = 0;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

/* Drives an actor by kit.run, on a thread of its own. A run that does not end
 * breaks the requirement, since the wakes that it waits for have come; its
 * thread is left behind. */
Step run_woken(Bench &bench, Played x,
               const std::function<const char *()> &requirement) {
  auto awaited = std::make_shared<Value>(std::move(x.value));
  auto came = std::make_shared<Step>();
  Bench *on = &bench;
  bool ended = ends_elsewhere([awaited, came, on] {
    *came = outcome(*on, std::move(*awaited), "kit.run");
  });
  bench.expect(ended, requirement(), "kit.run ends, since it was woken",
               "it still waits when time is up");
  return std::move(*came);
}
Step run_woken(Bench &bench, Script script,
               const std::function<const char *()> &requirement) {
  return run_woken(bench, play(bench.ledger, "x", std::move(script)),
                   requirement);
}
Step run_woken(Bench &bench, Script script) {
  return run_woken(bench, std::move(script), [] { return "WAK-7"; });
}

/* Sleeps `turns` times; `wake` is called with the sleeper before PENDING is
 * returned. Returns true in the end. */
Script sleeping(int turns,
                std::function<Reply(std::shared_ptr<Sleeper>, Call &)> sleep) {
  auto sleeper = std::make_shared<Sleeper>();
  auto left = std::make_shared<int>(turns);
  return [sleeper, left, sleep](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if ((*left)-- == 0) return Reply(BATON_RETURN, Value::boolean(true));
    return sleep(sleeper, call);
  };
}

thread_local bool in_wake = false; /* of this thread */

/* Drives what sleeps `turns` times, each time woken by a thread of the crew.
 * @param inside whether it was called by a thread that wakes it: a run that
 * does not end then breaks WAK-2. */
Step run_woken_by(Bench &bench, Crew &crew, int turns,
                  std::shared_ptr<std::atomic<bool>> inside) {
  Script sleep = sleeping(
      turns, [crew](std::shared_ptr<Sleeper> sleeper, Call &call) mutable {
        Reply reply = sleeper->sleep(call);
        crew.start([sleeper] {
          in_wake = true;
          sleeper->wake();
          in_wake = false;
        });
        return reply;
      });
  Step step = run_woken(
      bench,
      [sleep, inside](Call &call) {
        if (in_wake) *inside = true;
        return sleep(call);
      },
      [inside] { return *inside ? "WAK-2" : "WAK-7"; });
  crew.wait();
  return step;
}

void expect_result(Bench &bench, const Step &step, const char *requirement) {
  bench.expect_status(step, BATON_RETURN, requirement, "of kit.run");
  bench.expect_value(step.out, Value::boolean(true), requirement,
                     "is the result");
}

}  // namespace

KIT_CHECK("wake-run-early", "A run goes on if it was woken before PENDING.",
          Tier::core, {"WAK-7"}, {"kit.run"}) {
  Script script = sleeping(3, [](std::shared_ptr<Sleeper> sleeper, Call &call) {
    return sleeper->sleep_awake(call);
  });
  expect_result(bench, run_woken(bench, script), "WAK-7");
}

KIT_CHECK("wake-run-elsewhere", "A run may be woken by any thread.",
          Tier::threads, {"WAK-1"}, {"kit.run"}) {
  auto turn = std::make_shared<std::atomic<int>>(0);
  auto blocked = std::make_shared<std::atomic<bool>>(false);
  auto woken = std::make_shared<std::atomic<int32_t>>(BATON_OK);
  Script script =
      sleeping(3, [=](std::shared_ptr<Sleeper> sleeper, Call &call) {
        int now = (*turn)++;
        if (now == 0) return sleeper->sleep_awake(call);
        Reply reply = sleeper->sleep(call);
        bool returned = ends_elsewhere(
            [=] {
              int32_t status =
                  now == 1 ? sleeper->wake_by_ref() : sleeper->wake();
              if (status != BATON_OK) *woken = status;
            },
            1);
        if (returned) return reply;
        *blocked = true;
        return Reply(BATON_RETURN);
      });
  /* The first wake comes before PENDING as well, from the thread that runs. */
  Step step = run_woken(bench, script,
                        [turn] { return *turn > 1 ? "WAK-1" : "WAK-7"; });
  if (*blocked) bench.skip("a wake blocks while the body runs (WAK-3)");
  bench.expect(*woken == BATON_OK, "WAK-1", "OK from wake on another thread",
               status_name(*woken));
  expect_result(bench, step, "WAK-1");
}

KIT_CHECK("wake-run-race", "A wake is not lost, however near PENDING it comes.",
          Tier::threads, {"WAK-7"}, {"kit.run"}) {
  Crew crew;
  auto inside = std::make_shared<std::atomic<bool>>(false);
  Step step = run_woken_by(bench, crew, 200, inside);
  if (*inside) bench.skip("a wake resumes (WAK-2)");
  expect_result(bench, step, "WAK-7");
}

KIT_CHECK("wake-run-storm", "A storm of wakes loses none and harms nothing.",
          Tier::threads, {"WAK-8"}, {"kit.run"}) {
  Crew crew;
  Script script =
      sleeping(5, [crew](std::shared_ptr<Sleeper> sleeper, Call &call) mutable {
        const baton_waker *waker = call.cx ? call.cx->waker : nullptr;
        for (int count = 0; waker && count < 4; count++) {
          const baton_waker *clone = nullptr;
          if (waker->methods->clone(waker, &clone) != BATON_OK) continue;
          crew.start([clone] {
            for (int at = 0; at < 200; at++) clone->methods->wake_by_ref(clone);
            clone->methods->wake(clone);
          });
        }
        Reply reply = sleeper->sleep(call);
        sleeper->wake_by_ref(); /* twice at least, whatever the crew does */
        sleeper->wake();
        return reply;
      });
  Step step = run_woken(bench, script);
  crew.wait();
  expect_result(bench, step, "WAK-8");
}

KIT_CHECK("wake-run-after-end", "A wake after the end of a run does no harm.",
          Tier::core, {"WAK-8"}, {"kit.run"}) {
  auto sleeper = std::make_shared<Sleeper>();
  auto calls = std::make_shared<int>(0);
  Step step = run_woken(bench, [sleeper, calls](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if ((*calls)++ > 0) return Reply(BATON_RETURN, Value::boolean(true));
    Reply reply = sleeper->sleep(call);
    sleeper->wake_by_ref();
    return reply;
  });
  sleeper->wake_by_ref();
  bool ended = ends_elsewhere([sleeper] { sleeper->wake(); });
  bench.expect(ended, "WAK-8", "a wake after the end returns",
               "it did not in time");
  bench.expect(*calls == 2, "WAK-8", "no call of x after its end",
               std::to_string(*calls) + " sends");
  expect_result(bench, step, "WAK-7");
}

KIT_CHECK("wake-run-not-inside", "A waker resumes nothing before it returns.",
          Tier::core, {"WAK-2"}, {"kit.run"}) {
  auto actor = std::make_shared<Actor *>(nullptr);
  auto inside = std::make_shared<std::atomic<bool>>(false);
  auto sleeper = std::make_shared<Sleeper>();
  auto left = std::make_shared<int>(3);
  Played x = play(bench.ledger, "x", [=](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if ((*left)-- <= 0) return Reply(BATON_RETURN);
    Reply reply = sleeper->sleep(call);
    size_t calls = (*actor)->events().size();
    sleeper->wake();
    *inside = *inside || (*actor)->events().size() != calls;
    return reply;
  });
  *actor = x.actor;
  run_woken(bench, std::move(x),
            [inside] { return *inside ? "WAK-2" : "WAK-7"; });
  bench.expect(!*inside, "WAK-2", "no call of x while its waker is woken",
               "it was called from inside wake");
}

KIT_CHECK("wake-run-not-elsewhere",
          "A waker resumes nothing on the thread that wakes.", Tier::threads,
          {"WAK-2"}, {"kit.run"}) {
  Crew crew;
  auto inside = std::make_shared<std::atomic<bool>>(false);
  run_woken_by(bench, crew, 3, inside);
  bench.expect(!*inside, "WAK-2", "no call of x on the thread that wakes it",
               "it was called from inside wake");
}

KIT_CHECK("wake-run-while-running",
          "A wake returns while the coroutine runs, whatever it holds.",
          Tier::threads, {"WAK-3"}, {"kit.run"}) {
  auto blocked = std::make_shared<std::atomic<bool>>(false);
  Script script =
      sleeping(1, [blocked](std::shared_ptr<Sleeper> sleeper, Call &call) {
        Reply reply = sleeper->sleep(call);
        *blocked = !ends_elsewhere([sleeper] { sleeper->wake(); }, 1);
        return reply;
      });
  run_woken(bench, script, [blocked] { return *blocked ? "WAK-3" : "WAK-7"; });
  bench.expect(!*blocked, "WAK-3", "wake returns while x runs",
               "it did not within a second");
}

KIT_CHECK("wake-run-keeps-clone",
          "The waker of later calls is the clone that was made of it.",
          Tier::core, {"WAK-5"}, {"kit.run"}) {
  auto clone = std::make_shared<const baton_waker *>(nullptr);
  auto same = std::make_shared<bool>(true);
  auto left = std::make_shared<int>(3);
  run_woken(bench, [=](Call &call) {
    const baton_waker *waker = call.cx ? call.cx->waker : nullptr;
    if (call.op != Op::send || !waker) return unwound(call);
    if (*clone) *same = *same && *clone == waker;
    if (!*clone) waker->methods->clone(waker, clone.get());
    if ((*left)-- == 0) return Reply(BATON_RETURN);
    waker->methods->wake_by_ref(waker);
    return Reply(BATON_PENDING);
  });
  if (*clone) (*clone)->methods->drop(*clone);
  bench.expect(*same, "WAK-5", "the clone in the calls that follow",
               "another pointer");
}

KIT_CHECK("wake-run-bad-yield",
          "A yielded value that nobody understands is an error in the body.",
          Tier::core, {"WAK-10"}, {"kit.run"}) {
  Ledger &ledger = bench.ledger;
  auto turn = std::make_shared<int>(0);
  Played x = play(ledger, "x", [&ledger, turn](Call &call) {
    if (call.op == Op::send && (*turn)++ == 0)
      return Reply(BATON_YIELD, make_token(ledger, "junk"));
    return call.op == Op::close ? Reply(BATON_RETURN)
                                : Reply(BATON_RETURN, Value::boolean(true));
  });
  Step step = outcome(bench, std::move(x.value), "kit.run");
  std::string history = x.actor->history();
  bench.expect(history.rfind("send none, throw error runtime ", 0) == 0 &&
                   history.find("bad yield: ") != std::string::npos &&
                   history.find("kit token") != std::string::npos,
               "WAK-10", "error runtime \"bad yield: kit token\" is thrown",
               history);
  expect_result(bench, step, "WAK-10");
}

KIT_CHECK("wake-run-bad-yield-fails",
          "The error of a yielded value may end the run.", Tier::core,
          {"WAK-10"}, {"kit.run"}) {
  auto turn = std::make_shared<int>(0);
  Played x = play(bench.ledger, "x", [turn](Call &call) {
    bool yields = call.op == Op::send && (*turn)++ == 0;
    return yields ? Reply(BATON_YIELD, Value::boolean(true)) : unwound(call);
  });
  Step step = outcome(bench, std::move(x.value), "kit.run");
  expect_fails(bench, step, BATON_ERROR_RUNTIME, nullptr, "WAK-10",
               "when x yields a bool and does not handle the error");
}

}  // namespace kit
