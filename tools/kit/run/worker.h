/* SPDX-License-Identifier: MIT */
#ifndef KIT_WORKER_H
#define KIT_WORKER_H

#include <string>
#include <vector>

#include "../base/pretence.h"
#include "job.h"

/** @file
 * The worker: the only process that loads a target.
 */

namespace kit {

/** A job, and the seed of its bench. */
struct Turn {
  Job job;
  uint64_t seed;
};

/** What a worker is told. */
struct Errand {
  std::string target;
  unsigned memory = 0; /**< MiB of addresses; 0 is as much as there is */
  double timeout = 5;  /**< seconds, of each job */
  Pretence pretence;
  /** One after the other, each with a fresh bench. None: only load, and tell
   * what is there. */
  std::vector<Turn> turns;
};

/** Of several jobs each ends with it on the standard output, so that what was
 * written can be told apart. */
constexpr char end_of_output = '\x1e';

/** The words to start a worker with. */
std::vector<std::string> worker_arguments(const Errand &errand);

/** `baton-kit worker ...`. Does not return: what the target would do at exit
 * is no part of a check. */
[[noreturn]] void worker_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
