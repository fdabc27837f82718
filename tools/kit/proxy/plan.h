/* SPDX-License-Identifier: MIT */
#ifndef KIT_PLAN_H
#define KIT_PLAN_H

#include "../contract/caller.h"

/** @file
 * What a proxy has to know of a slot before it is called: what it is for, and
 * which argument is what. Read from the manifest.
 */

namespace kit {

/** The slots with rules of their own. */
enum class Use {
  plain, /**< any other, those of extensions that the kit never met included */
  retain,
  release,
  query,
  send,
  throw_,
  close,
  await,
  iterate,  /**< am_aiter, am_anext */
  begin,    /**< asend, athrow, aclose */
  delegate, /**< delegated_to */
};

struct Plan {
  static constexpr size_t absent = SIZE_MAX;

  /** @throws std::runtime_error if a proxy cannot pass on such a call: a type
   * may not cross, or the result is no status. */
  Plan(const Contract &contract, const Slot &slot);

  std::string name; /**< "baton_coroutine_methods.send" */
  const Signature *signature;
  Use use;
  bool drives; /**< for the driver's thread only */
  /** Positions of arguments: the context that is written for this call, the
   * value that may be taken, the value that is given. */
  size_t context = absent, in = absent, out = absent;

  bool runs() const {
    return use == Use::send || use == Use::throw_ || use == Use::close;
  }
};

/** Whether the slot's first argument is the value that it is a slot of. */
bool takes_self(const Slot &slot);

}  // namespace kit

#endif
