// SPDX-License-Identifier: MIT
#include "context.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace kit {
namespace {

/* A context that has ended: its query and its waker tell on who uses them. */
struct Trap {
  baton_context context;
  baton_waker waker;
  Ledger *ledger;
};

Trap *trap_of(const baton_waker *waker) {
  return reinterpret_cast<Trap *>(reinterpret_cast<uintptr_t>(waker) -
                                  offsetof(Trap, waker));
}

void caught(Ledger *ledger, const char *slot) {
  ledger->note("CTX-2", "the context is used until the call returns",
               std::string(slot) + " of a context whose call had returned");
}

int32_t BATON_CALL trap_query(const baton_context *cx, const char *,
                              const void **out) {
  caught(static_cast<Ledger *>(cx->driver), "query");
  *out = nullptr;
  return BATON_UNSUPPORTED;
}

int32_t BATON_CALL trap_clone(const baton_waker *self,
                              const baton_waker **out) {
  caught(trap_of(self)->ledger, "the waker");
  *out = self;
  return BATON_OK;
}

int32_t BATON_CALL trap_waker(const baton_waker *self) {
  caught(trap_of(self)->ledger, "the waker");
  return BATON_OK;
}

const baton_waker_methods trap_methods = {sizeof(baton_waker_methods),
                                          0,
                                          trap_clone,
                                          trap_waker,
                                          trap_waker,
                                          trap_waker};

}  // namespace

LentContext::LentContext(Ledger &ledger, const Manner &manner,
                         const baton_waker *waker)
    : ledger_(ledger) {
  size_t size = std::max<size_t>(manner.context_size, sizeof(Trap));
  std::shared_ptr<void> memory(std::malloc(size), std::free);
  ledger.keep(memory);
  std::memset(memory.get(), 0xa5, size); /* what a newer one would add */
  std::memset(memory.get(), 0, sizeof(baton_context));
  context_ = static_cast<baton_context *>(memory.get());
  context_->struct_size = manner.context_size;
  context_->abi_major = BATON_ABI_MAJOR;
  context_->abi_minor = manner.abi_minor;
  context_->accepts = manner.accepts;
  if (manner.context_size > offsetof(baton_context, waker))
    context_->waker = manner.waker ? manner.waker : waker;
  if (manner.context_size > offsetof(baton_context, handled))
    context_->handled = manner.handled;
  if (manner.context_size > offsetof(baton_context, query))
    context_->query = manner.query;
}

LentContext::~LentContext() {
  Trap *trap = reinterpret_cast<Trap *>(context_);
  trap->waker.methods = &trap_methods;
  trap->ledger = &ledger_;
  context_->struct_size = sizeof(baton_context);
  context_->waker = &trap->waker;
  context_->handled = nullptr;
  context_->query = trap_query;
  context_->driver = &ledger_;
}

}  // namespace kit
