// SPDX-License-Identifier: MIT
#include "driving.h"
#include "iterator.h"

/** @file
 * `async for` over an async iterator of the kit (kit.last).
 */

namespace kit {
namespace {

/* The end, as an iterator tells it. */
Reply stop(Value error) { return Reply(BATON_ERROR, std::move(error)); }

Step last_of(Bench &bench, Value iterator) {
  return outcome(bench, std::move(iterator), "kit.last");
}

}  // namespace

KIT_CHECK("driver-iterates", "`async for` gets each item, until the end.",
          Tier::iteration, {"AWT-6"}, {"kit.last"}) {
  PlayedIterator it = play_items(bench.ledger, 3);
  Step step = last_of(bench, std::move(it.value));
  bench.expect_status(step, BATON_RETURN, "AWT-6", "when the items are at end");
  bench.expect_value(step.out, Value::boolean(false), "AWT-6",
                     "is the last item");
  bench.expect(it.thing->asked() == 4, "AWT-6", "am_anext is called four times",
               std::to_string(it.thing->asked()) + " times");
}

KIT_CHECK("driver-iterates-nothing", "`async for` over nothing runs no turn.",
          Tier::iteration, {"AWT-6"}, {"kit.last"}) {
  Step step = last_of(bench, play_items(bench.ledger, 0).value);
  bench.expect_status(step, BATON_RETURN, "AWT-6", "when there is no item");
  bench.expect_value(step.out, Value(), "AWT-6", "since there was no item");
}

KIT_CHECK("driver-iterates-error-object",
          "A stop-async-iteration that is an object is the end as well.",
          Tier::iteration, {"AWT-6"}, {"kit.last"}) {
  Ledger &ledger = bench.ledger;
  PlayedIterator it = play_iterator(ledger, [&ledger](int) {
    return stop(make_error(ledger, BATON_ERROR_STOP_ASYNC_ITERATION, "end"));
  });
  Step step = last_of(bench, std::move(it.value));
  bench.expect_status(step, BATON_RETURN, "AWT-6", "when the items are at end");
}

KIT_CHECK("driver-iterates-error", "Another error ends `async for` with it.",
          Tier::iteration, {"ERR-6"}, {"kit.last"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "wrong");
  auto thrown = std::make_shared<Value>(error.copy());
  PlayedIterator it = play_iterator(bench.ledger, [thrown](int turn) {
    return turn == 0 ? Reply(BATON_RETURN, Value::boolean(false))
                     : stop(std::move(*thrown));
  });
  Step step = last_of(bench, std::move(it.value));
  expect_passed(bench, step, error, "ERR-6", "of an iterator");
}

KIT_CHECK("driver-iterates-suspended",
          "A suspension of an item's awaitable goes up, and it goes on.",
          Tier::iteration, {"WAK-9"}, {"kit.last"}) {
  PlayedIterator it = play_items(bench.ledger, 2, 1);
  Subject last = bench.make("kit.last", std::move(it.value));
  Step step = last.send();
  bench.expect_status(step, BATON_YIELD, "WAK-9", "of an item's awaitable");
  bench.expect_value(step.out, Value::boolean(true), "WAK-9",
                     "is what it yielded");
  step = last.drain();
  bench.expect_value(step.out, Value::boolean(true), "AWT-6",
                     "is the last item");
}

KIT_CHECK("driver-iterates-one-at-a-time",
          "The next item is asked for when the one before has come.",
          Tier::iteration, {"AWT-6"}, {"kit.last"}) {
  PlayedIterator it = play_items(bench.ledger, 2, 2);
  Subject last = bench.make("kit.last", std::move(it.value));
  last.send();
  last.send();
  bench.expect(it.thing->asked() == 1, "AWT-6", "am_anext was called once",
               std::to_string(it.thing->asked()) + " times");
  last.drain();
}

KIT_CHECK("driver-iterates-lets-go",
          "An iterator and its items are given back at the end.",
          Tier::iteration, {"OWN-3"}, {"kit.last"}) {
  Ledger &ledger = bench.ledger;
  PlayedIterator it = play_iterator(ledger, [&ledger](int turn) {
    if (turn == 2) return stop(Value::kind(BATON_ERROR_STOP_ASYNC_ITERATION));
    return Reply(BATON_RETURN, make_token(ledger, "an item"));
  });
  {
    Step step = last_of(bench, std::move(it.value));
  }
  bench.settle("OWN-3");
}

KIT_CHECK("driver-iterates-closed",
          "A close in mid-iteration closes the awaitable of the item.",
          Tier::iteration, {"COR-8"}, {"kit.last"}) {
  PlayedIterator it = play_items(bench.ledger, 2, 5);
  Subject last = bench.make("kit.last", std::move(it.value));
  Step step = last.send();
  if (step.status != BATON_YIELD) bench.skip("it gave " + step.text());
  last.close();
  std::string history = it.thing->item()->history();
  bench.expect(history == "send none, close", "COR-8",
               "the item's awaitable is closed", history);
}

KIT_CHECK("driver-iterates-no-iterator",
          "What has no am_aiter cannot be iterated: an error of kind type.",
          Tier::iteration, {"EXT-1"}, {"kit.last"}) {
  Step step = last_of(bench, bench.token("x"));
  bench.expect(step.status == BATON_INVALID_ARGUMENT ||
                   (step.status == BATON_ERROR &&
                    step.out.error_kind() == BATON_ERROR_TYPE),
               "EXT-1", "ERROR type where as_async is missing", step.text());
}

}  // namespace kit
