// SPDX-License-Identifier: MIT
#include "examine.h"

#include <algorithm>
#include <set>

#include "../base/literal.h"
#include "usage_error.h"

namespace kit {
namespace {

class Examiner {
 public:
  Examiner(const Settings &settings, const std::string &target,
           const Progress &progress)
      : settings_(settings), progress_(progress) {
    found_.path = target;
    if (auto error = inspect_file(target)) throw *error;
    runner_ = settings.in_process ? make_in_process(settings, target)
                                  : make_isolated(settings, target);
  }

  Examination examine() {
    if (load()) {
      find_subjects();
      if (!stopped_) run_checks();
    }
    for (Outcome &outcome : stale(settings_.quirks, found_.outcomes))
      found_.outcomes.push_back(std::move(outcome));
    auto by_id = [](const Outcome &one, const Outcome &other) {
      return std::make_pair(one.job.id(), one.job.round) <
             std::make_pair(other.job.id(), other.job.round);
    };
    std::sort(found_.outcomes.begin(), found_.outcomes.end(), by_id);
    return std::move(found_);
  }

 private:
  bool selected(const Job &job) const {
    return settings_.selection.has(*job.check, job.id());
  }

  void leave_out(const Job &job) { partial_.insert(job.check->tier); }

  /** @return whether to go on */
  bool keep(const Job &job, Result result) {
    Outcome outcome{job, std::move(result), ""};
    outcome.deviation = deviation(settings_.quirks, outcome);
    stopped_ |= settings_.fail_fast && outcome.failed();
    found_.outcomes.push_back(std::move(outcome));
    return !stopped_;
  }

  /** @return whether anything can be called */
  bool load() {
    const Job job{find_check("load"), "", 0};
    Result result;
    bool loaded = false;
    try {
      result = runner_->load(&found_.identity);
      loaded = result.verdict < Verdict::crash;
    } catch (const LoadError &error) {
      if (error.requirement.empty()) throw;
      result = failed_load(error);
    }
    const bool shown = !loaded || selected(job);
    if (shown) keep(job, std::move(result));
    return loaded && !stopped_;
  }

  /** Each export, with the arguments of the user if there are any. */
  std::vector<std::string> candidates() const {
    std::vector<std::string> all;
    std::set<std::string> given;
    for (const std::string &call : settings_.with) {
      const std::string name = parse_call(call).name;
      const auto &exports = found_.identity.exports;
      if (std::find(exports.begin(), exports.end(), name) == exports.end())
        throw UsageError{"--with '" + call + "': " + found_.path +
                         " has no export of that name"};
      given.insert(name);
      all.push_back(call);
    }
    for (const std::string &name : found_.identity.exports)
      if (given.insert(name).second) all.push_back(name);
    return all;
  }

  /** Whether any check is to run on this export. */
  bool is_wanted(const std::string &subject) const {
    for (const Check &check : checks())
      if (check.each_export && selected({&check, subject, 0})) return true;
    return false;
  }

  /** The subjects are those for which the check "create" passes. */
  void find_subjects() {
    std::vector<Job> jobs;
    for (const std::string &subject : candidates())
      if (is_wanted(subject))
        jobs.push_back({find_check("create"), subject, 0});
    runner_->run(jobs, [&](const Job &job, Result result) {
      if (result.verdict == Verdict::pass) subjects_.push_back(job.subject);
      return !selected(job) || keep(job, std::move(result));
    });
  }

  /** Why a check has nothing to run on; empty if it has. */
  std::string missing(const Check &check) const {
    const auto &exports = found_.identity.exports;
    for (const std::string &name : check.exports)
      if (std::find(exports.begin(), exports.end(), name) == exports.end())
        return "the provider does not export " + name;
    if (check.each_export && subjects_.empty())
      return "no export gives a coroutine";
    return "";
  }

  void add(std::vector<Job> *jobs, const Job &job) {
    if (!selected(job)) return leave_out(job);
    const std::string reason = missing(*job.check);
    if (!reason.empty()) {
      Result result;
      result.check = job.check->id;
      result.verdict = Verdict::skip;
      result.reason = reason;
      keep(job, std::move(result));
      return;
    }
    for (unsigned round = 0; round < settings_.repeat; round++)
      jobs->push_back({job.check, job.subject, round});
  }

  std::vector<Job> plan() {
    std::vector<Job> jobs;
    for (const Check &check : checks()) {
      if (check.id == "load" || check.id == "create") continue;
      if (!check.each_export || subjects_.empty()) {
        add(&jobs, {&check, "", 0});
        continue;
      }
      for (const std::string &subject : subjects_)
        add(&jobs, {&check, subject, 0});
    }
    return jobs;
  }

  void run_checks() {
    const std::vector<Job> jobs = plan();
    size_t done = 0;
    progress_(done, jobs.size());
    runner_->run(jobs, [&](const Job &job, Result result) {
      progress_(++done, jobs.size());
      return keep(job, std::move(result));
    });
    found_.left_out = jobs.size() - done;
    if (found_.left_out > 0)
      for (const Job &job : jobs) leave_out(job);
    found_.partial.assign(partial_.begin(), partial_.end());
  }

  const Settings &settings_;
  const Progress &progress_;
  Examination found_;
  std::unique_ptr<Runner> runner_;
  std::vector<std::string> subjects_;
  std::set<Tier> partial_;
  bool stopped_ = false; /**< by --fail-fast */
};

}  // namespace

bool Examination::conforming() const {
  for (const Outcome &outcome : outcomes)
    if (outcome.failed()) return false;
  return true;
}

Examination examine(const Settings &settings, const std::string &target,
                    const Progress &progress) {
  return Examiner(settings, target, progress).examine();
}

}  // namespace kit
