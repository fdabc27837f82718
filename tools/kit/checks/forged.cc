// SPDX-License-Identifier: MIT
#include "forged.h"

#include "../play/objects.h"

namespace kit {
namespace {

/* A trap of any signature that begins with `self`: nothing else is touched. */
template <typename... Rest>
struct Trap {
  static int32_t trapped(const baton_value *self, const char *slot) {
    static_cast<Forged *>(thing_of(self))->call(slot);
    return BATON_UNSUPPORTED;
  }
  static int32_t BATON_CALL send(const baton_value *self, Rest...) {
    return trapped(self, "send, throw or am_await");
  }
  static int32_t BATON_CALL other(const baton_value *self, Rest...) {
    return trapped(self, "another slot");
  }
  static int32_t BATON_CALL retain(const baton_value *self, Rest...) {
    return trapped(self, "retain");
  }
};

template <typename... Rest>
void trap(int32_t(BATON_CALL *&slot)(const baton_value *, Rest...)) {
  slot = Trap<Rest...>::other;
}

template <typename... Rest>
void trap_drive(int32_t(BATON_CALL *&slot)(const baton_value *, Rest...)) {
  slot = Trap<Rest...>::send;
}

int32_t BATON_CALL forged_release(const baton_value *self) {
  static_cast<Forged *>(thing_of(self))->count_release();
  return BATON_OK;
}

/* The value; whoever cannot release it forgets it. */
baton_value forged_value(const baton_type *type, Forged *object) {
  baton_value value{};
  value.head.type = type;
  value.payload.object = static_cast<Thing *>(object);
  return value;
}

/* Awaits it. What create did not take is dropped if it can be. */
Step await_raw(Bench &bench, baton_value value, bool can_release) {
  std::vector<Value> arguments = list(Value(value));
  Step made = bench.create("kit.relay", arguments);
  if (made.status != BATON_OK) {
    if (!can_release) arguments[0].give();
    return made;
  }
  Subject relay(bench, std::move(made.out));
  return relay.drain();
}

bool reports(const Step &step) {
  return step.status == BATON_ERROR ||
         (step.status <= BATON_REFUSAL_MAX && step.status >= BATON_REFUSAL_MIN);
}

}  // namespace

std::string Forged::called() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return called_;
}

void Forged::call(const char *slot) {
  std::lock_guard<std::mutex> guard(mutex_);
  called_ += (called_.empty() ? "" : ", ") + std::string(slot);
}

ForgedType::ForgedType()
    : type(plain_type("forged")), async{}, coroutine{}, link{}, error{} {
  async.struct_size = sizeof async;
  coroutine.struct_size = sizeof coroutine;
  link.struct_size = sizeof link;
  error.struct_size = sizeof error;
  type.retain = Trap<>::retain;
  type.release = forged_release;
  trap(type.traverse);
  trap(type.query);
  trap_drive(async.am_await);
  trap(async.am_aiter);
  trap(async.am_anext);
  trap_drive(coroutine.send);
  trap_drive(coroutine.throw_);
  trap(coroutine.close);
  trap(link.resume);
  trap(error.kind);
  trap(error.message);
  type.as_async = &async;
  type.as_coroutine = &coroutine;
}

Step await_forged(Bench &bench, const baton_type *type, Allowed allowed,
                  const char *requirement, const std::string &defect) {
  Forged *object = bench.ledger.make<Forged>();
  bool may_release = allowed == Allowed::release;
  Step step = await_raw(bench, forged_value(type, object), may_release);
  std::string called = object->called();
  bench.expect(called.empty(), requirement,
               (may_release ? "nothing but release is called of "
                            : "nothing is called of ") +
                   defect,
               called);
  bench.expect(may_release || object->releases() == 0, requirement,
               "nothing is called of " + defect, "release");
  bench.expect(object->releases() <= 1, requirement,
               "at most one release of " + defect,
               std::to_string(object->releases()));
  bench.expect(reports(step), requirement, "an error for " + defect,
               step.text());
  return step;
}

void need_adoption(Bench &bench) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.magic ^= 1;
  Forged *object = bench.ledger.make<Forged>();
  Step step = await_raw(bench, forged_value(&forged.type, object), false);
  if (!object->called().empty() || !reports(step))
    bench.skip("descriptors are not checked (TYP-2)");
}

}  // namespace kit
