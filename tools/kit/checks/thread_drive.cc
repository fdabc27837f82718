// SPDX-License-Identifier: MIT
#include <sys/wait.h>
#include <unistd.h>

#include "../play/objects.h"
#include "driving.h"
#include "peer.h"

/** @file
 * The target on several threads, and in the child of a fork.
 */

namespace kit {
namespace {

/* Runs it on a thread of its own, and waits for its end. What `body` throws
 * ends the check here. */
void elsewhere(const std::function<void()> &body) {
  bool stopped = false;
  std::thread([&] {
    try {
      body();
    } catch (Stopped &) {
      stopped = true;
    }
  }).join();
  if (stopped) throw Stopped();
}

int32_t BATON_CALL refuse_retain(const baton_value *) {
  return BATON_WRONG_THREAD;
}

/* Runs `body` in the child of a fork. @return how the child ended, or "". */
std::string forked(const std::function<void()> &body) {
  pid_t child = fork();
  if (child == 0) {
    alarm(10); /* a child that hangs is ended by SIGALRM */
    body();
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return "no fork";
  if (WIFSIGNALED(status))
    return "it ended by signal " + std::to_string(WTERMSIG(status));
  if (WEXITSTATUS(status) != 0)
    return "it ended with status " + std::to_string(WEXITSTATUS(status));
  return "";
}

}  // namespace

KIT_CHECK("thread-moves",
          "A coroutine may be driven on one thread after "
          "another.",
          Tier::threads, {"CTX-1"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 3, Value::boolean(true));
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = relay.send();
  while (step.status == BATON_YIELD) elsewhere([&] { step = relay.send(); });
  if (step.status == BATON_WRONG_THREAD)
    bench.skip("what the target makes belongs to a thread");
  bench.expect_status(step, BATON_RETURN, "CTX-1", "on another thread");
  bench.expect_value(step.out, Value::boolean(true), "CTX-1",
                     "on another thread");
}

KIT_CHECK("thread-starts-elsewhere",
          "A coroutine may be driven where it was not made.", Tier::threads,
          {"CTX-1"}, {"kit.give"}) {
  Subject give = bench.make("kit.give", Value::boolean(true));
  Step step;
  elsewhere([&] { step = give.send(); });
  if (step.status == BATON_WRONG_THREAD)
    bench.skip("what the target makes belongs to a thread");
  bench.expect_status(step, BATON_RETURN, "CTX-1", "on another thread");
}

KIT_CHECK("thread-child-runs-here",
          "A child runs on the thread that drives its chain.", Tier::threads,
          {"CTX-1"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
  std::thread::id there;
  elsewhere([&] {
    there = std::this_thread::get_id();
    begun.outer.send();
  });
  std::vector<Event> events = begun.actor->events();
  if (begun.actor->history() != "send none, send none")
    bench.skip("it cannot be driven elsewhere");
  bench.expect(events.back().thread == there, "CTX-1",
               "x is called on the thread that drives", "on another one");
}

KIT_CHECK("thread-close-elsewhere", "A coroutine may be closed on any thread.",
          Tier::threads, {"CTX-1"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  Step step;
  elsewhere([&] { step = begun.outer.close(); });
  if (step.status == BATON_WRONG_THREAD)
    bench.skip("what the target makes belongs to a thread");
  bench.expect_status(step, BATON_RETURN, "CTX-1", "of close elsewhere");
  bench.expect(begun.actor->history() == "send none, close", "CTX-1",
               "x is closed", begun.actor->history());
}

KIT_CHECK("thread-release-elsewhere",
          "The last release on another thread lets go of a chain.",
          Tier::threads, {"TYP-6"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  Value last = begun.outer.give();
  auto held = std::make_shared<Value>(std::move(last));
  bool ended = ends_elsewhere([held] { held->drop(); });
  bench.expect(ended, "TYP-6", "release returns on another thread",
               "it did not within five seconds");
  bench.make("kit.relay", Value()).release(); /* the owner enters again */
  bench.settle("TYP-6");
}

KIT_CHECK("thread-moves-only",
          "A value whose retain refuses can be awaited: it is only moved.",
          Tier::threads, {"OWN-5"}, {"kit.relay"}) {
  PeerType &affine = kept<PeerType>(bench);
  affine.type.flags = BATON_TYPE_AFFINE;
  affine.type.retain = refuse_retain;
  Played x = play_as(&affine.type,
                     play_yields(bench.ledger, "x", 1, Value::boolean(true)));
  std::vector<Value> arguments = list(std::move(x.value));
  Step made = bench.create("kit.relay", arguments);
  if (made.status != BATON_OK)
    bench.skip("create does not take what cannot be retained here");
  Step step = Subject(bench, std::move(made.out)).drain();
  bench.expect_status(step, BATON_RETURN, "OWN-5",
                      "of a child whose retain refuses");
}

KIT_CHECK("thread-yields-moved",
          "A yielded value whose retain refuses is passed on.", Tier::threads,
          {"OWN-5"}, {"kit.relay"}) {
  need_yields(bench);
  if (hosted(bench)) bench.skip("a host's own object stands between");
  baton_type &type = kept<baton_type>(bench);
  baton_value token = bench.token("affine").give();
  type = *token.head.type;
  type.flags = BATON_TYPE_AFFINE;
  type.retain = refuse_retain;
  token.head.type = &type;
  auto out = std::make_shared<Value>(token);
  Begun begun = begin(bench, [out](Call &call) {
    return call.op == Op::send ? Reply(BATON_YIELD, std::move(*out))
                               : unwound(call);
  });
  Step step = begun.outer.send();
  bench.expect(step.status == BATON_YIELD && step.out.type() == &type, "OWN-5",
               "YIELD of the value, moved", step.text());
}

KIT_CHECK("thread-fork", "The child of a fork may release what it has.",
          Tier::threads, {"THR-7"}, {"kit.relay"}) {
  Begun begun = begin(bench, unwound);
  Subject fresh = bench.make("kit.relay", Value());
  std::string end = forked([&] {
    begun.outer.release();
    fresh.release();
  });
  bench.expect(end.empty(), "THR-7", "the child of a fork only releases", end);
}

KIT_CHECK("thread-fork-inside",
          "So may one that was forked while a coroutine ran.", Tier::threads,
          {"THR-7"}, {"kit.relay"}) {
  auto end = std::make_shared<std::string>();
  auto other = std::make_shared<Value>(bench.make("kit.relay", Value()).give());
  Begun begun = begin(bench, [end, other](Call &call) {
    if (call.op != Op::send) return unwound(call);
    *end = forked([&] { other->drop(); });
    return Reply(BATON_RETURN);
  });
  begun.outer.send();
  other->drop();
  bench.expect(end->empty(), "THR-7", "the child of a fork only releases",
               *end);
}

}  // namespace kit
