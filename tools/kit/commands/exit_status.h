/* SPDX-License-Identifier: MIT */
#ifndef KIT_EXIT_STATUS_H
#define KIT_EXIT_STATUS_H

namespace kit {

/** Of every command. */
enum ExitStatus {
  conforms = 0,
  does_not_conform = 1,
  could_not_run = 2,
  nothing_matched = 3,
};

}  // namespace kit

#endif
