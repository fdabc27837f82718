/* SPDX-License-Identifier: MIT */
#ifndef KIT_LINKING_H
#define KIT_LINKING_H

#include "../play/link.h"
#include "driving.h"

/** @file
 * Words of the checks in which a link of the kit hangs under the target.
 */

namespace kit {

/** What a body that catches nothing does. */
Reply link_unwound(Resume &call);

/** Takes what was sent or thrown. */
Value link_taken(Resume &call);

/** YIELD none at first; then as `script` says. */
PlayedLink play_begun_link(Ledger &ledger, std::string name, LinkScript script,
                           uint8_t kind = BATON_KIND_COROUTINE,
                           uint16_t flags = 0);

/** AWAITs this at first; then as `script` says, which gets the outcome. */
PlayedLink play_awaiting(Ledger &ledger, std::string name, Value awaited,
                         LinkScript script, uint8_t kind = BATON_KIND_COROUTINE,
                         uint16_t flags = 0);

/** Gives what it is resumed with: RETURN of a value, ERROR of an error. */
Reply passed_on(Resume &call);

/** The target as the driver of a link that hangs under one of its own. */
struct Hung {
  Linked *link;
  Value held; /**< a reference of the check */
  Subject outer;
};

/** The export awaits a link, which has yielded none. Skips the check if the
 * target does not attach links, but calls their chain-level slots. */
Hung hang(Bench &bench, PlayedLink played, const char *through = "kit.relay");

/** Skips the check unless it was resumed as a link. */
void need_attached(Bench &bench, const Linked &linked);

}  // namespace kit

#endif
