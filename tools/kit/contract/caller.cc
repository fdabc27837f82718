/* SPDX-License-Identifier: MIT */
#include "caller.h"

#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "types.h"

namespace kit {
namespace {

std::string full_name(const Slot &slot) {
  return slot.table.empty() ? slot.name : slot.table + "." + slot.name;
}

/** Equal for two slots that are called alike, whichever contract they are of.
 */
std::string key_of(const Slot &slot, const Contract &contract) {
  std::string key = full_name(slot);
  const auto add = [&](const std::string &ctype) {
    const bool pointer = scalar_type(ctype, contract) == &ffi_type_pointer;
    key += " " + (pointer ? "*" : ctype);
  };
  add(slot.returns);
  for (const Parameter &parameter : slot.parameters) add(parameter.ctype);
  return key;
}

}  // namespace

Signature::Signature(const Slot &slot, const Contract &contract)
    : name_(full_name(slot)) {
  const auto resolve = [&](const std::string &ctype) {
    if (!may_cross(ctype, contract)) {
      throw std::runtime_error(name_ + ": the type \"" + ctype +
                               "\" cannot cross");
    }
    return scalar_type(ctype, contract);
  };
  result_ = resolve(slot.returns);
  for (const Parameter &parameter : slot.parameters) {
    types_.push_back(resolve(parameter.ctype));
  }
  if (ffi_prep_cif(&cif_, FFI_DEFAULT_ABI, static_cast<unsigned>(types_.size()),
                   result_, types_.data()) != FFI_OK) {
    throw std::runtime_error(name_ + ": libffi cannot call it");
  }
}

const Signature &signature(const Contract &contract, const std::string &slot) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Signature>> made;
  const Slot *found = contract.slot(slot);
  if (!found) throw std::runtime_error("the manifest has no slot " + slot);
  const std::string key = key_of(*found, contract);
  std::lock_guard<std::mutex> guard(mutex);
  auto &place = made[key];
  if (!place) place = std::make_unique<Signature>(*found, contract);
  return *place;
}

int32_t invoke(const Signature &signature, void *function, void **arguments) {
  void (*code)();
  std::memcpy(&code, &function, sizeof code);
  /* libffi widens a result that is smaller than a register. */
  union {
    ffi_arg number;
    uint64_t widest;
  } result = {};
  ffi_call(const_cast<ffi_cif *>(signature.cif()), code, &result, arguments);
  return static_cast<int32_t>(result.number);
}

}  // namespace kit
