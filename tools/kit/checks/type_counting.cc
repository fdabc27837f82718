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

/* --- Traverse ------------------------------------------------------------ */

struct Visits {
  std::vector<const void *> objects;
  int32_t answer = 0;
};

int32_t BATON_CALL visit(const baton_value *held, void *arg) {
  Visits *visits = static_cast<Visits *>(arg);
  if (held->head.tag >= BATON_TAG_LIMIT)
    visits->objects.push_back(held->payload.object);
  return visits->answer;
}

int32_t traverse(Bench &bench, const Value &value, Visits *visits) {
  auto slot = KIT_MEMBER(value.type(), baton_type, traverse);
  if (!slot) bench.skip("its type has no traverse");
  return slot(value.get(), visit, visits);
}

int visits_of(Bench &bench, const Subject &holder, const Actor *held) {
  Visits visits;
  traverse(bench, holder.value(), &visits);
  int seen = 0;
  for (const void *object : visits.objects) seen += object == held;
  return seen;
}

/* Each reference that the kit does not hold itself is one of `holder`. */
void expect_visited(Bench &bench, const Subject &holder, const Actor *held,
                    const char *when) {
  int seen = visits_of(bench, holder, held);
  bench.expect(
      seen == held->references(), "TYP-8",
      "one visit of " + held->name() + " for each reference " + when,
      std::to_string(seen) + " for " + std::to_string(held->references()));
}

/* Of some languages nobody can see what a frame holds. Those visit nothing of
 * it; who visits something visits it all. */
struct Held {
  Actor *x, *y;
  Subject pair;
  bool shown;
};

Held held_by_pair(Bench &bench, bool twice = false) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  Value second = twice ? x.value.copy() : std::move(y.value);
  Subject pair = bench.make("kit.pair", std::move(x.value), std::move(second));
  bool shown =
      visits_of(bench, pair, x.actor) + visits_of(bench, pair, y.actor);
  return {x.actor, y.actor, std::move(pair), shown};
}

KIT_CHECK("type-traverse-created",
          "Traverse visits what create took, once for each reference.",
          Tier::core, {"TYP-8"}, {"kit.pair"}) {
  Held held = held_by_pair(bench);
  if (!held.shown) bench.skip("nobody sees what its frame holds");
  expect_visited(bench, held.pair, held.x, "in CREATED");
  expect_visited(bench, held.pair, held.y, "in CREATED");
}

KIT_CHECK("type-traverse-same-twice",
          "Traverse visits a value twice that is held twice.", Tier::core,
          {"TYP-8"}, {"kit.pair"}) {
  Held held = held_by_pair(bench, true);
  if (!held.shown) bench.skip("nobody sees what its frame holds");
  expect_visited(bench, held.pair, held.x, "in CREATED");
}

KIT_CHECK("type-traverse-suspended",
          "Traverse visits what is awaited, once for each reference.",
          Tier::core, {"TYP-8"}, {"kit.pair"}) {
  Held held = held_by_pair(bench);
  held.pair.send();
  if (held.shown) {
    expect_visited(bench, held.pair, held.x, "in SUSPENDED");
    expect_visited(bench, held.pair, held.y, "in SUSPENDED");
    return;
  }
  if (link_of(held.pair.value())) need_delegation(bench, held.pair);
  int seen = visits_of(bench, held.pair, held.x);
  bench.expect(
      seen >= 1 && seen <= held.x->references(), "TYP-8",
      "a visit of what is awaited, and one for each reference at most",
      std::to_string(seen) + " for " + std::to_string(held.x->references()));
}

KIT_CHECK("type-traverse-stops", "A visitor that is not 0 stops traverse.",
          Tier::core, {"TYP-8"}, {"kit.pair"}) {
  Played x = play_stuck(bench.ledger, "x");
  Played y = play_stuck(bench.ledger, "y");
  Subject pair = bench.make("kit.pair", std::move(x.value), std::move(y.value));
  Visits visits;
  visits.answer = 7;
  int32_t answer = traverse(bench, pair.value(), &visits);
  bench.expect(visits.objects.size() <= 1, "TYP-8",
               "no visit after one that gave 7",
               std::to_string(visits.objects.size()) + " visits");
  bench.expect(answer == (visits.objects.empty() ? 0 : 7), "TYP-8",
               "7 from traverse, as the visitor gave", std::to_string(answer));
}

}  // namespace
}  // namespace kit
