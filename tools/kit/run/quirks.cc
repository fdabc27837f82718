// SPDX-License-Identifier: MIT
#include "quirks.h"

#include <fnmatch.h>

#include <ctime>
#include <fstream>
#include <regex>

#include "usage_error.h"

namespace kit {
namespace {

std::string trimmed(const std::string &text) {
  const char *blanks = " \t\r";
  const size_t first = text.find_first_not_of(blanks);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/** "2026-11-21", in UTC. */
std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm broken_down{};
  gmtime_r(&now, &broken_down);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &broken_down);
  return text;
}

class Reader {
 public:
  explicit Reader(const std::string &path) : path_(path), from_(path) {
    if (!from_) throw UsageError{path + ": cannot be read; see --quirks"};
  }

  std::vector<Quirk> read() {
    for (std::string text; std::getline(from_, text);) {
      line_++;
      const std::string line = trimmed(text);
      if (line.empty() || line[0] == '#' || line[0] == ';') continue;
      if (line[0] == '[')
        begin(line);
      else
        set(line);
    }
    end();
    return std::move(quirks_);
  }

 private:
  [[noreturn]] void fail(const std::string &what) const {
    throw UsageError{path_ + ":" + std::to_string(line_) + ": " + what};
  }

  void begin(const std::string &line) {
    end();
    if (line.back() != ']') fail("expected ']' at the end");
    const std::string pattern = trimmed(line.substr(1, line.size() - 2));
    const std::string id = pattern.substr(0, pattern.find(':'));
    if (!known(id)) fail("no check is named '" + id + "'; see --list");
    quirks_.push_back({pattern, "", "", "", "", false});
  }

  static bool known(const std::string &glob) {
    for (const Check &check : checks())
      if (fnmatch(glob.c_str(), check.id.c_str(), 0) == 0) return true;
    return false;
  }

  void end() const {
    if (quirks_.empty()) return;
    const Quirk &quirk = quirks_.back();
    if (quirk.reason.empty()) fail("[" + quirk.pattern + "] needs a reason");
    if (!quirk.without.empty() && !quirk.requirement.empty())
      fail("[" + quirk.pattern +
           "] has `without`, and can have no requirement");
  }

  void set(const std::string &line) {
    const size_t equals = line.find('=');
    if (equals == std::string::npos) fail("expected [check] or key = value");
    if (quirks_.empty()) fail("expected [check] first");
    const std::string key = trimmed(line.substr(0, equals));
    const std::string value = trimmed(line.substr(equals + 1));
    Quirk &quirk = quirks_.back();
    if (key == "reason")
      quirk.reason = value;
    else if (key == "expires")
      quirk.expired = (quirk.expires = date(value)) < today();
    else if (key == "requirement")
      quirk.requirement = value;
    else if (key == "without" && quirk.pattern == "walk" && value.empty())
      fail("`without` names nothing");
    else if (key == "without" && quirk.pattern == "walk")
      quirk.without = value;
    else
      fail("unknown key '" + key + "'; there are reason, expires, requirement" +
           (quirk.pattern == "walk" ? ", without" : ""));
  }

  std::string date(const std::string &value) const {
    static const std::regex form("[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]");
    if (!std::regex_match(value, form))
      fail("expected a date such as 2027-06-30, not '" + value + "'");
    return value;
  }

  const std::string &path_;
  std::ifstream from_;
  unsigned line_ = 0;
  std::vector<Quirk> quirks_;
};

bool is_about(const Quirk &quirk, const Job &job) {
  return fnmatch(quirk.pattern.c_str(), job.id().c_str(), 0) == 0 ||
         fnmatch(quirk.pattern.c_str(), job.check->id.c_str(), 0) == 0;
}

bool allows(const Quirk &quirk, const Outcome &outcome) {
  if (!quirk.without.empty() || !is_about(quirk, outcome.job)) return false;
  if (quirk.requirement.empty()) return true;
  for (const Broken &broken : outcome.result.broken)
    if (broken.requirement != quirk.requirement) return false;
  return !outcome.result.broken.empty();
}

/** No check of a target, but reported as one. */
Outcome failure(const Quirk &quirk, const std::string &reason) {
  static const Check declared{
      "quirk",    "A deviation that is declared occurs, and has not expired.",
      Tier::core, {},
      {},         false,
      nullptr};
  Outcome outcome{{&declared, quirk.pattern}, {}, ""};
  outcome.result.check = declared.id;
  outcome.result.verdict = Verdict::fail;
  outcome.result.reason = reason;
  return outcome;
}

}  // namespace

std::vector<Quirk> read_quirks(const std::string &path) {
  return Reader(path).read();
}

std::string without(const std::vector<Quirk> &quirks) {
  std::string words;
  for (const Quirk &quirk : quirks)
    if (!quirk.expired && !quirk.without.empty()) words += quirk.without + " ";
  return trimmed(words);
}

std::string deviation(const std::vector<Quirk> &quirks,
                      const Outcome &outcome) {
  if (outcome.result.verdict < Verdict::fail) return "";
  for (const Quirk &quirk : quirks)
    if (!quirk.expired && allows(quirk, outcome)) return quirk.reason;
  return "";
}

std::vector<Outcome> stale(const std::vector<Quirk> &quirks,
                           const std::vector<Outcome> &outcomes) {
  std::vector<Outcome> failures;
  for (const Quirk &quirk : quirks) {
    bool has_run = false, occurred = false;
    for (const Outcome &outcome : outcomes) {
      if (!is_about(quirk, outcome.job)) continue;
      has_run |= outcome.result.verdict != Verdict::skip;
      occurred |=
          outcome.result.verdict >= Verdict::fail && allows(quirk, outcome);
    }
    if (!has_run) continue;  // it was not asked for
    if (quirk.expired)
      failures.push_back(failure(quirk, "it expired on " + quirk.expires));
    else if (!occurred && quirk.without.empty())
      failures.push_back(failure(quirk, "it does not occur: remove it"));
  }
  return failures;
}

}  // namespace kit
