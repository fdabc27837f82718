/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_WORDS_HPP
#define INTEROP_WORDS_HPP

#include <baton/baton.hpp>

#include "../host/witness.h"

/** @file
 * Values and errors as words of a trace, and back: see ../README.md.
 */

namespace interop {

/** Who hears what bodies and drivers say. */
class witness {
 public:
  explicit witness(const baton::value &from)
      : table_(static_cast<const interop_witness *>(
            baton_find(from.get(), INTEROP_WITNESS))) {}

  void say(std::string_view line) const {
    table_->say(line.data(), line.size());
  }
  void act(std::string_view name) const {
    table_->act(name.data(), name.size());
  }
  std::int64_t identify(const baton::value &object) const {
    return table_->identify(object.get());
  }

 private:
  const interop_witness *table_;
};

std::string value_words(const witness &hears, const baton::value &told);
std::string error_words(const witness &hears, std::exception_ptr thrown);

baton::value read_value(std::string_view text);
/** Reads "KIND MESSAGE". */
baton::error read_error(std::string_view text);

/** Takes the steps of `script` with what `object` holds. */
void drive(baton::value object, const std::string &script,
           const witness &hears);

}  // namespace interop

#endif
