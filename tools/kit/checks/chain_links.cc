// SPDX-License-Identifier: MIT
#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * Chains of the target's links, from outside.
 */

namespace kit {
namespace {

KIT_CHECK("chain-yield-untouched", "What is yielded passes untouched.",
          Tier::core, {"WAK-9"}, {"kit.relay"}) {
  std::vector<Value> values;
  values.push_back(bench.token("yielded"));
  values.push_back(Value());
  values.push_back(Value::boolean(true));
  values.push_back(Value::tagged(99, 7));
  std::vector<Reply> steps;
  for (const Value &value : values)
    steps.emplace_back(BATON_YIELD, value.copy());
  Played x = play_steps(bench.ledger, "x", std::move(steps));
  Subject relay = relays(bench, std::move(x.value), 3);
  for (const Value &value : values) {
    Step step = relay.send();
    bench.expect(step.status == BATON_YIELD && step.out.same(value), "WAK-9",
                 "YIELD " + value.text(), step.text());
  }
}

KIT_CHECK("chain-pending-untouched", "PENDING passes.", Tier::core, {"WAK-9"},
          {"kit.relay"}) {
  Alarm alarm;
  Played x = play(bench.ledger, "x", [&](Call &call) {
    if (call.op != Op::send) return unwound(call);
    alarm.set(call.cx);
    return Reply(BATON_PENDING);
  });
  Subject relay = relays(bench, std::move(x.value), 3);
  Step step = relay.send();
  if (step.status == BATON_YIELD)
    bench.skip("its host makes a token of PENDING");
  bench.expect(step.status == BATON_PENDING && step.out.is_none(), "WAK-9",
               "PENDING, and none in out", step.text());
}

KIT_CHECK("chain-both-does-not-delegate",
          "Who waits for two resumes the one that was woken.", Tier::core,
          {"LNK-2", "WAK-4"}, {"kit.both"}) {
  Alarm first, second;
  auto sleeper = [&](const char *name, Alarm *alarm, bool value) {
    auto slept = std::make_shared<bool>(false);
    return play(bench.ledger, name, [alarm, slept, value](Call &call) {
      if (call.op != Op::send) return unwound(call);
      if (std::exchange(*slept, true) && alarm->rung())
        return Reply(BATON_RETURN, Value::boolean(value));
      alarm->set(call.cx);
      return Reply(BATON_PENDING);
    });
  };
  Played x = sleeper("x", &first, false), y = sleeper("y", &second, true);
  Subject both = bench.make("kit.both", std::move(x.value), std::move(y.value));
  if (both.send().status != BATON_PENDING) bench.skip("it does not wait");
  bench.expect(!y.actor->history().empty(), "LNK-2",
               "that y runs, though x sleeps", "y was not called");
  if (!second.ring()) bench.skip("y gets no waker");
  bench.expect(bench.bell.wait(1), "WAK-4",
               "that a wake of y wakes who waits for both", "no wake");
  Step step = both.send();
  bench.expect(y.actor->ended(), "LNK-2",
               "that y is resumed after its wake, though x sleeps",
               "y: " + y.actor->history());
  first.ring();
  expect_return(bench, both.drain(), Value::boolean(true), "LNK-2",
                "of y when both have ended");
}

/* --- Driving in the middle ----------------------------------------------- */

/* outer awaits middle, which awaits x. */
struct Chain {
  Subject outer, middle;
};

Chain chain_of(Bench &bench, Value x, const char *outer_name = "kit.relay") {
  Subject middle = bench.make("kit.relay", std::move(x));
  need_link(bench, middle);
  Subject held(bench, bench.copy(middle.value()));
  Subject outer = bench.make(outer_name, middle.give());
  if (!suspends(outer.send())) bench.skip("it does not suspend");
  need_delegation(bench, outer);
  return {std::move(outer), std::move(held)};
}

KIT_CHECK("chain-middle-driven", "A link in the middle can be driven directly.",
          Tier::core, {"LNK-10"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Chain chain = chain_of(bench, std::move(x.value));
  if (is_shared(chain.middle.value())) bench.skip("it is shared");
  bench.expect_status(chain.middle.send(), BATON_YIELD, "LNK-10",
                      "from send to a link in the middle");
  expect_return(bench, chain.middle.send(), Value::boolean(true), "LNK-10",
                "from a link in the middle, to its caller");
  Step step = chain.outer.send();
  bench.expect(!refuses(step), "LNK-10", "that the link above stays SUSPENDED",
               step.text());
}

KIT_CHECK("chain-middle-awaits",
          "A link in the middle that is driven directly can await another.",
          Tier::core, {"LNK-10"}, {"kit.relay", "kit.pair"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Played y = play_stuck(bench.ledger, "y");
  Subject next = bench.make("kit.relay", std::move(y.value));
  Subject middle = bench.make("kit.pair", std::move(x.value), next.give());
  need_link(bench, middle);
  Subject held(bench, bench.copy(middle.value()));
  Subject outer = bench.make("kit.relay", middle.give());
  if (!suspends(outer.send())) bench.skip("it does not suspend");
  need_delegation(bench, outer);
  if (is_shared(held.value())) bench.skip("it is shared");
  bench.expect_status(held.send(), BATON_YIELD, "LNK-10",
                      "from a link in the middle that awaits another link");
}

KIT_CHECK("chain-middle-suspended-goes-on",
          "The chain goes on where a direct drive of its middle left it.",
          Tier::core, {"LNK-5"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 3, Value::boolean(true));
  Chain chain = chain_of(bench, std::move(x.value));
  if (!suspends(chain.middle.send())) bench.skip("it cannot be driven");
  bench.expect_status(chain.outer.send(), BATON_YIELD, "LNK-5",
                      "from the whole chain, after its middle was driven");
  expect_return(bench, chain.outer.send(), Value::boolean(true), "LNK-5",
                "from the whole chain");
}

KIT_CHECK("chain-middle-ended",
          "A link below that ended elsewhere is an error to the one above.",
          Tier::core, {"LNK-14"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Chain chain = chain_of(bench, std::move(x.value));
  if (!ends(chain.middle.send())) bench.skip("it cannot be driven");
  expect_kind(bench, chain.outer.send(), BATON_ERROR_RUNTIME,
              "cannot reuse already awaited coroutine", "LNK-14",
              "as what it awaits has ended elsewhere");
}

KIT_CHECK("chain-middle-while-running",
          "A link in the middle of a running chain is busy.", Tier::core,
          {"LNK-10"}, {"kit.relay"}) {
  Subject *middle = nullptr;
  Step inner;
  Played x = play(bench.ledger, "x", [&](Call &call) {
    if (call.op == Op::send && middle) inner = middle->send();
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
  Subject leaf = bench.make("kit.relay", std::move(x.value));
  Chain chain = chain_of(bench, leaf.give());
  middle = &chain.middle;
  chain.outer.send();
  middle = nullptr;
  bench.expect_status(inner, BATON_BUSY, "LNK-10",
                      "from a link in the middle while its chain runs");
}

KIT_CHECK("chain-middle-busy",
          "A link in the middle that is driven directly is busy meanwhile.",
          Tier::core, {"COR-4"}, {"kit.relay"}) {
  Subject *middle = nullptr;
  Step inner;
  Played x = play(bench.ledger, "x", [&](Call &call) {
    if (call.op == Op::send && middle) inner = middle->send();
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
  Subject leaf = bench.make("kit.relay", std::move(x.value));
  Chain chain = chain_of(bench, leaf.give());
  if (is_shared(chain.middle.value())) bench.skip("it is shared");
  middle = &chain.middle;
  Step step = chain.middle.send();
  middle = nullptr;
  if (step.status != BATON_YIELD) bench.skip("it cannot be driven (LNK-10)");
  bench.expect_status(inner, BATON_BUSY, "COR-4",
                      "from a link in the middle while it is driven directly");
}

KIT_CHECK("chain-shared-middle",
          "A shared link that hangs under another is refused to others.",
          Tier::threads, {"LNK-12"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Chain chain = chain_of(bench, std::move(x.value));
  if (!is_shared(chain.middle.value())) bench.skip("it is not shared");
  bench.expect_status(chain.middle.send(), BATON_BUSY, "LNK-12",
                      "from a shared link that is attached");
}

KIT_CHECK("chain-awaited-twice", "What is being awaited is not awaited again.",
          Tier::core, {"LNK-9"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Chain chain = chain_of(bench, std::move(x.value));
  Subject other = bench.make("kit.relay", bench.copy(chain.middle.value()));
  expect_kind(bench, other.send(), BATON_ERROR_RUNTIME,
              "coroutine is being awaited already", "LNK-9",
              "for what hangs under another already");
  bench.expect_status(chain.outer.send(), BATON_YIELD, "LNK-9",
                      "from the chain that it hangs under");
}

KIT_CHECK("chain-awaited-closed", "What has ended is not awaited again.",
          Tier::core, {"LNK-9"}, {"kit.relay", "kit.give"}) {
  Subject give = bench.make("kit.give", bench.i64(1));
  need_link(bench, give);
  give.close();
  expect_kind(bench, bench.make("kit.relay", give.give()).drain(),
              BATON_ERROR_RUNTIME, "cannot reuse already awaited coroutine",
              "LNK-9", "for what has ended");
}

KIT_CHECK("chain-awaited-suspended",
          "What was driven and let go can be awaited, and goes on.", Tier::core,
          {"LNK-9"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Subject inner = bench.make("kit.relay", std::move(x.value));
  need_link(bench, inner);
  if (!suspends(inner.send())) bench.skip("it does not suspend");
  Subject outer = bench.make("kit.relay", inner.give());
  bench.expect_status(outer.send(), BATON_YIELD, "LNK-9",
                      "where what it awaits stood");
  expect_return(bench, outer.send(), Value::boolean(true), "LNK-9",
                "of what it awaits");
}

/* --- Closing in steps ---------------------------------------------------- */

KIT_CHECK("chain-close-goes-on",
          "A send goes on with a close, and accepts what it accepts itself.",
          Tier::core, {"LNK-16"}, {"kit.guard"}) {
  const Manner yields = {BATON_ACCEPT_YIELD}, nothing = {0};
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  need_link(bench, guard);
  guard.send();
  if (!suspends(guard.close(yields))) bench.skip("its cleanup does not yield");
  bench.expect_error(guard.send(Value(), nothing), BATON_ERROR_RUNTIME,
                     "coroutine ignored GeneratorExit", "LNK-16",
                     "from a send that goes on with the close and accepts "
                     "nothing");
}

KIT_CHECK("chain-close-value",
          "What a close is gone on with ends as the close would.", Tier::core,
          {"LNK-16"}, {"kit.relay", "kit.guard"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  need_link(bench, guard);
  Subject outer = bench.make("kit.relay", guard.give());
  outer.send();
  if (!suspends(outer.close())) bench.skip("its cleanup does not yield");
  expect_return(bench, outer.send(), Value(), "LNK-16",
                "as generator-exit ended both links");
}

/* --- Generators ---------------------------------------------------------- */

KIT_CHECK("chain-stop-iteration-by-kind",
          "Each link's own kind gives the words.", Tier::core, {"LNK-1"},
          {"kit.delegate", "kit.relay"}) {
  auto failing = [&](const char *name) {
    std::vector<Reply> steps;
    steps.emplace_back(BATON_ERROR, Value::kind(BATON_ERROR_STOP_ITERATION));
    Played x = play_steps(bench.ledger, "x", std::move(steps));
    Subject made = bench.make(name, std::move(x.value));
    need_link(bench, made);
    return made.drain();
  };
  Step generator = failing("kit.delegate"), coroutine = failing("kit.relay");
  if (generator.out.error_message().empty()) bench.skip("it gives no words");
  bench.expect(generator.out.error_message() != coroutine.out.error_message(),
               "LNK-1", "words about a generator, and about a coroutine",
               generator.text() + " of both");
}

}  // namespace
}  // namespace kit
