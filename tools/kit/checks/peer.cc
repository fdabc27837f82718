// SPDX-License-Identifier: MIT
#include "peer.h"

#include <atomic>

namespace kit {
namespace {

std::atomic<bool> sprung{false};

int32_t BATON_CALL trap() {
  sprung = true;
  return BATON_UNSUPPORTED;
}

template <size_t count>
void fill(uint64_t (&tail)[count]) {
  for (uint64_t &word : tail) word = reinterpret_cast<uintptr_t>(&trap);
}

}  // namespace

PeerType::PeerType()
    : type(*actor_type()),
      async(*actor_type()->as_async),
      coroutine(*actor_type()->as_coroutine) {
  fill(type_tail);
  fill(async_tail);
  fill(coroutine_tail);
  type.as_async = &async;
  type.as_coroutine = &coroutine;
}

bool PeerType::trapped() { return sprung; }

Played play_as(const baton_type *type, Played played) {
  baton_value value = played.value.give();
  value.head.type = type;
  return {played.actor, Value(value)};
}

void expect_drives(Bench &bench, const baton_type *type,
                   const char *requirement, const std::string &peer) {
  Played x =
      play_as(type, play_yields(bench.ledger, "x", 1, Value::boolean(true)));
  Step step = outcome(bench, std::move(x.value));
  bench.expect(!PeerType::trapped(), requirement,
               "no unknown slot is called of " + peer, "one was");
  bench.expect_status(step, BATON_RETURN, requirement, "of " + peer);
  bench.expect_value(step.out, Value::boolean(true), requirement,
                     "is the result of " + peer);
}

Step send_with(Subject &subject, baton_context *cx) {
  baton_value in{}, out{};
  Step step;
  const baton_value *self = subject.value().get();
  step.status = self->head.type->as_coroutine->send(self, cx, &in, &out);
  step.in = Value(in);
  step.out = Value(out);
  return step;
}

}  // namespace kit
