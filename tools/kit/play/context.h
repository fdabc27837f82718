/* SPDX-License-Identifier: MIT */
#ifndef KIT_CONTEXT_H
#define KIT_CONTEXT_H

#include "ledger.h"
#include "subject.h"

/** @file
 * The context of one call: at an address of its own, and a trap afterwards.
 */

namespace kit {

class LentContext {
 public:
  /** @param waker what the manner does not name. */
  LentContext(Ledger &ledger, const Manner &manner, const baton_waker *waker);
  /** From now on whoever calls something of it breaks CTX-2. */
  ~LentContext();
  LentContext(const LentContext &) = delete;
  LentContext &operator=(const LentContext &) = delete;

  baton_context *get() const { return context_; }

 private:
  Ledger &ledger_;
  baton_context *context_;
};

}  // namespace kit

#endif
