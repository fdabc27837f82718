/* SPDX-License-Identifier: MIT */
#ifndef KIT_ARGUMENTS_H
#define KIT_ARGUMENTS_H

#include <string>
#include <vector>

#include "../play/value.h"
#include "literal.h"

/** @file
 * What an export is called with when a check runs on each of them.
 */

namespace kit {

class Bench;

/** The arguments of "countdown(3)"; of a bare name those that its body of the
 * kit takes ("kit.give" gets an integer), else none.
 * @throws std::invalid_argument if they cannot be read. */
std::vector<Value> arguments_for(Bench &bench, const std::string &subject);

}  // namespace kit

#endif
