/* SPDX-License-Identifier: MIT */
#ifndef KIT_ENVIRONMENT_H
#define KIT_ENVIRONMENT_H

#include <string>
#include <utility>
#include <vector>

#include "../run/settings.h"

/** @file
 * Where a check was run: what somebody needs to run it again.
 */

namespace kit {

/** Names and values: platform, compiler, jobs, ... */
using Environment = std::vector<std::pair<std::string, std::string>>;

Environment environment(const Settings &settings);

std::string kit_version(); /**< "0.1.0" */
std::string kit_abi();     /**< "0.1" */

}  // namespace kit

#endif
