// SPDX-License-Identifier: MIT
#include <baton/ext/introspect.h>

#include <atomic>

#include "../play/crossing.h"
#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * What a coroutine tells of itself.
 */

namespace kit {
namespace {

const baton_introspect *table_of(Bench &bench, const Subject &subject) {
  auto *table = static_cast<const baton_introspect *>(
      subject.extension(BATON_EXT_INTROSPECT));
  if (!table) bench.skip("it has no introspect/1");
  return table;
}

/* What it delegates to. Skips where it cannot tell. */
Value delegated(Bench &bench, const Subject &subject) {
  auto slot =
      KIT_MEMBER(table_of(bench, subject), baton_introspect, delegated_to);
  if (!slot) bench.skip("it does not tell what it delegates to");
  Cells cells;
  int32_t status = contained(bench.ledger, "delegated_to", [&] {
    return slot(subject.value().get(), cells.out());
  });
  cells.check_canaries(bench.ledger, "delegated_to");
  if (status != BATON_OK)
    bench.skip("delegated_to gave " + status_name(status));
  return usable(bench.ledger, *cells.out(), "delegated_to");
}

std::string number(std::optional<uint32_t> state) {
  return state ? "state " + std::to_string(*state) : "no answer";
}

uint32_t told_state(Bench &bench, const Subject &subject) {
  auto told = subject.state();
  if (!told) bench.skip("it does not tell its state");
  return *told;
}

void expect_told(Bench &bench, uint32_t told, uint32_t state,
                 const char *expected) {
  bench.expect(told == state, "INT-4", expected, number(told));
}

KIT_CHECK_EACH("introspect-state-created",
               "What has not started is told to be so.", Tier::introspection,
               {"INT-4"}) {
  Subject subject = driven(bench);
  expect_told(bench, told_state(bench, subject), BATON_CREATED,
              "CREATED before the first call");
}

KIT_CHECK_EACH("introspect-state-suspended",
               "What is suspended is told to be so.", Tier::introspection,
               {"INT-4"}) {
  Subject subject = suspended(bench);
  expect_told(bench, told_state(bench, subject), BATON_SUSPENDED,
              "SUSPENDED after a suspension");
}

KIT_CHECK_EACH("introspect-state-closed", "What has ended is told to be so.",
               Tier::introspection, {"INT-4"}) {
  Subject subject = driven(bench);
  Step step = subject.drain(100);
  if (!ends(step)) bench.skip("it does not end");
  uint32_t told = told_state(bench, subject);
  if (!is_closed(subject)) bench.skip("it goes on after its end (COR-3)");
  expect_told(bench, told, BATON_CLOSED, "CLOSED after the end");
}

KIT_CHECK("introspect-running", "What runs is told to be running.",
          Tier::introspection, {"INT-2"}, {"kit.relay"}) {
  std::optional<uint32_t> outer_state, inner_state;
  Subject *outer = nullptr, *middle = nullptr;
  Played x = play_begun(bench.ledger, "x", [&](Call &call) {
    if (call.op != Op::send) return unwound(call);
    outer_state = outer->state();
    inner_state = middle->state();
    return Reply(BATON_RETURN);
  });
  Subject inner = relays(bench, std::move(x.value), 2);
  table_of(bench, inner);
  Subject held(bench, bench.copy(inner.value()));
  Subject relay = bench.make("kit.relay", inner.give());
  outer = &relay;
  middle = &held;
  relay.send();
  relay.send();
  bench.expect(outer_state == uint32_t{BATON_RUNNING}, "INT-2",
               "RUNNING for what is driven", number(outer_state));
  bench.expect(
      inner_state == uint32_t{BATON_RUNNING} ||
          (is_shared(held.value()) && inner_state == uint32_t{BATON_SUSPENDED}),
      "INT-2", "RUNNING for what is in the middle of it", number(inner_state));
}

KIT_CHECK("introspect-delegated", "What is awaited is told as it was given.",
          Tier::introspection, {"INT-3"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  Value ours = x.value.copy();
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  bench.expect_value(delegated(bench, relay), ours, "INT-3",
                     "from delegated_to");
}

KIT_CHECK("introspect-delegated-none",
          "What awaits nothing delegates to nothing.", Tier::introspection,
          {"INT-3"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Subject relay = bench.make("kit.relay", std::move(x.value));
  bench.expect_value(delegated(bench, relay), Value(), "INT-3", "in CREATED");
  relay.drain();
  bench.expect_value(delegated(bench, relay), Value(), "INT-3", "in CLOSED");
}

KIT_CHECK("introspect-delegated-quiet", "Asking changes nothing.",
          Tier::introspection, {"INT-3"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Subject relay = bench.make("kit.relay", std::move(x.value));
  relay.send();
  size_t events = x.actor->events().size();
  int held = x.actor->references();
  for (int turn = 0; turn < 3; turn++) delegated(bench, relay);
  bench.expect(x.actor->events().size() == events, "INT-3",
               "that asking calls nothing of x", x.actor->history());
  bench.expect(x.actor->references() == held, "INT-3",
               "a reference for each answer, and no other",
               std::to_string(x.actor->references() - held) + " more");
  expect_return(bench, relay.drain(), Value::boolean(true), "INT-3",
                "after asking");
}

KIT_CHECK("introspect-delegated-running",
          "What is awaited is told while the chain runs.", Tier::introspection,
          {"INT-3"}, {"kit.relay"}) {
  Subject *outer = nullptr;
  const baton_introspect *table = nullptr;
  int32_t status = BATON_UNSUPPORTED;
  Value told;
  Played x = play_begun(bench.ledger, "x", [&](Call &call) {
    if (call.op != Op::send) return unwound(call);
    baton_value out{};
    status = table->delegated_to(outer->value().get(), &out);
    told = Value(out);
    return Reply(BATON_RETURN);
  });
  Value ours = x.value.copy();
  Subject relay = bench.make("kit.relay", std::move(x.value));
  outer = &relay;
  table = table_of(bench, relay);
  delegated(bench, relay);
  relay.send();
  relay.send();
  if (status != BATON_OK) bench.skip("it does not tell while it runs");
  bench.expect_value(told, ours, "INT-3",
                     "from delegated_to while the chain runs");
  told.drop();
}

KIT_CHECK_EACH("introspect-shared",
               "Any thread may ask a shared object for its state.",
               Tier::introspection, {"INT-1"}) {
  Subject subject = driven(bench);
  const baton_introspect *table = table_of(bench, subject);
  if (!is_shared(subject.value())) bench.skip("it is not shared");
  std::atomic<bool> over{false};
  int32_t odd = BATON_OK;
  std::thread asker([&] {
    do {
      uint32_t state = 0;
      int32_t status = table->state(subject.value().get(), &state);
      bool fine =
          status == BATON_BUSY || (status == BATON_OK && state <= BATON_CLOSED);
      if (!fine) odd = status == BATON_OK ? 1000 : status;
    } while (!over);
  });
  for (int turn = 0; turn < 200; turn++)
    if (!suspends(subject.send())) break;
  subject.close();
  over = true;
  asker.join();
  bench.expect(odd == BATON_OK, "INT-1", "BUSY, or one of the states",
               odd == 1000 ? "no state" : status_name(odd));
}

KIT_CHECK_EACH("introspect-link-kind", "A link is of one of the four kinds.",
               Tier::introspection, {"LNK-1"}) {
  Subject subject = bench.subject();
  need_link(bench, subject);
  int kind = link_of(subject.value())->kind;
  bench.expect(kind <= BATON_KIND_AWAITABLE, "LNK-1",
               "a kind from 0 to 3 in the link", std::to_string(kind));
  auto told = subject.kind();
  bench.expect(!told || *told == static_cast<uint32_t>(kind), "LNK-1",
               "the same kind from introspection", number(told));
}

}  // namespace
}  // namespace kit
