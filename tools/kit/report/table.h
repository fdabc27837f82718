/* SPDX-License-Identifier: MIT */
#ifndef KIT_TABLE_H
#define KIT_TABLE_H

#include <ostream>

#include "../run/examine.h"

/** @file
 * The report for people: for each tier the requirements and how they stand,
 * then each failure, then what may be claimed.
 */

namespace kit {

/** @param colours whether the reader is a terminal */
void write_table(std::ostream &to, const Examination &found,
                 const Settings &settings, bool colours);

}  // namespace kit

#endif
