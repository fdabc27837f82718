/* SPDX-License-Identifier: MIT */
#ifndef KIT_INSPECT_REPORT_H
#define KIT_INSPECT_REPORT_H

#include "inspection.h"

namespace kit {

/** Writes to standard output, for people or for programs. */
void show_inspection(const Inspection &seen, const std::string &path,
                     bool json);

}  // namespace kit

#endif
