// SPDX-License-Identifier: MIT
#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * Awaiting: handles, and async iteration.
 */

namespace kit {
namespace {

bool gives_handle(const Step &step) {
  return step.status == BATON_OWNED || step.status == BATON_LENT;
}

KIT_CHECK_EACH("await-handle", "am_await gives what can be driven.", Tier::core,
               {"AWT-3"}) {
  Subject subject = bench.subject();
  Step step = subject.await();
  if (!gives_handle(step)) bench.skip("am_await gave " + step.text());
  bench.expect(step.out.is_object() && coroutine_of(step.out.type()), "AWT-3",
               "a handle whose type has as_coroutine", step.out.text());
}

KIT_CHECK_EACH("await-status",
               "am_await gives OWNED, LENT, an error, or "
               "refuses.",
               Tier::core, {"AWT-2"}) {
  Subject subject = bench.subject();
  if (!async_of(subject.value().type())) bench.skip("it cannot be awaited");
  Step step = subject.await();
  bench.expect(
      gives_handle(step) || step.status == BATON_ERROR || refuses(step),
      "AWT-2", "OWNED, LENT, ERROR or a refusal from am_await", step.text());
}

KIT_CHECK_EACH("await-starts-nothing",
               "am_await may be repeated, and starts nothing.", Tier::core,
               {"AWT-4"}) {
  Subject subject = driven(bench);
  if (!gives_handle(subject.await())) bench.skip("it cannot be awaited");
  Step again = subject.await();
  bench.expect(gives_handle(again), "AWT-4", "a handle from am_await, again",
               again.text());
  again.out.drop();
  bench.expect(is_created(subject), "AWT-4", "CREATED after am_await",
               "another state");
}

KIT_CHECK("await-runs-no-body", "am_await runs nothing of the body.",
          Tier::core, {"AWT-4"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  if (!gives_handle(relay.await())) bench.skip("it cannot be awaited");
  bench.expect(x.actor->events().empty(), "AWT-4",
               "that am_await does not run the body",
               "x: " + x.actor->history());
  relay.send();
  Step step = relay.await();
  bench.expect(gives_handle(step), "AWT-4", "a handle in SUSPENDED",
               step.text());
  bench.expect(x.actor->history() == "send none", "AWT-4",
               "that am_await does not resume the body",
               "x: " + x.actor->history());
}

KIT_CHECK("await-handle-goes-on",
          "A handle of what is suspended goes on where it stood.", Tier::core,
          {"AWT-4"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  Step step = relay.await();
  if (!gives_handle(step)) bench.skip("am_await gave " + step.text());
  Subject handle(bench, std::move(step.out));
  expect_return(bench, handle.drain(), Value::boolean(true), "AWT-4",
                "through a handle of what was suspended");
  bench.expect(x.actor->history() == "send none, send none, send none", "AWT-4",
               "three sends to x", x.actor->history());
}

KIT_CHECK("await-handle-lives",
          "A handle lives as long as it says, and no longer.", Tier::core,
          {"AWT-2"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = relay.await();
  if (!gives_handle(step)) bench.skip("am_await gave " + step.text());
  bool owned = step.status == BATON_OWNED;
  if (!owned) step.out.drop();
  relay.release();
  let_go(bench);
  bench.expect(!owned || !x.actor->released(), "AWT-2",
               "that a handle that is OWNED outlives what it is of",
               "it is gone");
  step.out.drop();
  let_go(bench);
  bench.expect(x.actor->released(), "AWT-2",
               owned ? "that the handle was the last reference"
                     : "that a handle that is LENT has not been counted",
               std::to_string(x.actor->references()) + " references");
}

/* --- Async iteration ----------------------------------------------------- */

/* AWT-5, of what am_aiter gives. */
void expect_iterator(Bench &bench, Subject &items) {
  Step step = items.aiter();
  if (step.status != BATON_OWNED) bench.skip("am_aiter gave " + step.text());
  const baton_async_methods *slots =
      step.out.is_object() ? async_of(step.out.type()) : nullptr;
  bench.expect(slots && KIT_MEMBER(slots, baton_async_methods, am_anext),
               "AWT-5", "a value whose type has am_anext", step.out.text());
}

KIT_CHECK("await-aiter", "am_aiter gives an async iterator.", Tier::iteration,
          {"AWT-5"}, {"kit.items"}) {
  Subject items = bench.make("kit.items", bench.i64(1));
  expect_iterator(bench, items);
}

/* The next item's awaitable. */
Value next_of(Bench &bench, Subject &items) {
  Step step = items.anext();
  bench.expect_status(step, BATON_OWNED, "AWT-6", "from am_anext");
  return std::move(step.out);
}

KIT_CHECK("await-anext", "Items come one after another, then the end.",
          Tier::iteration, {"AWT-6"}, {"kit.items"}) {
  Value first = bench.token("first"), second = bench.token("second");
  Subject items = bench.make("kit.items", first.copy(), second.copy());
  expect_return(bench, awaited(bench, next_of(bench, items)), first, "AWT-6",
                "for the first item");
  expect_return(bench, awaited(bench, next_of(bench, items)), second, "AWT-6",
                "for the second item");
  for (int turn = 0; turn < 2; turn++) {
    Step step = awaited(bench, next_of(bench, items));
    bench.expect_error(step, BATON_ERROR_STOP_ASYNC_ITERATION, nullptr, "AWT-6",
                       "at the end and after it");
  }
}

KIT_CHECK("await-anext-empty", "No items: the end at once.", Tier::iteration,
          {"AWT-6"}, {"kit.items"}) {
  Subject items = bench.make("kit.items");
  bench.expect_error(awaited(bench, next_of(bench, items)),
                     BATON_ERROR_STOP_ASYNC_ITERATION, nullptr, "AWT-6",
                     "of kit.items()");
}

KIT_CHECK("await-last", "An async for takes items up to the end.",
          Tier::iteration, {"AWT-5", "AWT-6"}, {"kit.last", "kit.items"}) {
  Value last = bench.token("last");
  Subject items = bench.make("kit.items", bench.i64(1), last.copy());
  expect_iterator(bench, items);
  Step step = bench.make("kit.last", items.give()).drain();
  expect_return(bench, step, last, "AWT-6", "from kit.last of two items");
}

}  // namespace
}  // namespace kit
