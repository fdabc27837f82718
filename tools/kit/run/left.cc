// SPDX-License-Identifier: MIT
#include "left.h"

#include <algorithm>
#include <cstdlib>

#include "worker.h"

namespace kit {
namespace {

Verdict verdict_named(const std::string &name) {
  for (Verdict verdict : {Verdict::pass, Verdict::warn, Verdict::skip,
                          Verdict::fail, Verdict::leak})
    if (name == name_of(verdict)) return verdict;
  return Verdict::crash;
}

/** Follows the records of one job. */
class Reading {
 public:
  explicit Reading(const std::string &check) { result_.check = check; }

  void take(const Record &record) {
    const std::string &kind = record[0];
    if (kind == "phase" && record.size() == 2) phase_ = record[1];
    if (kind == "broken" && record.size() == 4)
      result_.broken.push_back({record[1], record[2], record[3]});
    if (kind == "result" && record.size() == 4) {
      finished_ = true;
      result_.verdict = verdict_named(record[1]);
      result_.reason = record[2];
      const double seconds = std::strtod(record[3].c_str(), nullptr);
      result_.seconds = std::clamp(seconds, 0.0, 1e6);
    }
  }

  bool finished() const { return finished_; }
  const std::string &phase() const { return phase_; }
  Result result() && { return std::move(result_); }

 private:
  Result result_;
  std::string phase_ = "before it was loaded";
  bool finished_ = false;
};

/** What each of `count` jobs has written; none if that cannot be told. */
std::vector<std::string> outputs(const std::string &text, size_t count) {
  std::vector<std::string> parts;
  size_t from = 0;
  for (size_t at; (at = text.find(end_of_output, from)) != std::string::npos;
       from = at + 1)
    parts.push_back(text.substr(from, at - from));
  if (parts.size() != count) parts.clear();
  return parts;
}

}  // namespace

Result result_of(const std::string &check, const Report &report) {
  Reading reading(check);
  for (const Record &record : report.records) reading.take(record);
  const bool finished = reading.finished();
  const std::string phase = reading.phase();
  Result result = std::move(reading).result();
  result.output = report.output;
  result.seconds = report.seconds;
  if (finished) return result;
  result.verdict = report.ending.hung ? Verdict::hang : Verdict::crash;
  result.reason = report.ending.text() + " " + phase;
  return result;
}

std::vector<std::optional<Result>> results_of(const std::vector<Job> &jobs,
                                              const Report &report) {
  std::vector<Reading> readings;
  for (const Record &record : report.records) {
    if (record[0] == "job" && readings.size() < jobs.size())
      readings.emplace_back(jobs[readings.size()].check->id);
    else if (!readings.empty())
      readings.back().take(record);
  }
  if (!readings.empty() && !readings.back().finished()) readings.pop_back();
  const auto written = outputs(report.output, readings.size());
  std::vector<std::optional<Result>> results(jobs.size());
  for (size_t at = 0; at < written.size(); at++) {
    Result result = std::move(readings[at]).result();
    const bool good =
        result.verdict == Verdict::pass || result.verdict == Verdict::skip;
    if (!good || !result.broken.empty()) continue;
    result.output = written[at];
    results[at] = std::move(result);
  }
  return results;
}

void read_identity(const Report &report, Identity *identity) {
  for (const Record &record : report.records) {
    if (record[0] == "target" && record.size() == 5) {
      identity->name = record[1];
      identity->version = record[2];
      identity->language = record[3];
      identity->abi = record[4];
    }
    if (record[0] == "export" && record.size() == 2)
      identity->exports.push_back(record[1]);
    if (record[0] == "refused" && record.size() == 3)
      throw LoadError{record[1], record[2]};
  }
}

}  // namespace kit
