// SPDX-License-Identifier: MIT
#include <algorithm>

#include "left.h"
#include "pool.h"
#include "runner.h"
#include "worker.h"

namespace kit {
namespace {

/** A worker takes so many: an interpreter in the target takes its time to
 * load. */
constexpr size_t largest_batch = 32;

using OnEnd = std::function<bool(const Job &, Result)>;

class Isolated : public Runner {
 public:
  Isolated(const Settings &settings, std::string target)
      : settings_(settings),
        target_(std::move(target)),
        pool_(settings.jobs, settings.timeout) {}

  Result load(Identity *identity) override {
    Report left;
    pool_.run({task({})}, [&](size_t, Report report) {
      left = std::move(report);
      return true;
    });
    read_identity(left, identity);
    return result_of("load", left);
  }

  /** First in batches. A job for which that gives no result that counts is run
   * again in a worker of its own, whose result does. */
  void run(const std::vector<Job> &jobs, const OnEnd &on_end) override {
    std::vector<Job> alone, together;
    for (const Job &job : jobs)
      (is_alone(job) ? alone : together).push_back(job);
    std::vector<std::vector<Job>> batches;
    std::vector<Task> tasks;
    for (const std::vector<Job> &batch : batches_of(together)) {
      if (batch.size() == 1) {
        alone.push_back(batch[0]);
        continue;
      }
      batches.push_back(batch);
      tasks.push_back(task(batch));
    }
    bool goes_on = true;
    pool_.run(tasks, [&](size_t index, const Report &report) {
      const std::vector<Job> &batch = batches[index];
      auto results = results_of(batch, report);
      for (size_t at = 0; at < batch.size(); at++) {
        if (!results[at])
          alone.push_back(batch[at]);
        else if (!on_end(batch[at], *std::move(results[at])))
          goes_on = false;
      }
      return goes_on;
    });
    if (goes_on) run_alone(alone, on_end);
  }

 private:
  bool is_alone(const Job &job) const {
    return settings_.isolate || limits_for(*job.check) > 1;
  }

  void run_alone(const std::vector<Job> &jobs, const OnEnd &on_end) {
    std::vector<Task> tasks;
    for (const Job &job : jobs) tasks.push_back(task({job}));
    pool_.run(tasks, [&](size_t index, const Report &report) {
      return on_end(jobs[index], result_of(jobs[index].check->id, report));
    });
  }

  /** Enough of them to occupy each worker. */
  std::vector<std::vector<Job>> batches_of(const std::vector<Job> &jobs) const {
    const size_t share = (jobs.size() + settings_.jobs - 1) / settings_.jobs;
    const size_t size = std::clamp<size_t>(share, 1, largest_batch);
    std::vector<std::vector<Job>> batches;
    for (size_t at = 0; at < jobs.size(); at += size) {
      const size_t end = std::min(at + size, jobs.size());
      batches.emplace_back(jobs.begin() + static_cast<ptrdiff_t>(at),
                           jobs.begin() + static_cast<ptrdiff_t>(end));
    }
    return batches;
  }

  Task task(const std::vector<Job> &jobs) const {
    Errand errand{
        target_, settings_.memory, settings_.timeout, settings_.pretence, {}};
    unsigned limits = 1;
    for (const Job &job : jobs) {
      errand.turns.push_back({job, seed_of(job, settings_.seed)});
      limits = std::max(limits, limits_for(*job.check));
    }
    return {worker_arguments(errand), limits};
  }

  const Settings &settings_;
  std::string target_;
  Pool pool_;
};

}  // namespace

std::unique_ptr<Runner> make_isolated(const Settings &settings,
                                      const std::string &target) {
  return std::make_unique<Isolated>(settings, target);
}

}  // namespace kit
