/* SPDX-License-Identifier: MIT */
#ifndef KIT_PROGRAM_H
#define KIT_PROGRAM_H

#include <string>
#include <vector>

namespace kit {

/** What a program has written to its standard output, and how it ended. */
struct Ended {
  int status; /**< as waitpid tells */
  std::string output;
};

/** Runs a program, found by PATH, to its end. @throws std::system_error if it
 * cannot be started */
Ended run_program(const std::vector<std::string> &words);

}  // namespace kit

#endif
