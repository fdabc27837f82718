// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Errors on their way through a body.
 */

namespace kit {
namespace {

Played failing(Bench &bench, const char *name, const Value &error) {
  std::vector<Reply> steps;
  steps.emplace_back(BATON_ERROR, error.copy());
  return play_steps(bench.ledger, name, std::move(steps));
}

KIT_CHECK("error-of-host", "An exception of the host crosses as itself.",
          Tier::core, {"ERR-1"}, {"kit.fail"}) {
  for (uint32_t kind :
       {BATON_ERROR_VALUE, BATON_ERROR_RUNTIME, BATON_ERROR_TYPE}) {
    Subject fail =
        bench.make("kit.fail", Value::i64(kind), bench.text("as asked"));
    Step step = fail.drain();
    bench.expect(step.status == BATON_ERROR && step.out.is_error(), "ERR-1",
                 "ERROR and an error from kit.fail", step.text());
    bench.expect_error(step, kind, "as asked", "ERR-1", "from kit.fail");
  }
}

KIT_CHECK("error-of-host-comes-home",
          "An exception of the host is the same one when it comes home.",
          Tier::core, {"ERR-1"}, {"kit.fail", "kit.raise"}) {
  Step first = bench
                   .make("kit.fail", Value::i64(BATON_ERROR_VALUE),
                         bench.text("as asked"))
                   .drain();
  if (first.status != BATON_ERROR || !first.out.is_object())
    bench.skip("its errors are no objects");
  Step again = bench.make("kit.raise", bench.copy(first.out)).drain();
  expect_same_error(bench, again, first.out, "ERR-1", "raised again");
}

KIT_CHECK("error-of-kit-comes-home",
          "An error of another host is the same one when it comes home.",
          Tier::core, {"ERR-6"}, {"kit.raise"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "abroad");
  expect_same_error(bench, bench.make("kit.raise", error.copy()).drain(), error,
                    "ERR-6", "that was raised");
}

KIT_CHECK("error-awaited", "An error passes bodies as the same object.",
          Tier::core, {"ERR-6"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "from below");
  Played x = failing(bench, "x", error);
  expect_same_error(bench, relays(bench, std::move(x.value), 3).drain(), error,
                    "ERR-6", "from what is awaited");
}

KIT_CHECK("error-bare-kind", "A bare kind passes bodies as it is.", Tier::core,
          {"ERR-6"}, {"kit.relay"}) {
  for (uint32_t kind : {BATON_ERROR_CANCELLED, BATON_ERROR_NO_MEMORY}) {
    Played x = failing(bench, "x", Value::kind(kind));
    Step step = bench.make("kit.relay", std::move(x.value)).drain();
    bench.expect_error(step, kind, nullptr, "ERR-6", "from what is awaited");
  }
}

KIT_CHECK("error-after-cleanup", "An error survives a cleanup that awaits.",
          Tier::core, {"ERR-6"}, {"kit.guard"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "from below");
  Played x = failing(bench, "x", error);
  Played y = play_yields(bench.ledger, "y", 1, Value());
  Subject guard =
      bench.make("kit.guard", std::move(x.value), std::move(y.value));
  expect_same_error(bench, guard.drain(), error, "ERR-6", "after the cleanup");
}

KIT_CHECK("error-caught", "A caught error is the one that was raised.",
          Tier::core, {"ERR-6"}, {"kit.rescue"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "from below");
  Played x = failing(bench, "x", error);
  Step step = bench.make("kit.rescue", std::move(x.value)).drain();
  expect_return(bench, step, error, "ERR-6", "of what was caught");
}

/* What kit.rescue makes of an error of this kind. */
Step rescued(Bench &bench, Value error) {
  Played x = failing(bench, "x", error);
  return bench.make("kit.rescue", std::move(x.value)).drain();
}

void check_caught(Bench &bench, uint32_t kind, bool caught) {
  int32_t status = caught ? BATON_RETURN : BATON_ERROR;
  const char *when = caught ? "as an ordinary handler catches it"
                            : "as no ordinary handler catches it";
  for (int bare = 0; bare < 2; bare++) {
    Value error = bare ? Value::kind(kind) : bench.error(kind, "odd");
    bench.expect_status(rescued(bench, std::move(error)), status, "ERR-2",
                        when);
  }
}

KIT_CHECK("error-unknown-kind", "An unknown kind without base bit is caught.",
          Tier::core, {"ERR-2"}, {"kit.rescue"}) {
  check_caught(bench, 0x00000777u, true);
}

KIT_CHECK("error-unknown-base-kind",
          "An unknown kind with the base bit is not caught.", Tier::core,
          {"ERR-2"}, {"kit.rescue"}) {
  check_caught(bench, 0x80000777u, false);
}

KIT_CHECK("error-cancelled-not-caught", "No ordinary handler catches a cancel.",
          Tier::cancel, {"ERR-2"}, {"kit.rescue"}) {
  check_caught(bench, BATON_ERROR_CANCELLED, false);
}

KIT_CHECK("error-panic", "A panic becomes an error of kind panic.", Tier::core,
          {"ERR-8"}, {"kit.panic"}) {
  Subject panic = bench.make("kit.panic", bench.text("as asked"));
  Step step;
  written_by([&] { step = panic.drain(); }); /* some print it, too */
  bench.expect_error(step, BATON_ERROR_PANIC, nullptr, "ERR-8",
                     "from kit.panic");
}

KIT_CHECK("error-alike", "A foreign error becomes one exception, not two.",
          Tier::core, {"ERR-9"}, {"kit.alike"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "abroad");
  Value other = bench.error(BATON_ERROR_VALUE, "abroad");
  Played x = failing(bench, "x", error), y = failing(bench, "y", error);
  expect_return(
      bench,
      bench.make("kit.alike", std::move(x.value), std::move(y.value)).drain(),
      Value::boolean(true), "ERR-9", "for the same error, twice");
  Played v = failing(bench, "v", error), w = failing(bench, "w", other);
  expect_return(
      bench,
      bench.make("kit.alike", std::move(v.value), std::move(w.value)).drain(),
      Value::boolean(false), "ERR-9", "for two errors that look alike");
}

}  // namespace
}  // namespace kit
