/* SPDX-License-Identifier: MIT */
#ifndef KIT_MEMORY_H
#define KIT_MEMORY_H

#include <cstddef>

/** @file
 * Looks at addresses that a target gave, which may be anything.
 */

namespace kit {

/** Whether these bytes can be read. Asks the kernel: nothing faults. */
bool is_readable(const void *at, size_t size);

/** Whether a terminated text of at most 64 KiB is there. */
bool is_text(const char *at);

}  // namespace kit

#endif
