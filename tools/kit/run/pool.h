/* SPDX-License-Identifier: MIT */
#ifndef KIT_POOL_H
#define KIT_POOL_H

#include <functional>
#include <string>
#include <vector>

#include "process.h"

/** @file
 * Runs worker processes, some at a time.
 */

namespace kit {

/** What a worker left. */
struct Report {
  std::vector<Record> records;
  Ending ending;
  std::string output;
  double seconds = 0;
};

/** What a worker is started for. */
struct Task {
  std::vector<std::string> words;
  unsigned limits = 1; /**< how many time limits it has */
};

/** Thrown when the user has ended the kit: the signal. */
struct Interrupted {
  int signal;
};

class Pool {
 public:
  Pool(unsigned jobs, double timeout);
  ~Pool();
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;

  /** Runs a worker for each task. It is killed when the time limit has passed
   * since it began or since it was last seen to have ended another job.
   * @param on_end gets the index and the report of each, in the order in which
   *   they end; if it gives false no more are started.
   * @throws Interrupted, when all have been killed. */
  void run(const std::vector<Task> &tasks,
           const std::function<bool(size_t, Report)> &on_end);

 private:
  struct Running;
  void wait(const std::vector<Running> &running) const;
  bool late(Running &one, unsigned limits) const;
  void heed_signals() const;

  unsigned jobs_;
  Clock::duration timeout_;
  int signals_;
  std::vector<pid_t> foreign_; /**< children that are none of ours */
};

}  // namespace kit

#endif
