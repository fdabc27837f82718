/* SPDX-License-Identifier: MIT */
#ifndef KIT_ITERATOR_H
#define KIT_ITERATOR_H

#include <functional>

#include "../play/actor.h"

/** @file
 * The kit as an async iterator.
 */

namespace kit {

/** It is its own am_aiter. Each am_anext gives a new actor, which suspends
 * with YIELD 100, 101, ... before it ends as the iterator says. */
class Iterator : public Thing {
 public:
  /** How the awaitable of this turn, from 0, ends. */
  using Turn = std::function<Reply(int turn)>;
  Iterator(Ledger &ledger, Turn turn, int suspensions)
      : Thing(ledger, "the iterator"),
        turn_(std::move(turn)),
        suspensions_(suspensions) {}

  int asked() const { return asked_; }
  Actor *item() const { return item_; } /**< the latest */
  Value next();

 private:
  Turn turn_;
  int suspensions_;
  int asked_ = 0;
  Actor *item_ = nullptr;
};

struct PlayedIterator {
  Iterator *thing;
  Value value;
};

PlayedIterator play_iterator(Ledger &ledger, Iterator::Turn turn,
                             int suspensions = 0);

/** Gives 0, 1, ... count - 1; then a bare stop-async-iteration. */
PlayedIterator play_items(Ledger &ledger, int count, int suspensions = 0);

}  // namespace kit

#endif
