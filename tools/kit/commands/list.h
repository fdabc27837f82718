/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_LIST_H
#define KIT_COMMAND_LIST_H

#include "../run/settings.h"

namespace kit {

/** Shows the checks that are selected. @return the exit status */
int list_checks(const Selection &selection, bool json);

}  // namespace kit

#endif
