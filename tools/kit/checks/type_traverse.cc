// SPDX-License-Identifier: MIT
#include <algorithm>

#include "../play/objects.h"
#include "../play/type.h"
#include "agen_steps.h"
#include "common.h"

/** @file
 * What traverse shows of what an object holds.
 */

namespace kit {
namespace {

struct Visits {
  std::vector<const void *> objects; /* null for a scalar */
  int32_t answer = 0;

  int of(const void *object) const {
    return static_cast<int>(std::count(objects.begin(), objects.end(), object));
  }
};

int32_t BATON_CALL visit(const baton_value *held, void *arg) {
  Visits *visits = static_cast<Visits *>(arg);
  bool object = held->head.tag >= BATON_TAG_LIMIT;
  visits->objects.push_back(object ? held->payload.object : nullptr);
  return visits->answer;
}

int32_t traverse(Bench &bench, const Value &value, Visits *visits) {
  auto slot = KIT_MEMBER(value.type(), baton_type, traverse);
  if (!slot) bench.skip("its type has no traverse");
  return slot(value.get(), visit, visits);
}

/* Visits of what is no object are no visits of what it holds. */
void expect_objects(Bench &bench, const Visits &visits) {
  for (const void *object : visits.objects)
    bench.expect(object, "TYP-8", "visits of objects alone",
                 "a visit of a scalar");
}

int visits_of(Bench &bench, const Subject &holder, const Actor *held) {
  Visits visits;
  traverse(bench, holder.value(), &visits);
  expect_objects(bench, visits);
  return visits.of(held);
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

KIT_CHECK("type-traverse-asend",
          "Traverse of an awaitable visits the value that it will send.",
          Tier::iteration, {"TYP-8"}, {"kit.mirror"}) {
  Value item = bench.token("item"), sent = bench.token("sent");
  const Thing *token = thing_of(sent.get());
  Subject mirror = bench.make("kit.mirror", item.copy());
  awaited(bench, anext_of(mirror));
  Value asend = asend_of(mirror, std::move(sent));
  Visits visits;
  traverse(bench, asend, &visits);
  expect_objects(bench, visits);
  if (visits.objects.empty()) bench.skip("nobody sees what it holds");
  int seen = visits.of(token);
  bench.expect(
      seen == token->references(), "TYP-8",
      "one visit of what is sent for each reference",
      std::to_string(seen) + " for " + std::to_string(token->references()));
  visits = Visits();
  visits.answer = 7;
  traverse(bench, asend, &visits);
  bench.expect(visits.objects.size() == 1, "TYP-8",
               "no visit after one that gave 7",
               std::to_string(visits.objects.size()) + " visits");
}

KIT_CHECK("type-traverse-error",
          "Traverse of an error visits its cause and its context.", Tier::core,
          {"TYP-8"}, {"kit.relay"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  const Thing *thing = thing_of(stop.get());
  std::vector<Reply> steps;
  steps.emplace_back(BATON_ERROR, std::move(stop));
  Played x = play_steps(bench.ledger, "x", std::move(steps));
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = relay.drain();
  relay.release();
  let_go(bench);
  if (step.status != BATON_ERROR || !step.out.is_object())
    bench.skip("the stop-iteration gave " + step.text());
  Visits visits;
  traverse(bench, step.out, &visits);
  expect_objects(bench, visits);
  if (visits.objects.empty()) bench.skip("nobody sees what it holds");
  int seen = visits.of(thing);
  bench.expect(
      seen == thing->references(), "TYP-8",
      "one visit of the cause for each reference",
      std::to_string(seen) + " for " + std::to_string(thing->references()));
}

}  // namespace
}  // namespace kit
