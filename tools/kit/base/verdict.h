/* SPDX-License-Identifier: MIT */
#ifndef KIT_VERDICT_H
#define KIT_VERDICT_H

#include <string>
#include <vector>

/** @file
 * What a check has found.
 */

namespace kit {

enum class Verdict {
  pass,
  warn,  /**< only requirements of the weaker level, or advice */
  skip,  /**< not applicable to this target; `reason` says why */
  fail,  /**< `broken` says what */
  leak,  /**< all answers were right, but something was not given back */
  crash, /**< the worker ended before the check did */
  hang,  /**< the worker was killed at the time limit */
};

/** One rule that was broken. */
struct Broken {
  std::string requirement; /**< "COR-2" */
  std::string expected;
  std::string came;
};

struct Result {
  std::string check; /**< its id */
  Verdict verdict = Verdict::pass;
  std::vector<Broken> broken; /**< of fail, leak and warn; the first counts */
  std::string reason;         /**< of skip, crash ("SIGSEGV") and hang */
  std::string output;         /**< what the target wrote meanwhile; bounded */
  double seconds = 0;
};

const char *name_of(Verdict verdict); /**< "PASS" */

}  // namespace kit

#endif
