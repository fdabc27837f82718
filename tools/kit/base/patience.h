/* SPDX-License-Identifier: MIT */
#ifndef KIT_PATIENCE_H
#define KIT_PATIENCE_H

#include <chrono>

namespace kit {

/** How long the running job may still wait for its target, in all: less than
 * its time limit, so that what never comes is a broken rule and not a HANG. */
std::chrono::duration<double> patience();

/** At the start of a job, of its time limit. */
void renew_patience(double time_limit);

/** Uses up patience while it lives. */
class Waiting {
 public:
  Waiting() = default;
  ~Waiting();
  Waiting(const Waiting &) = delete;
  Waiting &operator=(const Waiting &) = delete;

 private:
  std::chrono::steady_clock::time_point began_ =
      std::chrono::steady_clock::now();
};

}  // namespace kit

#endif
