// SPDX-License-Identifier: MIT
#include "../base/patience.h"
#include "run_check.h"
#include "runner.h"

namespace kit {
namespace {

class InProcess : public Runner {
 public:
  InProcess(const Settings &settings, std::string target)
      : settings_(settings), target_(std::move(target)) {
    set_pretence(settings.pretence);
  }

  Result load(Identity *identity) override {
    library_ = std::make_unique<Library>(target_);
    *identity = identity_of(*library_);
    Result result;
    result.check = "load";
    return result;
  }

  void run(const std::vector<Job> &jobs,
           const std::function<bool(const Job &, Result)> &on_end) override {
    for (const Job &job : jobs) {
      const uint64_t seed = seed_of(job, settings_.seed);
      renew_patience(settings_.timeout);
      if (!on_end(job, run_check(job, *library_, seed))) return;
    }
  }

 private:
  const Settings &settings_;
  std::string target_;
  std::unique_ptr<Library> library_;
};

}  // namespace

std::unique_ptr<Runner> make_in_process(const Settings &settings,
                                        const std::string &target) {
  return std::make_unique<InProcess>(settings, target);
}

}  // namespace kit
