/* SPDX-License-Identifier: MIT */
#include "plan.h"

#include <map>
#include <stdexcept>

namespace kit {
namespace {

Use use_of(const std::string &name) {
  static const std::map<std::string, Use> uses = {
      {"baton_type.retain", Use::retain},
      {"baton_type.release", Use::release},
      {"baton_type.query", Use::query},
      {"baton_coroutine_methods.send", Use::send},
      {"baton_coroutine_methods.throw_", Use::throw_},
      {"baton_coroutine_methods.close", Use::close},
      {"baton_async_methods.am_await", Use::await},
      {"baton_async_methods.am_aiter", Use::iterate},
      {"baton_async_methods.am_anext", Use::iterate},
      {"baton_async_generator.asend", Use::begin},
      {"baton_async_generator.athrow", Use::begin},
      {"baton_async_generator.aclose", Use::begin},
      {"baton_introspect.delegated_to", Use::delegate},
  };
  const auto found = uses.find(name);
  return found == uses.end() ? Use::plain : found->second;
}

}  // namespace

Plan::Plan(const Contract &contract, const Slot &slot)
    : name(slot.table + "." + slot.name),
      signature(&kit::signature(contract, name)),
      use(use_of(name)),
      drives(slot.thread == thread_driver) {
  if (slot.returns != "int32_t") {
    throw std::runtime_error(name + ": it returns " + slot.returns +
                             ", and a proxy gives an int32_t");
  }
  for (size_t at = 1; at < slot.parameters.size(); at++) {
    const Parameter &parameter = slot.parameters[at];
    if (parameter.ctype == "baton_context *") context = at;
    if (parameter.ctype != "baton_value *") continue;
    if (parameter.ownership == may_be_taken) in = at;
    if (parameter.ownership == given) out = at;
    if (parameter.ownership == given_or_lent) out = at;
  }
}

bool takes_self(const Slot &slot) {
  return !slot.parameters.empty() && slot.parameters[0].name == "self" &&
         slot.parameters[0].ctype == "const baton_value *";
}

}  // namespace kit
