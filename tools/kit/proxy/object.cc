/* SPDX-License-Identifier: MIT */
#include "object.h"

#include <algorithm>

#include "../load/memory.h"
#include "../play/type.h"
#include "../play/value.h"

namespace kit {

Proxy::Proxy(Ledger &ledger, Descriptor &descriptor, baton_value inner)
    : Thing(ledger, std::string("proxy of ") + inner.head.type->name),
      descriptor_(descriptor),
      inner_(inner) {
  ask_link();
  if (checks(Side::callee) && !shared_) ask_introspection();
}

baton_value Proxy::value() {
  baton_value named{};
  named.head.type = descriptor_.type();
  named.payload.object = this;
  return named;
}

/** Kind and flags are set before anyone sees the link, and never again. */
void Proxy::ask_link() {
  const baton_type *type = inner_.head.type;
  const auto *slots = KIT_MEMBER(type, baton_type, as_link);
  if (!slots || !is_readable(slots, sizeof *slots)) return;
  const char *at = static_cast<const char *>(inner_.payload.object);
  const void *place = at + slots->link_offset;
  if (!is_readable(place, sizeof(baton_link))) return;
  const auto *link = static_cast<const baton_link *>(place);
  const uint16_t flags = __atomic_load_n(&link->flags, __ATOMIC_RELAXED);
  kind_ = link->kind;
  shared_ = (flags & BATON_LINK_SHARED) != 0;
}

void Proxy::ask_introspection() {
  const auto query = KIT_MEMBER(inner_.head.type, baton_type, query);
  const void *table = nullptr;
  if (!query || query(&inner_, BATON_EXT_INTROSPECT, &table) != BATON_OK) {
    return;
  }
  const auto *slots = static_cast<const baton_introspect *>(table);
  if (!slots || !KIT_HAS(slots, baton_introspect, kind)) return;
  if (!slots->state || !slots->kind) return;
  introspect_ = slots;
  uint32_t kind = 0;
  if (!kind_ && slots->kind(&inner_, &kind) == BATON_OK) kind_ = kind;
}

int32_t Proxy::retain_both(const Entry &entry) {
  const baton_value *self = &inner_;
  if (!used("retain")) return BATON_INVALID_ARGUMENT;
  const int32_t status = call(*entry.plan.signature, entry.inner, self);
  if (status == BATON_OK) retain();
  const bool affine = (inner_.head.type->flags & BATON_TYPE_AFFINE) != 0;
  const bool allowed =
      status == BATON_OK || (status == BATON_WRONG_THREAD && affine);
  if (checks(Side::callee) && !allowed) {
    ledger().note("TYP-7",
                  "OK, or WRONG_THREAD of an affine object, from retain",
                  status_name(status));
  }
  return status;
}

/** What is behind is released after the call that the caller should have held
 * a reference for. */
int32_t Proxy::release_both(const Entry &) {
  const bool known = !released();
  bool early = false;
  release();
  if (!known) return BATON_OK;
  {
    std::lock_guard<std::mutex> guard(mutex_);
    early = released() && calls_ > 0;
    if (early) deferred_++;
  }
  if (!early) return release_inner();
  if (checks(Side::caller)) {
    ledger().note("OWN-6", "a reference is held during the call of " + name(),
                  "the last one was released meanwhile");
  }
  return BATON_OK;
}

int32_t Proxy::release_inner() {
  const int32_t status = inner_.head.type->release(&inner_);
  if (checks(Side::callee) && status != BATON_OK) {
    ledger().note("TYP-6", "OK from release", status_name(status));
  }
  return status;
}

void Proxy::lend(Proxy *handle, bool is_new) {
  if (handle == this) return;
  std::lock_guard<std::mutex> guard(mutex_);
  if (std::count(lent_.begin(), lent_.end(), handle)) return;
  if (!is_new) handle->retain();
  lent_.push_back(handle);
}

void Proxy::end() {
  std::vector<Proxy *> lent;
  {
    std::lock_guard<std::mutex> guard(mutex_);
    lent.swap(lent_);
  }
  for (Proxy *handle : lent) handle->release();
}

bool Proxy::begin(bool drives) {
  std::lock_guard<std::mutex> guard(mutex_);
  calls_++;
  if (!drives) return false;
  const auto here = std::this_thread::get_id();
  const bool other = drives_ > 0 && driver_ != here;
  if (drives_++ == 0) driver_ = here;
  return other;
}

void Proxy::finish(bool drives) {
  int late = 0;
  {
    std::lock_guard<std::mutex> guard(mutex_);
    if (drives) drives_--;
    if (--calls_ == 0) std::swap(late, deferred_);
  }
  while (late-- > 0) release_inner();
}

bool Proxy::running() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return state_ == BATON_RUNNING;
}

std::optional<uint32_t> Proxy::told_state() const {
  const baton_introspect *introspect = introspect_;
  uint32_t state = 0;
  if (!introspect || introspect->state(&inner_, &state) != BATON_OK) return {};
  return state;
}

std::optional<uint32_t> Proxy::state() const {
  if (running()) return BATON_RUNNING;
  const auto told = told_state();
  std::lock_guard<std::mutex> guard(mutex_);
  return told ? told : state_;
}

void Proxy::forget_state() {
  introspect_ = nullptr;
  set_state({});
}

void Proxy::set_state(std::optional<uint32_t> state) {
  std::lock_guard<std::mutex> guard(mutex_);
  state_ = state;
}

}  // namespace kit
