/* SPDX-License-Identifier: MIT */
#ifndef KIT_RULES_H
#define KIT_RULES_H

#include <baton/baton.h>

#include "ledger.h"

/** @file
 * What any caller owes a callee, whoever the two are.
 */

namespace kit {

/** CTX-5, VER-3, VER-7: what a driver says of itself. `cx` is not null. */
void check_context(Ledger &ledger, const baton_context *cx, const char *slot);

/** OWN-1: none in `out` on entry. */
void check_out(Ledger &ledger, const baton_value *out, const char *slot);

/** VAL-3: of a value that somebody gave. */
void check_scalar(Ledger &ledger, const baton_value &value, const char *slot);

/** The statuses that send, throw and close may give to a context that accepts
 * these suspensions; nothing, or the rule that is broken: COR-1, CTX-3. */
const char *status_defect(int32_t status);

}  // namespace kit

#endif
