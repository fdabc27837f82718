/* SPDX-License-Identifier: MIT */
#ifndef KIT_LINK_H
#define KIT_LINK_H

#include <baton/link.h>

#include <functional>
#include <string>
#include <vector>

#include "actor.h"
#include "ledger.h"
#include "value.h"

/** @file
 * The kit as a coroutine that stands in flat chains: an awaitable with as_link.
 */

namespace kit {

class Linked;

/** A call of `resume`, while it lasts. */
struct Resume {
  Linked *self;
  uint32_t op; /**< BATON_OP_* */
  baton_context *cx;
  baton_value *in;
};

using LinkScript = std::function<Reply(Resume &)>;

/** A coroutine with a link. It drives nobody: whoever calls its chain-level
 * slots instead of attaching it gets what its own body does, and an error for
 * AWAIT; `attached` tells the two apart.
 *
 * Notes LNK-8 if `ended` comes early or twice, and LNK-7 if the last reference
 * goes while it is attached. */
class Linked : public Thing {
 public:
  Linked(Ledger &ledger, std::string name, uint8_t kind, uint16_t flags,
         LinkScript script);

  /** To look at, and to write as another driver would. */
  baton_link &link() { return handling_.link; }
  /** Of a link that is flagged HANDLING. */
  void handle(Value error);

  /** Lets go of what it delegates to, as another driver would that has ended
   * it. */
  void shorten();

  /** Whether it was resumed as a link. */
  bool attached() const { return attached_; }
  /** "send none, throw cancelled, ended" */
  const std::string &history() const { return history_; }
  int endings() const { return endings_; }
  /** The address of the stack at each resume. */
  const std::vector<uintptr_t> &stacks() const { return stacks_; }
  /** Asked before each resume of a link that is AFFINE. */
  std::function<int32_t()> guard;

 protected:
  void end() override;

 private:
  friend struct LinkSlots;
  int32_t resume(uint32_t op, baton_context *cx, baton_value *in,
                 baton_value *out);
  int32_t drive(uint32_t op, baton_context *cx, baton_value *in,
                baton_value *out);

  baton_link_handling handling_{};
  std::shared_ptr<LinkScript> script_;
  bool attached_ = false;
  int endings_ = 0;
  std::string history_;
  std::vector<uintptr_t> stacks_;
};

struct PlayedLink {
  Linked *link; /**< lives as long as the ledger */
  Value value;
};

/** An async generator has neither am_await nor as_coroutine. */
PlayedLink play_link(Ledger &ledger, std::string name, LinkScript script,
                     uint8_t kind = BATON_KIND_COROUTINE, uint16_t flags = 0);

}  // namespace kit

#endif
