/* SPDX-License-Identifier: MIT */
#ifndef KIT_PROXY_H
#define KIT_PROXY_H

#include <string>

#include "../contract/contract.h"
#include "../play/ledger.h"
#include "../play/value.h"

/** @file
 * The checking proxy: an object that stands for another one, checks both sides
 * of every call, and reports the first rule that one of them breaks.
 *
 * Its descriptor and tables are made of closures by the signatures in the
 * manifest, so that nothing but the manifest says what a slot looks like;
 * where closures cannot be made, of the thunks that are compiled in.
 */

namespace kit {

/** Whom a broken rule is held against. */
enum class Side {
  callee, /**< the object that is wrapped is the target's */
  caller, /**< it is the kit's, and the target calls it */
};

/** How the proxies of a check are made. */
enum class Means { closures, thunks };

/** Whether closures can be made here; if not, why. */
bool closures_work(std::string *why);

/** Closures where they can be made, else thunks. */
Means usual_means();

/** Wraps `inner`; whoever gets the result cannot tell, but that the proxy's
 * type has no as_link. A scalar comes back as it is. What passes through its
 * slots as a handle or an awaitable (am_await, am_anext, asend, ...) is
 * wrapped too, and what is already a proxy is not wrapped again. Two proxies of
 * one object are the same proxy, with a reference more. A table that query
 * finds is stood for if the contract tells what it looks like and each of its
 * slots can be (refused_table); any other is UNSUPPORTED.
 *
 * @param contract outlives the ledger.
 * @param inner of the side caller: has not started.
 *
 * Rules of the caller, noted in the ledger if `side` is caller:
 *   OWN-1 none in `out` on entry        OWN-6 no release during a call
 *   OWN-7 no call, no release after the last release
 *   CTX-3, CTX-5, VER-7 the context is filled as it should be
 *   THR-1 no two threads at once        COR-2 no value at the start
 *   COR-13 only close after an unknown status
 *   COR-21 no resume after the end, of a generator excepted
 * Rules of the callee, if `side` is callee:
 *   COR-1, COR-10 the statuses  COR-12 a refusal changes no state
 *   OWN-2, OWN-4 `in` and `out` VAL-3, TYP-1 what is given
 *   COR-2, COR-3, COR-4, COR-5, COR-7, COR-9 by the state that it follows,
 * which is what the object tells of itself, or else what its calls have shown
 *   AGN-1, AWT-2, AWT-3, AWT-5, AWT-6, ERR-8, INT-3, TYP-6, TYP-7, TYP-10
 */
Value make_proxy(Ledger &ledger, const Contract &contract, Value inner,
                 Side side, Means means = usual_means());

/** What make_proxy stands for, borrowed; null if `value` is no proxy. */
const baton_value *behind(const baton_value *value);

/** Why a proxy has not the table that query of its object gave under this id:
 * the slot that cannot be stood for. Empty if no slot of it was refused. */
std::string refused_table(const baton_value *proxy, const std::string &id);

}  // namespace kit

#endif
