/* SPDX-License-Identifier: MIT */
#ifndef KIT_PEER_H
#define KIT_PEER_H

#include "driving.h"

/** @file
 * The kit's actors as a peer of another version would make them.
 */

namespace kit {

/** A type with all its tables, in one block that can grow at each end. */
struct PeerType {
  baton_type type;
  uint64_t type_tail[4];
  baton_async_methods async;
  uint64_t async_tail[4];
  baton_coroutine_methods coroutine;
  uint64_t coroutine_tail[4];

  /** That of the actors; the tails are filled with addresses of a trap. */
  PeerType();
  PeerType(const PeerType &) = delete;
  PeerType &operator=(const PeerType &) = delete;

  /** Whether anyone has called what is in a tail. */
  static bool trapped();
};

/** An actor whose type is this one, which outlives it. */
Played play_as(const baton_type *type, Played played);

/** The same as Bench's create-and-drive of a child that yields once; ends the
 * check with `requirement` unless it goes as with any other child. */
void expect_drives(Bench &bench, const baton_type *type,
                   const char *requirement, const std::string &peer);

/** One send with this very context. */
Step send_with(Subject &subject, baton_context *cx);

}  // namespace kit

#endif
