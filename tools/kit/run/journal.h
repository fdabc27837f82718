/* SPDX-License-Identifier: MIT */
#ifndef KIT_JOURNAL_H
#define KIT_JOURNAL_H

#include <string>
#include <vector>

/** @file
 * The journal: what a worker tells its supervisor.
 *
 * It is memory that both share, not a pipe: the target may close every
 * descriptor of its process. Records are appended, each prefixed by its
 * length; what was written stays readable after the worker has died.
 *
 *   phase TEXT                        what is done now: "loading"
 *   job                               the next one begins
 *   target NAME VERSION LANGUAGE ABI  of the provider
 *   export NAME                       one that can be called
 *   refused TEXT REQUIREMENT          the target cannot be loaded
 *   broken REQUIREMENT EXPECTED CAME  as soon as it is known
 *   result VERDICT REASON SECONDS     the last one of a job
 */

namespace kit {

using Record = std::vector<std::string>;

class Journal {
 public:
  /** The supervisor's end: shared memory behind a descriptor to hand down. */
  Journal();
  /** The worker's end. Closes the descriptor: the mapping stays. */
  explicit Journal(int descriptor);
  ~Journal();
  Journal(const Journal &) = delete;
  Journal &operator=(const Journal &) = delete;

  int descriptor() const { return descriptor_; }
  void close_descriptor();

  /** Appends. Does nothing if it is full, or in a copy of the process that the
   * target has forked. */
  void write(const Record &record);
  /** All that are whole. Trusts no byte: the target can write here too. */
  std::vector<Record> read() const;

 private:
  struct Memory;
  void map();

  int descriptor_;
  int owner_;
  Memory *memory_ = nullptr;
};

}  // namespace kit

#endif
