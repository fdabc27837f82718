/* SPDX-License-Identifier: MIT */
#include "closure.h"

#include <stdexcept>

#include "proxy.h"

namespace kit {

Closure::Closure(const Signature &signature, Handler handler, void *owner)
    : handler_(handler), owner_(owner) {
  closure_ = static_cast<ffi_closure *>(
      ffi_closure_alloc(sizeof(ffi_closure), &code_));
  if (!closure_) {
    throw std::runtime_error("this platform gives no memory for closures");
  }
  if (ffi_prep_closure_loc(closure_, const_cast<ffi_cif *>(signature.cif()),
                           enter, this, code_) != FFI_OK) {
    ffi_closure_free(closure_);
    throw std::runtime_error("libffi cannot make closures here");
  }
}

Closure::~Closure() { ffi_closure_free(closure_); }

/* A result that is smaller than a register is given as a whole one. */
void Closure::enter(ffi_cif *, void *result, void **arguments, void *self) {
  const Closure *closure = static_cast<const Closure *>(self);
  const int32_t status = closure->handler_(closure->owner_, arguments);
  *static_cast<ffi_sarg *>(result) = status;
}

bool closures_work(std::string *why) {
  const auto answer = [](void *owner, void **) -> int32_t {
    return *static_cast<const int32_t *>(owner);
  };
  try {
    int32_t expected = -77;
    const Signature &retain =
        signature(Contract::golden(), "baton_type.retain");
    Closure closure(retain, answer, &expected);
    if (call<void *>(retain, closure.code(), nullptr) == expected) return true;
    if (why) *why = "a closure gave another result than its own";
  } catch (const std::runtime_error &error) {
    if (why) *why = error.what();
  }
  return false;
}

Means usual_means() {
  static const bool work = closures_work(nullptr);
  return work ? Means::closures : Means::thunks;
}

}  // namespace kit
