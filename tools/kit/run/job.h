/* SPDX-License-Identifier: MIT */
#ifndef KIT_JOB_H
#define KIT_JOB_H

#include <cstdint>
#include <string>

#include "../base/check.h"
#include "../base/verdict.h"

/** @file
 * A job: one run of one check.
 */

namespace kit {

struct Job {
  const Check *check;
  std::string subject; /**< of KIT_CHECK_EACH: "countdown(3)"; else empty */
  unsigned round = 0;  /**< of --repeat */

  /** "send-value-created:countdown(3)" */
  std::string id() const {
    return subject.empty() ? check->id : check->id + ":" + subject;
  }
};

/** What came of a job, and how it counts. */
struct Outcome {
  Job job;
  Result result;
  std::string deviation; /**< why a quirks file allows it; else empty */

  bool failed() const {
    return result.verdict >= Verdict::fail && deviation.empty();
  }
};

/** A job's own seed: other jobs, and so filters, do not change it. */
uint64_t seed_of(const Job &job, uint64_t master);

/** How many time limits the jobs of a check may take, which are alone in their
 * workers if that is more than one. */
unsigned limits_for(const Check &check);

/** A check by its id; null if there is none. */
const Check *find_check(const std::string &id);

}  // namespace kit

#endif
