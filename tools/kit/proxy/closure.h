/* SPDX-License-Identifier: MIT */
#ifndef KIT_CLOSURE_H
#define KIT_CLOSURE_H

#include "../contract/caller.h"

/** @file
 * A function that is made while the program runs, and knows for whom.
 */

namespace kit {

/** Gets the arguments, each as a pointer to it, and gives the result. Throws
 * nothing. */
using Handler = int32_t (*)(void *owner, void **arguments);

class Closure {
 public:
  /** @throws std::runtime_error if the platform has no closures. */
  Closure(const Signature &signature, Handler handler, void *owner);
  ~Closure();
  Closure(const Closure &) = delete;
  Closure &operator=(const Closure &) = delete;

  /** Callable until the closure ends. */
  void *code() const { return code_; }

 private:
  static void enter(ffi_cif *cif, void *result, void **arguments, void *self);

  Handler handler_;
  void *owner_;
  ffi_closure *closure_;
  void *code_ = nullptr;
};

}  // namespace kit

#endif
