/* SPDX-License-Identifier: MIT */
#ifndef KIT_USAGE_ERROR_H
#define KIT_USAGE_ERROR_H

#include <string>

namespace kit {

/** What the user asked for makes no sense: in one line, with what to do. */
struct UsageError {
  std::string text;
};

}  // namespace kit

#endif
