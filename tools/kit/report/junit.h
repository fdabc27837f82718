/* SPDX-License-Identifier: MIT */
#ifndef KIT_JUNIT_H
#define KIT_JUNIT_H

#include <ostream>

#include "../run/examine.h"

/** @file
 * The report for CI systems: JUnit XML, one test suite for each target.
 */

namespace kit {

void write_junit(std::ostream &to, const std::vector<Examination> &found,
                 const Settings &settings);

}  // namespace kit

#endif
