/* SPDX-License-Identifier: MIT */
#ifndef KIT_CALLER_H
#define KIT_CALLER_H

#include <ffi.h>

#include <cstring>
#include <string>
#include <vector>

#include "contract.h"

/** @file
 * Calls of slots by their signature in a manifest, with no compiled glue.
 */

namespace kit {

/** A call interface of libffi, made of a signature. Immutable, so any number
 * of threads may use it; lives until the process ends. */
class Signature {
 public:
  /** @param contract whose callbacks are types too: pointers to functions.
   * @throws std::runtime_error if a type of it is none that may cross: a
   * pointer, an integer of fixed width. */
  explicit Signature(const Slot &slot,
                     const Contract &contract = Contract::golden());
  Signature(const Signature &) = delete;
  Signature &operator=(const Signature &) = delete;

  const ffi_cif *cif() const { return &cif_; }
  size_t arity() const { return types_.size(); }
  const std::string &name() const { return name_; }

 private:
  std::string name_;
  std::vector<ffi_type *> types_;
  ffi_type *result_;
  ffi_cif cif_{};
};

/** The signature of "table.slot" in a contract; made once for each. @throws
 * std::runtime_error if there is no such slot, or as the constructor. */
const Signature &signature(const Contract &contract, const std::string &slot);

/** Calls `function` with `arguments`, each a pointer to the argument.
 * @return its int32_t. */
int32_t invoke(const Signature &signature, void *function, void **arguments);

/** The same with the arguments themselves. */
template <typename... Arguments>
int32_t call(const Signature &signature, void *function,
             Arguments... arguments) {
  void *pointers[] = {static_cast<void *>(&arguments)..., nullptr};
  return invoke(signature, function, pointers);
}

/** A slot as an address; ISO C++ has no such cast. */
template <typename Function>
void *address_of(Function function) {
  void *address = nullptr;
  static_assert(sizeof function == sizeof address, "one size of pointers");
  std::memcpy(&address, &function, sizeof address);
  return address;
}

}  // namespace kit

#endif
