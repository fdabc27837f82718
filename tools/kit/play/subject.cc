// SPDX-License-Identifier: MIT
#include "subject.h"

#include <baton/ext/introspect.h>

#include "../base/bench.h"
#include "../contract/caller.h"
#include "context.h"
#include "crossing.h"
#include "type.h"

namespace kit {
std::string Step::text() const {
  std::string text = status_name(status);
  return status >= BATON_REFUSAL_MIN && status <= BATON_REFUSAL_MAX
             ? text
             : text + " " + out.text();
}

/* What cannot be driven ends the check. */
const baton_coroutine_methods *Subject::slots() const {
  const baton_type *type = value_.type();
  const baton_coroutine_methods *found = type ? coroutine_of(type) : nullptr;
  if (!found) bench_->skip(value_.text() + " cannot be driven");
  const Defect defect = slots_defect(type);
  if (!defect.empty())
    bench_->fail(defect.requirement, "a type that can be used", defect.text);
  return found;
}

Step Subject::drive(const char *slot, void *function, Value *in,
                    const Manner &manner) {
  Ledger &ledger = bench_->ledger;
  Cells cells;
  if (in) cells.lend(in->give());
  std::string name = std::string("baton_coroutine_methods.") + slot;
  const Signature &how = signature(bench_->contract, name);
  int32_t status;
  {
    LentContext cx(ledger, manner, bench_->bell.waker());
    status = contained(ledger, slot, [&] {
      return in ? kit::call(how, function, value_.get(), cx.get(), cells.in(),
                            cells.out())
                : kit::call(how, function, value_.get(), cx.get(), cells.out());
    });
  }
  check_cells(ledger, slot, status, cells);
  if (const char *rule = status_defect(status))
    ledger.note(rule, std::string("a result or a refusal from ") + slot,
                status_name(status));
  Step step;
  step.status = status;
  step.out = usable(ledger, *cells.out(), slot);
  if (in) step.in = usable(ledger, *cells.in(), slot);
  return step;
}

Step Subject::send(Value in, const Manner &manner) {
  return drive("send", address_of(slots()->send), &in, manner);
}

Step Subject::throw_(Value error, const Manner &manner) {
  return drive("throw_", address_of(slots()->throw_), &error, manner);
}

Step Subject::close(const Manner &manner) {
  return drive("close", address_of(slots()->close), nullptr, manner);
}

Step Subject::async(const char *slot, void *function, const Manner &manner) {
  Ledger &ledger = bench_->ledger;
  if (!function) {
    Step none;
    none.status = BATON_UNSUPPORTED;
    return none;
  }
  Cells cells;
  std::string name = std::string("baton_async_methods.") + slot;
  const Signature &how = signature(bench_->contract, name);
  Step step;
  {
    LentContext cx(ledger, manner, bench_->bell.waker());
    step.status = contained(ledger, slot, [&] {
      return kit::call(how, function, value_.get(), cx.get(), cells.out());
    });
  }
  check_cells(ledger, slot, step.status, cells);
  step.out = usable(ledger, *cells.out(), slot);
  return step;
}

/* A lent handle is not the caller's: the step gets a reference of its own. */
Step Subject::await(const Manner &manner) {
  const baton_async_methods *slots = async_of(value_.type());
  void *function =
      slots ? address_of(KIT_MEMBER(slots, baton_async_methods, am_await))
            : nullptr;
  Step step = async("am_await", function, manner);
  if (step.status == BATON_LENT) {
    Value lent = std::move(step.out);
    step.out = Value(*lent.get()); /* forgotten, should copy end the check */
    Value held = bench_->copy(lent);
    step.out.give();
    lent.give();
    step.out = std::move(held);
  }
  return step;
}

Step Subject::aiter(const Manner &manner) {
  const baton_async_methods *slots = async_of(value_.type());
  return async(
      "am_aiter",
      slots ? address_of(KIT_MEMBER(slots, baton_async_methods, am_aiter))
            : nullptr,
      manner);
}

Step Subject::anext(const Manner &manner) {
  const baton_async_methods *slots = async_of(value_.type());
  return async(
      "am_anext",
      slots ? address_of(KIT_MEMBER(slots, baton_async_methods, am_anext))
            : nullptr,
      manner);
}

const void *Subject::extension(const char *id) const {
  const void *table = nullptr;
  const baton_type *type = value_.type();
  auto query = KIT_MEMBER(type, baton_type, query);
  if (!query) return nullptr;
  int32_t status = contained(bench_->ledger, "query",
                             [&] { return query(value_.get(), id, &table); });
  return status == BATON_OK ? table : nullptr;
}

std::optional<uint32_t> Subject::state() const {
  auto *table =
      static_cast<const baton_introspect *>(extension(BATON_EXT_INTROSPECT));
  auto slot = table ? KIT_MEMBER(table, baton_introspect, state) : nullptr;
  uint32_t state = BATON_CREATED;
  if (!slot || slot(value_.get(), &state) != BATON_OK) return {};
  return state;
}

std::optional<uint32_t> Subject::kind() const {
  auto *table =
      static_cast<const baton_introspect *>(extension(BATON_EXT_INTROSPECT));
  auto slot = table ? KIT_MEMBER(table, baton_introspect, kind) : nullptr;
  uint32_t kind = 0;
  if (!slot || slot(value_.get(), &kind) != BATON_OK) return {};
  return kind;
}

Step Subject::drain(int limit) {
  Step step;
  for (int turn = 0; turn < limit; turn++) {
    int wakes = bench_->bell.wakes();
    step = send();
    bool goes_on = step.status == BATON_YIELD || step.status == BATON_PENDING;
    if (!goes_on) return step;
    if (step.status == BATON_PENDING && !bench_->bell.wait(wakes + 1))
      bench_->fail("WAK-4", "a wake after PENDING", "none in time");
  }
  return step;
}

}  // namespace kit
