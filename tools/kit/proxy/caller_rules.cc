/* SPDX-License-Identifier: MIT */
#include "../play/rules.h"
#include "../play/value.h"
#include "visit.h"

/** @file
 * What a caller owes, as far as one call shows it.
 */

namespace kit {

void Visit::check_caller() const {
  const char *slot = plan_.name.c_str();
  Ledger &ledger = proxy_.ledger();
  if (out_) check_out(ledger, out_, slot);
  if (context_) {
    check_context(ledger, context_, slot);
  } else if (plan_.context != Plan::absent && plan_.runs()) {
    note("CTX-3", "a context that tells what the driver accepts", "null");
  }
  const bool resumes = plan_.use == Use::send || plan_.use == Use::throw_;
  if (!resumes) return;
  if (proxy_.is_odd) {
    note("COR-13", "nothing but close after an unknown status", text(0));
  }
  if (before_ == BATON_CLOSED && proxy_.kind() != BATON_KIND_GENERATOR) {
    note("COR-21", "no resume after the end", "one");
  }
  if (before_ == BATON_CREATED && plan_.use == Use::send && in_ &&
      in_->head.tag != BATON_TAG_NONE) {
    note("COR-2", "none for the first send", describe(*in_));
  }
}

}  // namespace kit
