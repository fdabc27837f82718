// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * What a driver makes of a child that refuses (LNK-13).
 */

namespace kit {
namespace {

struct Refusal {
  int32_t status;
  uint32_t kind;
  const char *message;
};

const Refusal busy = {BATON_BUSY, BATON_ERROR_VALUE,
                      "coroutine already executing"};
const Refusal invalid_state = {BATON_INVALID_STATE, BATON_ERROR_RUNTIME,
                               "cannot reuse already awaited coroutine"};
const Refusal unsupported = {BATON_UNSUPPORTED, BATON_ERROR_TYPE,
                             "'kit actor' does not support this operation"};
const Refusal no_memory = {BATON_NO_MEMORY, BATON_ERROR_NO_MEMORY, ""};
const Refusal version = {BATON_VERSION_MISMATCH, BATON_ERROR_RUNTIME,
                         "'kit actor' needs another version of the contract"};
const Refusal wrong_thread = {BATON_WRONG_THREAD, BATON_ERROR_RUNTIME,
                              "'kit actor' belongs to another thread"};
const Refusal argument = {BATON_INVALID_ARGUMENT, BATON_ERROR_RUNTIME,
                          "'kit actor' was called against the contract"};
const Refusal unknown = {-100, BATON_ERROR_RUNTIME,
                         "'kit actor' refused with unknown status -100"};

/* The message begins as the table says; what is behind it may be a version. */
void expect_error_of(Bench &bench, const Step &step, const Refusal &refusal) {
  std::string when = "when a child refuses " + status_name(refusal.status);
  expect_fails(bench, step, refusal.kind, nullptr, "LNK-13", when);
  std::string message = step.out.error_message();
  bench.expect((hosted(bench) && message.empty()) ||
                   message.rfind(refusal.message, 0) == 0,
               "LNK-13", std::string(refusal.message) + " " + when, message);
}

void refuse_send(Bench &bench, const Refusal &refusal) {
  Begun begun = begin(bench, [&refusal](Call &call) {
    return call.op == Op::send ? Reply(refusal.status, Value(), false)
                               : unwound(call);
  });
  expect_error_of(bench, begun.outer.send(), refusal);
}

}  // namespace

#define KIT_REFUSAL(id, refusal)                                          \
  KIT_CHECK(id, "A refusal in mid-chain becomes the error of the table.", \
            Tier::core, {"LNK-13"}, {"kit.relay"}) {                      \
    refuse_send(bench, refusal);                                          \
  }

KIT_REFUSAL("driver-refusal-busy", busy)
KIT_REFUSAL("driver-refusal-invalid-state", invalid_state)
KIT_REFUSAL("driver-refusal-unsupported", unsupported)
KIT_REFUSAL("driver-refusal-no-memory", no_memory)
KIT_REFUSAL("driver-refusal-version", version)
KIT_REFUSAL("driver-refusal-wrong-thread", wrong_thread)
KIT_REFUSAL("driver-refusal-argument", argument)
KIT_REFUSAL("driver-refusal-unknown", unknown)

KIT_CHECK("driver-refusal-at-start",
          "A child that refuses its first send is an error where it is "
          "awaited.",
          Tier::core, {"LNK-13"}, {"kit.relay"}) {
  Played x = play(bench.ledger, "x", [](Call &call) {
    return Reply(call.op == Op::send ? BATON_WRONG_THREAD : BATON_RETURN,
                 Value(), false);
  });
  expect_error_of(bench, outcome(bench, std::move(x.value)), wrong_thread);
}

KIT_CHECK("driver-refusal-caught",
          "The body that awaits can handle the error of a refusal.", Tier::core,
          {"LNK-13"}, {"kit.rescue"}) {
  Begun begun = begin(
      bench, [](Call &) { return Reply(BATON_BUSY, Value(), false); },
      "kit.rescue");
  Step step = begun.outer.send();
  expect_caught(bench, step, busy.kind, busy.message, "LNK-13",
                "when a child refuses");
}

KIT_CHECK("driver-refusal-lets-go",
          "A child that refused is released and not called again.", Tier::core,
          {"LNK-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return call.op == Op::send ? Reply(BATON_BUSY, Value(), false)
                               : unwound(call);
  });
  begun.outer.send();
  bench.expect(begun.actor->history() == "send none, send none", "LNK-13",
               "no call of x after its refusal", begun.actor->history());
  begun.outer.release();
  bench.settle("LNK-13");
}

KIT_CHECK("driver-throw-unsupported",
          "An error that a child cannot take is raised where it is awaited.",
          Tier::cancel, {"LNK-13"}, {"kit.rescue"}) {
  Begun begun = begin(
      bench,
      [](Call &call) {
        return Reply(call.op == Op::close ? BATON_RETURN : BATON_UNSUPPORTED,
                     Value(), false);
      },
      "kit.rescue");
  Value error = bench.error(BATON_ERROR_VALUE, "thrown");
  Step step = begun.outer.throw_(error.copy());
  expect_caught(bench, step, error, "LNK-13", "which the child refused");
}

KIT_CHECK("driver-throw-refused",
          "The refusal of a throw replaces the error that was thrown.",
          Tier::cancel, {"LNK-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &call) {
    return call.op == Op::close ? Reply(BATON_RETURN)
                                : Reply(BATON_BUSY, Value(), false);
  });
  expect_error_of(
      bench, begun.outer.throw_(bench.error(BATON_ERROR_OS, "thrown")), busy);
}

KIT_CHECK("driver-close-unsupported",
          "A close that a child does not support is skipped.", Tier::core,
          {"LNK-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &) { return Reply(BATON_UNSUPPORTED); });
  Step step = begun.outer.close();
  bench.expect_status(step, BATON_RETURN, "LNK-13",
                      "of close, when a child refuses it UNSUPPORTED");
}

KIT_CHECK("driver-close-refused",
          "Another refusal of close is an error where the child is awaited.",
          Tier::core, {"LNK-13"}, {"kit.relay"}) {
  Begun begun = begin(bench, [](Call &) { return Reply(BATON_WRONG_THREAD); });
  expect_error_of(bench, begun.outer.close(), wrong_thread);
}

}  // namespace kit
