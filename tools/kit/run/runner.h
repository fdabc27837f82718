/* SPDX-License-Identifier: MIT */
#ifndef KIT_RUNNER_H
#define KIT_RUNNER_H

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../load/library.h"
#include "job.h"
#include "settings.h"

/** @file
 * Where jobs run: in workers, or all in this process.
 */

namespace kit {

/** What a target says of itself. */
struct Identity {
  std::string name, version, language, abi;
  std::vector<std::string> exports;
};

class Runner {
 public:
  virtual ~Runner() = default;

  /** Loads the target. @return the result of the check "load".
   * @throws LoadError if it cannot be checked */
  virtual Result load(Identity *identity) = 0;

  /** Runs jobs, tells each result; if `on_end` gives false, begins no more. */
  virtual void run(const std::vector<Job> &jobs,
                   const std::function<bool(const Job &, Result)> &on_end) = 0;
};

std::unique_ptr<Runner> make_isolated(const Settings &settings,
                                      const std::string &target);
std::unique_ptr<Runner> make_in_process(const Settings &settings,
                                        const std::string &target);

Identity identity_of(const Library &library);

/** A library that breaks a rule in such a way that nothing can be called. */
Result failed_load(const LoadError &error);

}  // namespace kit

#endif
