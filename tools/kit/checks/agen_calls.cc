// SPDX-License-Identifier: MIT
#include "agen_steps.h"
#include "driving.h"

/** @file
 * asend, athrow and aclose of an async generator that nobody else uses.
 */

namespace kit {
namespace {

KIT_CHECK("agen-starts-nothing",
          "An awaitable starts nothing before its first call.", Tier::iteration,
          {"AGN-1"}, {"kit.items"}) {
  Value first = bench.token("first"), second = bench.token("second");
  Subject items = bench.make("kit.items", first.copy(), second.copy());
  Value made_first = anext_of(items), made_second = anext_of(items);
  expect_return(bench, awaited(bench, std::move(made_second)), first, "AGN-1",
                "for the awaitable that is awaited first");
  expect_return(bench, awaited(bench, std::move(made_first)), second, "AGN-1",
                "for the awaitable that was made first and awaited second");
}

KIT_CHECK("agen-awaitable-once", "An awaitable is good for one await.",
          Tier::iteration, {"AGN-1"}, {"kit.items"}) {
  Subject items = bench.make("kit.items", bench.i64(1), bench.i64(2));
  Subject handle = handle_of(bench, anext_of(items));
  bench.expect_status(handle.drain(), BATON_RETURN, "AWT-6",
                      "for the first item");
  expect_kind(bench, handle.send(), BATON_ERROR_RUNTIME,
              "cannot reuse already awaited __anext__()/asend()", "AGN-1",
              "for a second await of the same awaitable");
}

KIT_CHECK("agen-aclose-once", "An awaitable of aclose is good for one await.",
          Tier::iteration, {"AGN-1"}, {"kit.items"}) {
  Subject items = bench.make("kit.items", bench.i64(1));
  bench.expect_status(awaited(bench, anext_of(items)), BATON_RETURN, "AWT-6",
                      "for the first item");
  Subject handle = handle_of(bench, aclose_of(items));
  expect_return(bench, handle.drain(), Value(), "AGN-4", "from aclose");
  expect_kind(bench, handle.send(), BATON_ERROR_RUNTIME,
              "cannot reuse already awaited aclose()/athrow()", "AGN-1",
              "for a second await of the same awaitable");
}

/* Starts kit.mirror and sends it something. */
void expect_mirrored(Bench &bench) {
  Value first = bench.token("first"), second = bench.token("second");
  Subject mirror = bench.make("kit.mirror", first.copy());
  expect_item(bench, mirror, first, "AWT-6", "for the first item");
  for (int turn = 0; turn < 2; turn++)
    expect_return(bench, awaited(bench, asend_of(mirror, second.copy())),
                  second, "AGN-2", "for what asend took");
  expect_end(bench, awaited(bench, asend_of(mirror, Value())), "AGN-2",
             "when the generator has returned");
}

KIT_CHECK("agen-asend", "What asend takes arrives in the generator.",
          Tier::iteration, {"AGN-2"}, {"kit.mirror"}) {
  expect_mirrored(bench);
}

KIT_CHECK("agen-asend-created", "A generator is sent nothing at its start.",
          Tier::iteration, {"COR-2"}, {"kit.mirror"}) {
  expect_mirrored(bench);
  Value first = bench.token("first");
  Subject mirror = bench.make("kit.mirror", first.copy());
  expect_kind(bench, awaited(bench, asend_of(mirror, bench.token("early"))),
              BATON_ERROR_TYPE,
              "can't send non-None value to a just-started async generator",
              "COR-2", "for asend of a value in CREATED");
  expect_item(bench, mirror, first, "COR-2",
              "after that, since it stays CREATED");
}

KIT_CHECK("agen-asend-passes-yield", "What the generator awaits passes.",
          Tier::iteration, {"AGN-2"}, {"kit.tidy"}) {
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject tidy = bench.make("kit.tidy", Value(), std::move(y.value));
  expect_item(bench, tidy, Value(), "AWT-6", "for the first item");
  expect_item(bench, tidy, Value(), "AWT-6", "for the second item");
  Subject handle = handle_of(bench, asend_of(tidy, Value()));
  bench.expect_status(handle.send(), BATON_YIELD, "AGN-2",
                      "as the generator awaits what yields");
  expect_end(bench, handle.send(), "AGN-2", "at the generator's end");
}

KIT_CHECK("agen-athrow", "The error of athrow is raised in the generator.",
          Tier::iteration, {"AGN-3"}, {"kit.tidy"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject tidy = bench.make("kit.tidy", bench.i64(1), std::move(y.value));
  awaited(bench, anext_of(tidy));
  Step step = awaited(bench, athrow_of(tidy, error.copy()));
  bench.expect(y.actor->history() == "send none", "AGN-3",
               "that the error unwinds the generator",
               "y: " + y.actor->history());
  expect_same_error(bench, step, error, "AGN-3", "from athrow");
}

KIT_CHECK("agen-athrow-created", "An athrow before the start ends it.",
          Tier::iteration, {"AGN-3"}, {"kit.tidy"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject tidy = bench.make("kit.tidy", bench.i64(1), std::move(y.value));
  expect_same_error(bench, awaited(bench, athrow_of(tidy, error.copy())), error,
                    "AGN-3", "from athrow in CREATED");
  bench.expect(y.actor->history().empty(), "AGN-3",
               "that nothing runs for athrow in CREATED",
               "y: " + y.actor->history());
  expect_end(bench, awaited(bench, anext_of(tidy)), "AWT-6",
             "of a generator that has ended");
}

KIT_CHECK("agen-aclose", "An aclose unwinds the generator and gives none.",
          Tier::iteration, {"AGN-4"}, {"kit.tidy"}) {
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject tidy = bench.make("kit.tidy", bench.i64(1), std::move(y.value));
  awaited(bench, anext_of(tidy));
  Subject handle = handle_of(bench, aclose_of(tidy));
  bench.expect_status(handle.send(), BATON_YIELD, "AGN-4",
                      "as the cleanup awaits what yields");
  expect_return(bench, handle.send(), Value(), "AGN-4", "from aclose");
  expect_end(bench, awaited(bench, anext_of(tidy)), "AWT-6",
             "of a generator that was closed");
}

KIT_CHECK("agen-aclose-created", "An aclose before the start gives none.",
          Tier::iteration, {"AGN-4"}, {"kit.tidy"}) {
  Played y = play_yields(bench.ledger, "y", 0, Value());
  Subject tidy = bench.make("kit.tidy", bench.i64(1), std::move(y.value));
  expect_return(bench, awaited(bench, aclose_of(tidy)), Value(), "AGN-4",
                "from aclose in CREATED");
  bench.expect(y.actor->history().empty(), "AGN-4",
               "that nothing runs for aclose in CREATED",
               "y: " + y.actor->history());
}

KIT_CHECK("agen-aclose-closed", "An aclose after the end gives none.",
          Tier::iteration, {"AGN-4"}, {"kit.items"}) {
  Subject items = bench.make("kit.items");
  expect_end(bench, awaited(bench, anext_of(items)), "AWT-6", "of kit.items()");
  expect_return(bench, awaited(bench, aclose_of(items)), Value(), "AGN-4",
                "from aclose of a generator that has ended");
}

KIT_CHECK("agen-aclose-failing", "A cleanup that fails fails aclose.",
          Tier::iteration, {"AGN-4"}, {"kit.tidy"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "cleanup");
  std::vector<Reply> steps;
  steps.emplace_back(BATON_ERROR, error.copy());
  Played y = play_steps(bench.ledger, "y", std::move(steps));
  Subject tidy = bench.make("kit.tidy", bench.i64(1), std::move(y.value));
  awaited(bench, anext_of(tidy));
  expect_same_error(bench, awaited(bench, aclose_of(tidy)), error, "AGN-4",
                    "from aclose");
}

KIT_CHECK("agen-aclose-ignored", "An item in answer to aclose is an error.",
          Tier::iteration, {"AGN-6"}, {"kit.stubborn", "kit.items"}) {
  Subject items = bench.make("kit.items", bench.i64(1), bench.i64(2));
  awaited(bench, anext_of(items));
  awaited(bench, aclose_of(items));
  if (awaited(bench, anext_of(items)).status != BATON_ERROR)
    bench.skip("aclose raises nothing (AGN-4)");
  Subject stubborn = bench.make("kit.stubborn", bench.i64(1));
  bench.expect_status(awaited(bench, anext_of(stubborn)), BATON_RETURN, "AWT-6",
                      "for the first item");
  bench.expect_error(awaited(bench, aclose_of(stubborn)), BATON_ERROR_RUNTIME,
                     "async generator ignored GeneratorExit", "AGN-6",
                     "from aclose of what goes on yielding");
}

KIT_CHECK("agen-stop-iteration",
          "No stop-iteration of either kind escapes an async generator.",
          Tier::iteration, {"COR-15"}, {"kit.tidy"}) {
  struct Case {
    uint32_t kind;
    const char *message;
  };
  for (const Case &one : {Case{BATON_ERROR_STOP_ITERATION,
                               "async generator raised StopIteration"},
                          Case{BATON_ERROR_STOP_ASYNC_ITERATION,
                               "async generator raised StopAsyncIteration"}}) {
    std::vector<Reply> steps;
    steps.emplace_back(BATON_ERROR, bench.error(one.kind, "stop"));
    Played y = play_steps(bench.ledger, "y", std::move(steps));
    Subject tidy = bench.make("kit.tidy", Value(), std::move(y.value));
    awaited(bench, anext_of(tidy));
    awaited(bench, anext_of(tidy));
    bench.expect_error(awaited(bench, anext_of(tidy)), BATON_ERROR_RUNTIME,
                       one.message, "COR-15", "for what escapes the cleanup");
  }
}

}  // namespace
}  // namespace kit
