// SPDX-License-Identifier: MIT
#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * The context: what is taken from it, for how long, and nothing else.
 */

namespace kit {
namespace {

/* What is wrong with one that is driven alone is no matter of contexts. */
void expect_echo(Bench &bench) {
  Value token = bench.token("sent");
  Subject echo = bench.make("kit.echo", Value());
  echo.send();
  expect_return(bench, send_copy(echo, token), token, "COR-14",
                "of what kit.echo was sent");
}

KIT_CHECK("context-threads",
          "A coroutine that moves between threads behaves as on one.",
          Tier::threads, {"CTX-1"}, {"kit.echo"}) {
  expect_echo(bench);
  Value given = bench.token("given"), sent = bench.token("sent");
  Subject echo = bench.make("kit.echo", given.copy());
  Step first, second;
  on_thread([&] { first = echo.send(); });
  if (first.status == BATON_WRONG_THREAD) bench.skip("it is affine");
  on_thread([&] { second = send_copy(echo, sent); });
  bench.expect(first.status == BATON_YIELD && first.out.same(given), "CTX-1",
               "YIELD of what was given on another thread", first.text());
  bench.expect(second.status == BATON_RETURN && second.out.same(sent), "CTX-1",
               "RETURN of what was sent on a third thread", second.text());
}

KIT_CHECK("context-interleaved", "Two that are driven in turns do not mix.",
          Tier::core, {"CTX-1"}, {"kit.echo"}) {
  expect_echo(bench);
  Value values[4] = {bench.token("a"), bench.token("b"), bench.token("c"),
                     bench.token("d")};
  Subject one = bench.make("kit.echo", values[0].copy());
  Subject two = bench.make("kit.echo", values[1].copy());
  Step steps[4] = {one.send(), two.send(), send_copy(one, values[2]),
                   send_copy(two, values[3])};
  for (size_t at = 0; at < 4; at++)
    bench.expect(steps[at].out.same(values[at]), "CTX-1",
                 "the value of the one that is driven", steps[at].text());
}

KIT_CHECK("context-nested", "One that is driven inside another does not mix.",
          Tier::core, {"CTX-1"}, {"kit.relay", "kit.echo"}) {
  expect_echo(bench);
  Value inside = bench.token("inside"), sent = bench.token("sent");
  Subject echo = bench.make("kit.echo", inside.copy());
  Step first, second;
  Played x = play_begun(bench.ledger, "x", [&](Call &call) {
    if (call.op != Op::send) return unwound(call);
    first = echo.send();
    second = echo.send(sent.copy());
    return Reply(BATON_RETURN, Value::boolean(true));
  });
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  Step last = relay.send();
  bench.expect(first.out.same(inside) && second.out.same(sent), "CTX-1",
               "that the inner one is driven as if alone", second.text());
  expect_return(bench, last, Value::boolean(true), "CTX-1",
                "from the outer one, after that");
}

KIT_CHECK_EACH("context-not-kept",
               "Nothing of a context is used after its call.", Tier::core,
               {"CTX-2"}) {
  Subject subject = suspended(bench);
  for (int turn = 0; turn < 10; turn++) {
    bench.bell.next();
    if (!suspends(subject.send())) break;
  }
  subject.close();
}

/* --- What is accepted ---------------------------------------------------- */

Step first_step(Bench &bench, uint32_t accepts) {
  Subject subject = driven(bench);
  Manner manner;
  manner.accepts = accepts;
  Step step = subject.send(Value(), manner);
  subject.close();
  return step;
}

KIT_CHECK_EACH("context-choice",
               "Who can suspend in two ways takes one that is accepted.",
               Tier::core, {"CTX-3"}) {
  Step yield = first_step(bench, BATON_ACCEPT_YIELD);
  Step pending = first_step(bench, BATON_ACCEPT_PENDING);
  if (!suspends(yield) || !suspends(pending)) bench.skip("it does not suspend");
  if (yield.status == pending.status) bench.skip("it suspends in one way");
  bench.expect_status(yield, BATON_YIELD, "CTX-3", "where YIELD is accepted");
  bench.expect_status(pending, BATON_PENDING, "CTX-3",
                      "where PENDING is accepted");
}

KIT_CHECK("context-accepts-passed",
          "A child is told no more than the driver accepts.", Tier::core,
          {"CTX-3"}, {"kit.relay"}) {
  for (uint32_t accepts : {0u, BATON_ACCEPT_YIELD, BATON_ACCEPT_PENDING}) {
    Played x = play_stuck(bench.ledger, "x");
    Subject relay = relays(bench, std::move(x.value), 2);
    Manner manner;
    manner.accepts = accepts;
    relay.send(Value(), manner);
    need_delegation(bench, relay);
    for (const Event &event : x.actor->events())
      bench.expect(event.op == Op::await || (event.accepts & ~accepts) == 0,
                   "CTX-3", "accepts " + std::to_string(accepts) + " or less",
                   std::to_string(event.accepts));
  }
}

/* --- Age ----------------------------------------------------------------- */

KIT_CHECK_EACH("context-known-refusals",
               "A refusal is one that the driver's version knows.", Tier::core,
               {"CTX-4"}) {
  Subject subject = driven(bench);
  std::vector<Step> steps;
  steps.push_back(subject.throw_(Value::i64(1)));
  steps.push_back(subject.send());
  steps.push_back(subject.throw_(Value::kind(BATON_ERROR_CANCELLED)));
  steps.push_back(subject.close());
  steps.push_back(subject.send());
  steps.push_back(subject.throw_(Value::kind(BATON_ERROR_CANCELLED)));
  for (const Step &step : steps)
    bench.expect(!refuses(step) || step.status >= BATON_INVALID_ARGUMENT,
                 "CTX-4", "a refusal of ABI 0.1", step.text());
}

KIT_CHECK_EACH("context-old-driver", "A driver of the first version is served.",
               Tier::core, {"CTX-4"}) {
  Manner old;
  old.abi_minor = 0;
  Subject subject = driven(bench);
  Step step = subject.send(Value(), old);
  bench.expect(!refuses(step), "CTX-4", "a result for a driver of ABI 0.0",
               step.text());
}

/* --- What is handled ----------------------------------------------------- */

KIT_CHECK("context-handled-passed",
          "A child sees the error that the caller handles.", Tier::core,
          {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  bool seen = false;
  Played x = play(bench.ledger, "x", [&](Call &call) {
    if (call.op != Op::send) return unwound(call);
    const baton_value *handled = call.cx ? call.cx->handled : nullptr;
    seen = handled && handled->head.type == error.type() &&
           handled->payload.object == error.get()->payload.object;
    return Reply(BATON_YIELD);
  });
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Manner manner;
  manner.handled = error.get();
  relay.send(Value(), manner);
  need_delegation(bench, relay);
  bench.expect(seen, "LNK-11", "the caller's error in cx->handled of x",
               "another one, or none");
  relay.send();
  bench.expect(!seen, "LNK-11", "cx->handled for that call only",
               "it is still there");
}

}  // namespace
}  // namespace kit
