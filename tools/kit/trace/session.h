/* SPDX-License-Identifier: MIT */
#ifndef KIT_SESSION_H
#define KIT_SESSION_H

#include "../run/pool.h"
#include "trace.h"

/** @file
 * Traces and chunks of them, played in workers. Nothing here loads a target.
 */

namespace kit {

/** Programs of one chunk. */
constexpr uint64_t chunk_programs = 25;

/** A chunk: the programs that are determined by a seed. */
std::vector<std::string> chunk_arguments(const std::string &target,
                                         uint64_t seed,
                                         const std::vector<std::string> &with);
std::vector<std::string> trace_arguments(const std::string &target,
                                         const std::string &file);

/** What a worker tells. */
struct Playback {
  std::string refused; /**< why the target cannot be loaded, else empty */
  std::vector<std::string> subjects; /**< of a chunk: what can be created */
  uint64_t program = 0;              /**< of a chunk: the last that began */
  std::vector<Seen> seen;            /**< of a trace */
  std::string verdict;               /**< "COR-9", "SIGSEGV"; "" if none */
  std::string expected, came;
};

Playback playback_of(const Report &report);

/** Plays traces on one target, each in a worker of its own. */
class Session {
 public:
  Session(std::string target, double timeout);
  ~Session();
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;

  /** @throws UsageError if the target cannot be loaded. */
  Playback play(const Trace &trace);

 private:
  std::string target_;
  double timeout_;
  std::string file_; /**< where a trace waits for its worker */
};

/** The worker's side: `words` as above, and the journal's descriptor. */
[[noreturn]] void trace_worker(const std::vector<std::string> &words);

}  // namespace kit

#endif
