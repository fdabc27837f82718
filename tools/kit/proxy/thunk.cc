/* SPDX-License-Identifier: MIT */
#include "thunk.h"

#include <baton/baton.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "descriptor.h"

/* A thunk is called as what it stands for, whose arguments are pointers and
 * integers: all of them come in the same registers as words do. */
#if defined(__clang__)
#define KIT_ANY_CALLER __attribute__((no_sanitize("function")))
#else
#define KIT_ANY_CALLER
#endif

namespace kit {
namespace {

constexpr bool is_little_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

using Pool = std::array<void *, most_thunks>;

template <size_t Number, typename... Words>
KIT_ANY_CALLER int32_t BATON_CALL thunk(Words... words) {
  void *arguments[] = {static_cast<void *>(&words)...};
  return enter_thunk(sizeof...(words), Number, arguments);
}

template <typename... Words, size_t... Numbers>
Pool pool(std::index_sequence<Numbers...>) {
  return {address_of(&thunk<Numbers, Words...>)...};
}

template <size_t>
using Word = uintptr_t;

template <size_t... Places>
Pool pool_with(std::index_sequence<Places...>) {
  return pool<Word<Places>...>(std::make_index_sequence<most_thunks>());
}

template <size_t... Arities>
std::array<Pool, sizeof...(Arities)> pools(std::index_sequence<Arities...>) {
  return {pool_with(std::make_index_sequence<Arities + 1>())...};
}

/** An argument that is smaller than its register lies at its lower end. */
bool is_word(const ffi_type *type) {
  return type->size == sizeof(uintptr_t) ||
         (type->size < sizeof(uintptr_t) && is_little_endian);
}

}  // namespace

void *thunk_for(const Signature &signature, size_t number) {
  static const auto made = pools(std::make_index_sequence<most_words>());
  const size_t arity = signature.arity();
  const auto refuse = [&](const std::string &why) {
    throw std::runtime_error(signature.name() + ": no thunk, " + why);
  };
  if (arity == 0 || arity > most_words) {
    refuse("it has " + std::to_string(arity) +
           " arguments, and thunks have 1 to " + std::to_string(most_words));
  }
  for (size_t at = 0; at < arity; at++) {
    if (!is_word(signature.cif()->arg_types[at])) {
      refuse("argument " + std::to_string(at + 1) + " is no word");
    }
  }
  if (number >= most_thunks) {
    refuse("all " + std::to_string(most_thunks) + " that have " +
           std::to_string(arity) + " arguments are in use");
  }
  return made[arity - 1][number];
}

}  // namespace kit
