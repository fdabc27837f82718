/* SPDX-License-Identifier: MIT */
#include "visit.h"

#include <array>

#include "../play/value.h"

namespace kit {

Visit::Visit(const Entry &entry, Proxy &proxy, void **arguments)
    : entry_(entry),
      plan_(entry.plan),
      proxy_(proxy),
      arguments_(arguments),
      context_(argument<baton_context *>(plan_.context)),
      in_(argument<baton_value *>(plan_.in)),
      out_(argument<baton_value *>(plan_.out)) {
  if (in_) sent_ = *in_;
}

void Visit::note(const char *requirement, const std::string &expected,
                 const std::string &came) const {
  proxy_.ledger().note(
      requirement, expected + ", " + plan_.name + " of " + proxy_.name(), came);
}

int32_t Visit::run() {
  const bool elsewhere = proxy_.begin(plan_.drives);
  if (elsewhere && !proxy_.shared() && proxy_.checks(Side::caller)) {
    note("THR-1", "one thread at a time", "two");
  }
  if (!elsewhere) before_ = proxy_.state();
  if (proxy_.checks(Side::caller)) check_caller();
  const bool first = plan_.runs() && !elsewhere && !proxy_.running();
  if (first) proxy_.set_state(BATON_RUNNING);
  const int32_t status = call_inner();
  if (first) proxy_.set_state(next(status));
  if (!elsewhere) after_ = proxy_.state();
  if (proxy_.checks(Side::callee)) check_callee(status);
  follow(status);
  wrap(status);
  proxy_.finish(plan_.drives);
  return status;
}

int32_t Visit::call_inner() {
  std::vector<void *> arguments(arguments_,
                                arguments_ + plan_.signature->arity());
  const baton_value *self = &proxy_.inner();
  arguments[0] = &self;
  try {
    return invoke(*plan_.signature, entry_.inner, arguments.data());
  } catch (...) {
    note("ERR-8", "no exception leaves a slot", "a C++ exception did");
  }
  if (!out_) return BATON_NO_MEMORY;
  *out_ = Value::kind(BATON_ERROR_PANIC).give();
  return BATON_ERROR;
}

/** The state that the call has led to; the old one if it says nothing. */
std::optional<uint32_t> Visit::next(int32_t status) const {
  const bool refused_value = plan_.use == Use::send && status == BATON_ERROR &&
                             sent_.head.tag != BATON_TAG_NONE &&
                             before_ != BATON_SUSPENDED;
  if (is_refusal(status) || refused_value) return before_;
  if (status == BATON_RETURN || status == BATON_ERROR) return BATON_CLOSED;
  if (status == BATON_YIELD || status == BATON_PENDING) return BATON_SUSPENDED;
  return {};
}

void Visit::follow(int32_t status) {
  const bool known = status == BATON_RETURN || status == BATON_ERROR ||
                     status == BATON_YIELD || status == BATON_PENDING;
  if (plan_.runs() && !known && !is_refusal(status)) proxy_.is_odd = true;
  // An awaitable of athrow or aclose may begin after it, or may have ended.
  const bool value = plan_.use == Use::send && status == BATON_ERROR &&
                     sent_.head.tag != BATON_TAG_NONE;
  if (value && proxy_.kind() == BATON_KIND_AWAITABLE &&
      before_ != BATON_SUSPENDED)
    proxy_.forget_state();
}

void Visit::wrap(int32_t status) {
  const bool gives = plan_.use == Use::await || plan_.use == Use::iterate ||
                     plan_.use == Use::begin;
  const bool lends = plan_.use == Use::await && status == BATON_LENT;
  if (!gives || !out_ || (status != BATON_OWNED && !lends)) return;
  const Descriptor &descriptor = proxy_.descriptor();
  wrap_value(proxy_.ledger(), descriptor.contract(), out_, descriptor.side(),
             descriptor.means(), lends ? &proxy_ : nullptr);
}

namespace {

/** Asks the inner type, and gives the table that stands for its answer. */
int32_t query(const Entry &entry, Proxy &proxy, void **arguments) {
  const char *id = *static_cast<const char **>(arguments[1]);
  const void **out = *static_cast<const void ***>(arguments[2]);
  const baton_value *self = &proxy.inner();
  Descriptor &descriptor = proxy.descriptor();
  int32_t status = call(*entry.plan.signature, entry.inner, self, id, out);
  if (!id || !out) return status;
  if (proxy.checks(Side::callee) && !descriptor.same_answer(id, status, *out)) {
    proxy.ledger().note("TYP-10", "the same answer at every call of query",
                        std::string("another one for ") + id);
  }
  if (status != BATON_OK) return status;
  *out = *out ? descriptor.extension(id, *out) : nullptr;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

int32_t dispatch(const Entry &entry, void **arguments) {
  const auto *self = *static_cast<const baton_value **>(arguments[0]);
  Proxy *proxy = self ? entry.owner->find(self->payload.object) : nullptr;
  if (!proxy) return BATON_INVALID_ARGUMENT;
  if (entry.plan.use == Use::release) return proxy->release_both(entry);
  if (entry.plan.use == Use::retain) return proxy->retain_both(entry);
  if (!proxy->used(entry.plan.name.c_str())) return BATON_INVALID_ARGUMENT;
  if (entry.plan.use == Use::query) return query(entry, *proxy, arguments);
  return Visit(entry, *proxy, arguments).run();
}

}  // namespace

int32_t enter(const Entry &entry, void **arguments) noexcept {
  try {
    return dispatch(entry, arguments);
  } catch (...) {
    return BATON_NO_MEMORY;
  }
}

int32_t enter_thunk(size_t arity, size_t thunk, void **arguments) noexcept {
  const auto *self = *static_cast<const baton_value **>(arguments[0]);
  const Descriptor *owner = self ? Descriptor::of(self->head.type) : nullptr;
  const Entry *entry = owner ? owner->entry(arity, thunk) : nullptr;
  return entry ? enter(*entry, arguments) : BATON_INVALID_ARGUMENT;
}

}  // namespace kit
