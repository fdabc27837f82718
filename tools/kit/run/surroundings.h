/* SPDX-License-Identifier: MIT */
#ifndef KIT_SURROUNDINGS_H
#define KIT_SURROUNDINGS_H

#include <signal.h>
#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../base/verdict.h"

/** @file
 * What a library shares with its process, and may not spend or change.
 *
 * The contract has no rule for most of it, so what is found cites none.
 *
 * A child process that is left is a leak. A thread or a descriptor is not by
 * itself: a runtime makes a pool of threads or an event loop when it is first
 * used, and keeps it. Only what comes on top with each repetition of the same
 * check is a leak, for which the check is repeated more often than a pool with
 * a thread for each processor can grow.
 */

namespace kit {

struct Surroundings {
  std::map<int, std::string> descriptors; /**< and what they are open on */
  std::map<pid_t, std::string> threads;   /**< and their names */
  std::vector<pid_t> children;
  std::string folder; /**< the current one */
  mode_t mask;        /**< of new files */
  sigset_t blocked;   /**< signals, on this thread */

  /** Those of this process, at this moment. */
  static Surroundings now();
};

/** What was changed that is not the library's to change: descriptors that it
 * closed, the current folder, the masks. Empty if nothing was. */
std::string changes(const Surroundings &before, const Surroundings &after);

/** The child processes that are new: "child process 4711 (sleep)". */
std::string new_children(const Surroundings &before, const Surroundings &after);

/** Lowers the verdict of a check for what it has left behind.
 * @param again runs the same check once more */
void judge_surroundings(const Surroundings &before,
                        const std::function<void()> &again, Result *result);

}  // namespace kit

#endif
