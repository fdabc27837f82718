// SPDX-License-Identifier: MIT
#include "agen_steps.h"

#include "../play/context.h"
#include "../play/crossing.h"

namespace kit {
namespace {

const baton_async_generator *table_of(Subject &generator) {
  auto *table = static_cast<const baton_async_generator *>(
      generator.extension(BATON_EXT_ASYNC_GENERATOR));
  if (!table) generator.bench().skip("it has no async_generator/1");
  return table;
}

/* The slots outside of the suites are in no manifest; they are called as the
 * header has them. */
template <typename Slot, typename... Arguments>
Value awaitable(Subject &generator, const char *name, Slot slot,
                Arguments... arguments) {
  Bench &bench = generator.bench();
  if (!slot) bench.skip(std::string("it has no ") + name);
  Cells cells;
  Step step;
  {
    LentContext cx(bench.ledger, Manner(), bench.bell.waker());
    step.status = contained(bench.ledger, name, [&] {
      return slot(generator.value().get(), cx.get(), arguments..., cells.out());
    });
  }
  check_cells(bench.ledger, name, step.status, cells);
  step.out = usable(bench.ledger, *cells.out(), name);
  bench.expect_status(step, BATON_OWNED, "AGN-1", std::string("from ") + name);
  return std::move(step.out);
}

}  // namespace

Value anext_of(Subject &generator) {
  Step step = generator.anext();
  generator.bench().expect_status(step, BATON_OWNED, "AGN-1", "from am_anext");
  return std::move(step.out);
}

Value asend_of(Subject &generator, Value in) {
  return awaitable(generator, "asend", table_of(generator)->asend, in.get());
}

Value athrow_of(Subject &generator, Value error) {
  return awaitable(generator, "athrow", table_of(generator)->athrow,
                   error.get());
}

Value aclose_of(Subject &generator) {
  return awaitable(generator, "aclose", table_of(generator)->aclose);
}

void expect_item(Bench &bench, Subject &generator, const Value &item,
                 const char *requirement, const std::string &when) {
  expect_return(bench, awaited(bench, anext_of(generator)), item, requirement,
                when);
}

void expect_end(Bench &bench, const Step &step, const char *requirement,
                const std::string &when) {
  bench.expect_error(step, BATON_ERROR_STOP_ASYNC_ITERATION, nullptr,
                     requirement, when);
}

}  // namespace kit
