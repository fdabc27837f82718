/* SPDX-License-Identifier: MIT */
#ifndef KIT_PROCESS_H
#define KIT_PROCESS_H

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "journal.h"

/** @file
 * A worker process, seen from outside.
 */

namespace kit {

using Clock = std::chrono::steady_clock;

/** What a process wrote: its first and its last bytes. */
class Capture {
 public:
  void add(const char *bytes, size_t size);
  std::string text() const;

 private:
  std::string head_, tail_;
  size_t dropped_ = 0;
};

/** How a process ended. */
struct Ending {
  bool hung = false;        /**< it was killed at the time limit */
  bool stopped = false;     /**< it had stopped itself by then */
  int status = 0;           /**< as waitpid tells */
  std::string text() const; /**< "SIGSEGV", "exit(0)", "no end after ..." */
};

/** In a session of its own, so that signals to its group and its terminal reach
 * no one else; it dies with its parent; 0 is /dev/null, 1 and 2 are captured;
 * of all other descriptors it has the journal's alone. */
class Process {
 public:
  /** Starts this program with `arguments`, to which the journal's descriptor
   * is added. @throws std::system_error */
  explicit Process(const std::vector<std::string> &arguments);
  /** Kills what is left of it. */
  ~Process();
  Process(const Process &) = delete;
  Process &operator=(const Process &) = delete;

  pid_t pid() const { return pid_; }
  int output() const { return output_; } /**< to poll; does not block */
  Clock::time_point began() const { return began_; }

  /** Reads what there is. @return false if no one can write any more. */
  bool read_output();
  /** Whether it has ended; then `ending` is set. */
  bool ended();
  /** Ends it and its group, at the time limit. */
  void kill_hung();

  const Ending &ending() const { return ending_; }
  std::string text() const { return capture_.text(); }
  std::vector<Record> records() const { return journal_.read(); }

 private:
  [[noreturn]] void become(const std::vector<std::string> &arguments,
                           int output, pid_t parent);

  Journal journal_;
  pid_t pid_ = -1;
  int output_ = -1;
  bool reaped_ = false;
  Clock::time_point began_;
  Capture capture_;
  Ending ending_;
};

/** "SIGSEGV" */
std::string signal_name(int number);

}  // namespace kit

#endif
