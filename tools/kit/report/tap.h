/* SPDX-License-Identifier: MIT */
#ifndef KIT_TAP_H
#define KIT_TAP_H

#include <ostream>

#include "../run/examine.h"

/** @file
 * The report as TAP 14, https://testanything.org.
 */

namespace kit {

void write_tap(std::ostream &to, const std::vector<Examination> &found,
               const Settings &settings);

}  // namespace kit

#endif
