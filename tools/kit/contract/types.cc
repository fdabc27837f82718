/* SPDX-License-Identifier: MIT */
#include "types.h"

#include <algorithm>
#include <map>

namespace kit {
namespace {

bool is_pointer(const std::string &ctype, const Contract &contract) {
  if (!ctype.empty() && ctype.back() == '*') return true;
  const auto &callbacks = contract.callbacks;
  return std::any_of(callbacks.begin(), callbacks.end(),
                     [&](const Slot &item) { return item.name == ctype; });
}

ffi_type *integer_type(const std::string &ctype) {
  static const std::map<std::string, ffi_type *> integers = {
      {"int8_t", &ffi_type_sint8},   {"uint8_t", &ffi_type_uint8},
      {"int16_t", &ffi_type_sint16}, {"uint16_t", &ffi_type_uint16},
      {"int32_t", &ffi_type_sint32}, {"uint32_t", &ffi_type_uint32},
      {"int64_t", &ffi_type_sint64}, {"uint64_t", &ffi_type_uint64},
  };
  const auto found = integers.find(ctype);
  return found == integers.end() ? nullptr : found->second;
}

}  // namespace

ffi_type *scalar_type(const std::string &ctype, const Contract &contract) {
  if (is_pointer(ctype, contract)) return &ffi_type_pointer;
  if (ctype == "slot" || ctype == "uintptr_t") return &ffi_type_pointer;
  if (ctype == "char") return &ffi_type_sint8;
  if (ctype == "double") return &ffi_type_double;
  return integer_type(ctype);
}

bool may_cross(const std::string &ctype, const Contract &contract) {
  return is_pointer(ctype, contract) || integer_type(ctype);
}

}  // namespace kit
