/* SPDX-License-Identifier: MIT */
#ifndef RELAY_BODIES_HPP
#define RELAY_BODIES_HPP

#include <baton/baton.hpp>
#include <utility>

/** @file
 * Coroutines that pass everything on: `return await X`, `return (yield from
 * X)`, and an async generator that forwards to another. */

namespace bodies {

using baton::value;

/** What a relay is to await. If it is to be quiet, one that is never awaited
 * goes without a word of its own: the relay's notice stands for both. */
template <class C>
class target {
 public:
  target(C awaited, bool quiet) : awaited_(std::move(awaited)), quiet_(quiet) {}
  target(target &&from) noexcept
      : awaited_(std::move(from.awaited_)),
        quiet_(std::exchange(from.quiet_, false)) {}
  target &operator=(target &&) = delete;
  ~target() {
    const baton_value *held = awaited_.get();
    value ignored;
    if (quiet_ && baton_is_object(held) && held->head.type->as_coroutine)
      baton_close(held, ignored.out());
  }

  C take() noexcept {
    quiet_ = false;
    return std::move(awaited_);
  }

 private:
  C awaited_;
  bool quiet_;
};

struct coroutine {
  using made = baton::task<value>;

  static made relay(target<value> awaited);
  static made relay(target<made> inner);
};

struct generator {
  using made = baton::generator<value, value>;

  static made relay(target<value> iterated);
  static made relay(target<made> inner);
};

struct async_generator {
  static baton::async_generator<value> relay(value target);
};

}  // namespace bodies

#endif
