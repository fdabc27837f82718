// SPDX-License-Identifier: MIT
#include "bench.h"

#include "../contract/caller.h"
#include "../play/context.h"
#include "../play/crossing.h"
#include "../play/type.h"
#include "arguments.h"

namespace kit {
namespace {

/* The name in front of the arguments: "countdown" of "countdown(3)". */
std::string export_of(const std::string &subject) {
  return subject.substr(0, subject.find('('));
}

}  // namespace

Bench::Bench(const Library &library_, const Contract &contract_, uint64_t seed,
             std::string subject)
    : library(library_),
      contract(contract_),
      random(seed),
      subject_(std::move(subject)) {}

bool Bench::exports(const std::string &name) const {
  return library.find(name) != nullptr;
}

Step Bench::create(const std::string &name, std::vector<Value> &arguments) {
  const baton_export *maker = library.find(name);
  if (!maker) skip("the provider does not export " + name);
  const std::string slot = "create of " + name;
  const Signature &how = signature(contract, "baton_export.create");
  Cells cells;
  for (Value &argument : arguments) cells.lend(argument.give());
  Step step;
  {
    LentContext cx(ledger, Manner(), bell.waker());
    step.status = contained(ledger, slot.c_str(), [&] {
      return kit::call(how, address_of(maker->create), maker, cx.get(),
                       cells.in(), uint64_t{arguments.size()}, cells.out());
    });
  }
  cells.check_canaries(ledger, slot.c_str());
  for (size_t at = 0; at < arguments.size(); at++)
    if (!cells.taken(at)) arguments[at] = Value(cells.sent(at));
  step.out = usable(ledger, *cells.out(), slot.c_str());
  return step;
}

Subject Bench::make(const std::string &name, std::vector<Value> arguments) {
  Step step = create(name, arguments);
  const baton_type *type = step.status == BATON_OK ? step.out.type() : nullptr;
  if (!type || (!coroutine_of(type) && !async_of(type)))
    skip("create of " + name + " gave " + step.text() +
         ", which is nothing to drive");
  return Subject(*this, std::move(step.out));
}

Subject Bench::subject() {
  return make(export_of(subject_), arguments_for(*this, subject_));
}

void Bench::fail(const char *requirement, const std::string &expected,
                 const std::string &came) {
  if (ledger.clean()) ledger.note(requirement, expected, came);
  throw Stopped(); /* what broke before explains it */
}

void Bench::skip(const std::string &reason) {
  if (ledger.clean()) skipped_ = reason;
  throw Stopped();
}

void Bench::expect_status(const Step &step, int32_t status,
                          const char *requirement, const std::string &when) {
  expect(step.status == status, requirement, status_name(status) + " " + when,
         step.text());
}

void Bench::expect_error(const Step &step, uint32_t kind, const char *message,
                         const char *requirement, const std::string &when) {
  std::string expected = "ERROR error " + std::string(kind_name(kind));
  if (message) expected += " \"" + std::string(message) + "\"";
  bool holds = step.status == BATON_ERROR && step.out.is_error() &&
               step.out.error_kind() == kind &&
               (!message || step.out.error_message() == message);
  expect(holds, requirement, expected + " " + when, step.text());
}

void Bench::expect_value(const Value &came, const Value &expected,
                         const char *requirement, const std::string &when) {
  expect(came.same(expected), requirement, expected.text() + " " + when,
         came.text());
}

Value Bench::copy(const Value &value) {
  if (value.is_object()) {
    int32_t status = value.type()->retain(value.get());
    expect(status == BATON_OK, "TYP-7", "OK from retain of " + value.text(),
           status_name(status));
  }
  return Value(*value.get());
}

void Bench::settle(const char *requirement) {
  std::vector<Value> nothing;
  bell.next(); /* the latest waker is nobody's any more */
  const int collections = exports("kit.live") ? 2 : 0;
  for (int at = 0; at < collections && !ledger.alive().empty(); at++)
    create("kit.live", nothing);
  for (const std::string &name : ledger.alive())
    ledger.note(requirement, "nothing of the kit is held when all is done",
                name + " is");
}

}  // namespace kit
