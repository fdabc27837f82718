/* SPDX-License-Identifier: MIT */
#ifndef KIT_JSON_H
#define KIT_JSON_H

#include <ostream>

#include "../run/examine.h"

/** @file
 * The report for programs: ../report.schema.json tells its shape.
 */

namespace kit {

/** One report; of several targets an array of them. */
void write_json(std::ostream &to, const std::vector<Examination> &found,
                const Settings &settings);

}  // namespace kit

#endif
