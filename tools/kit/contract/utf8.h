/* SPDX-License-Identifier: MIT */
#ifndef KIT_UTF8_H
#define KIT_UTF8_H

#include <string>

/** @file
 * Text that came from somebody else.
 */

namespace kit {

/** Whether it is UTF-8 in shortest form, without surrogates. */
bool is_utf8(const std::string &text);

/** The same, and without control characters, which a terminal would obey; a
 * line feed and a tab are allowed. */
bool is_printable_utf8(const std::string &text);

/** What can be shown of it: what is not printable becomes a question mark. */
std::string printable(const std::string &text);

}  // namespace kit

#endif
