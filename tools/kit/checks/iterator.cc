// SPDX-License-Identifier: MIT
#include "iterator.h"

#include "../play/objects.h"
#include "../play/rules.h"

namespace kit {
namespace {

Iterator *of(const baton_value *self) {
  return static_cast<Iterator *>(thing_of(self));
}

int32_t BATON_CALL iterator_aiter(const baton_value *self, baton_context *,
                                  baton_value *out) {
  Iterator *iterator = of(self);
  check_out(iterator->ledger(), out, "am_aiter");
  if (!iterator->used("am_aiter")) return BATON_INVALID_STATE;
  iterator->retain();
  *out = *self;
  return BATON_OWNED;
}

int32_t BATON_CALL iterator_anext(const baton_value *self, baton_context *,
                                  baton_value *out) {
  Iterator *iterator = of(self);
  check_out(iterator->ledger(), out, "am_anext");
  if (!iterator->used("am_anext")) return BATON_INVALID_STATE;
  *out = iterator->next().give();
  return BATON_OWNED;
}

const baton_type *iterator_type() {
  static const baton_async_methods async = {
      sizeof(baton_async_methods), 0, nullptr, iterator_aiter, iterator_anext};
  static const baton_type type = [] {
    baton_type made = plain_type("kit iterator");
    made.as_async = &async;
    return made;
  }();
  return &type;
}

}  // namespace

Value Iterator::next() {
  std::vector<Reply> steps;
  for (int at = 0; at < suspensions_; at++)
    steps.emplace_back(BATON_YIELD, Value::boolean(true));
  steps.push_back(turn_(asked_++));
  Played made = play_steps(ledger(), "an item's awaitable", std::move(steps));
  item_ = made.actor;
  return std::move(made.value);
}

PlayedIterator play_iterator(Ledger &ledger, Iterator::Turn turn,
                             int suspensions) {
  Iterator *thing = ledger.make<Iterator>(std::move(turn), suspensions);
  return {thing, value_of(iterator_type(), thing)};
}

PlayedIterator play_items(Ledger &ledger, int count, int suspensions) {
  return play_iterator(
      ledger,
      [count](int turn) {
        if (turn < count)
          return Reply(BATON_RETURN, Value::boolean(turn % 2 == 1));
        return Reply(BATON_ERROR,
                     Value::kind(BATON_ERROR_STOP_ASYNC_ITERATION));
      },
      suspensions);
}

}  // namespace kit
