/* SPDX-License-Identifier: MIT */
#ifndef KIT_LITERAL_H
#define KIT_LITERAL_H

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/** @file
 * Calls as people write them: countdown(3, "text", none, true, 1.5).
 */

namespace kit {

/** none, a truth, an integer, a number, a text. */
using Literal =
    std::variant<std::monostate, bool, int64_t, double, std::string>;

struct CallText {
  std::string name;
  std::vector<Literal> arguments;
};

/** Reads "name" or "name(argument, ...)".
 * @throws std::invalid_argument saying what is wrong and where. */
CallText parse_call(const std::string &text);

}  // namespace kit

#endif
