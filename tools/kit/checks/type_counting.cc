// SPDX-License-Identifier: MIT
#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * References: who counts them, on which thread, and who shows them.
 */

namespace kit {
namespace {

bool is_affine(const Value &value) {
  const baton_link *link = link_of(value);
  return (value.type()->flags & BATON_TYPE_AFFINE) ||
         (link && (link->flags & BATON_LINK_AFFINE));
}

int32_t release(Value value) {
  baton_value given = value.give();
  return given.head.type->release(&given);
}

void check_release_elsewhere(Bench &bench, Subject subject, const char *state) {
  Value given = subject.give();
  int32_t status = BATON_OK;
  on_thread([&] { status = release(std::move(given)); });
  bench.expect(status == BATON_OK, "TYP-6",
               std::string("OK from release on another thread, ") + state,
               status_name(status));
}

KIT_CHECK_EACH("type-release-created-elsewhere",
               "Any thread may release what has not started.", Tier::threads,
               {"TYP-6"}) {
  check_release_elsewhere(bench, bench.subject(), "in CREATED");
}

KIT_CHECK_EACH("type-release-suspended-elsewhere",
               "Any thread may release what is suspended.", Tier::threads,
               {"TYP-6"}) {
  check_release_elsewhere(bench, suspended(bench), "in SUSPENDED");
}

KIT_CHECK_EACH("type-release-closed-elsewhere",
               "Any thread may release what has ended.", Tier::threads,
               {"TYP-6"}) {
  Subject subject = driven(bench);
  subject.close();
  check_release_elsewhere(bench, std::move(subject), "in CLOSED");
}

KIT_CHECK_EACH("type-retain", "A retain is counted.", Tier::core, {"TYP-7"}) {
  Subject subject = bench.subject();
  const Value &value = subject.value();
  int32_t status = value.type()->retain(value.get());
  bench.expect(status == BATON_OK, "TYP-7", "OK from retain",
               status_name(status));
  release(Value(*value.get()));
}

KIT_CHECK_EACH("type-retain-elsewhere",
               "Any thread may retain what is not affine.", Tier::threads,
               {"TYP-7"}) {
  Subject subject = bench.subject();
  const Value &value = subject.value();
  int32_t status = BATON_OK;
  on_thread([&] { status = value.type()->retain(value.get()); });
  int32_t refusal = is_affine(value) ? BATON_WRONG_THREAD : BATON_OK;
  bench.expect(status == BATON_OK || status == refusal, "TYP-7",
               "OK from retain on another thread, or WRONG_THREAD of what is "
               "affine",
               status_name(status));
  if (status == BATON_OK) release(Value(*value.get()));
}

KIT_CHECK("type-retain-counts", "An object lives until its last release.",
          Tier::core, {"TYP-7"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Subject relay = bench.make("kit.relay", std::move(x.value));
  const Value &value = relay.value();
  if (value.type()->retain(value.get()) != BATON_OK)
    bench.skip("it cannot be retained");
  baton_value copy = *value.get();
  relay.release();
  bench.expect(x.actor->references() >= 1, "TYP-7",
               "that one of two references is left", "x was released");
  release(Value(copy));
}

}  // namespace
}  // namespace kit
