// SPDX-License-Identifier: MIT
#include "table.h"

#include <algorithm>
#include <iomanip>

#include "../contract/utf8.h"
#include "environment.h"
#include "explain.h"
#include "statement.h"

namespace kit {
namespace {

constexpr size_t widest_check = 40;

/** All jobs of one check. */
struct Row {
  const Check *check;
  std::vector<const Outcome *> outcomes;

  size_t count(Verdict verdict) const {
    return static_cast<size_t>(std::count_if(
        outcomes.begin(), outcomes.end(), [&](const Outcome *outcome) {
          return outcome->result.verdict == verdict;
        }));
  }

  /** The worst of its jobs; to be skipped is better than anything else. */
  const Outcome &worst() const {
    auto weight = [](const Outcome *outcome) {
      if (outcome->result.verdict == Verdict::skip) return -1;
      return static_cast<int>(outcome->result.verdict) +
             (outcome->failed() ? 100 : 0);
    };
    return **std::max_element(outcomes.begin(), outcomes.end(),
                              [&](const Outcome *one, const Outcome *other) {
                                return weight(one) < weight(other);
                              });
  }
};

std::vector<Row> rows_of(const Examination &found, Tier tier) {
  std::vector<Row> rows;
  for (const Outcome &outcome : found.outcomes) {
    if (outcome.job.check->tier != tier) continue;
    if (rows.empty() || rows.back().check != outcome.job.check)
      rows.push_back({outcome.job.check, {}});
    rows.back().outcomes.push_back(&outcome);
  }
  return rows;
}

std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

class Table {
 public:
  Table(std::ostream &to, const Examination &found, const Settings &settings,
        bool colours)
      : to_(to), found_(found), settings_(settings), colours_(colours) {}

  void write() {
    write_head();
    for (const auto &[tier, standing] : standings(found_)) write_tier(tier);
    for (const Outcome &outcome : found_.outcomes)
      if (outcome.result.verdict >= Verdict::fail) write_failure(outcome);
    write_foot();
  }

 private:
  std::string painted(Verdict verdict, const std::string &text) const {
    if (!colours_) return text;
    const char *colour = verdict == Verdict::pass   ? "\033[32m"
                         : verdict == Verdict::warn ? "\033[33m"
                         : verdict == Verdict::skip ? "\033[2m"
                                                    : "\033[1;31m";
    return colour + text + "\033[0m";
  }

  std::string padded(Verdict verdict) const {
    std::string name = name_of(verdict);
    const std::string blanks(6 - name.size(), ' ');
    return painted(verdict, name) + blanks;
  }

  void write_head() {
    const Identity &its = found_.identity;
    to_ << printable(found_.path);
    if (!its.name.empty())
      to_ << ": " << printable(its.name + " " + its.version) << " ("
          << printable(its.language) << ", ABI " << its.abi << ')';
    to_ << "\nkit " << kit_version() << " (ABI " << kit_abi() << "), seed "
        << settings_.seed;
    for (const auto &[name, value] : environment(settings_))
      to_ << ", " << name << ' ' << value;
    to_ << '\n';
  }

  void write_tier(Tier tier) {
    const std::vector<Row> rows = rows_of(found_, tier);
    if (rows.empty()) return;
    to_ << '\n' << name_of(tier) << '\n';
    for (const Row &row : rows) write_row(row);
  }

  void write_row(const Row &row) {
    const Outcome &worst = row.worst();
    const size_t width = std::max(widest_check, row.check->id.size());
    const bool broken = !worst.result.broken.empty();
    to_ << "  " << padded(worst.result.verdict) << std::left
        << std::setw(static_cast<int>(width)) << row.check->id << "  "
        << (broken ? printable(headline(worst))
                   : joined(row.check->requirements));
    std::string remark = broken ? "" : headline(worst);
    if (row.outcomes.size() > 1) remark = counts(row);
    if (!remark.empty()) to_ << "  (" << printable(remark) << ')';
    to_ << '\n';
  }

  /** "17 pass, 2 skip" */
  static std::string counts(const Row &row) {
    std::string text;
    for (Verdict verdict :
         {Verdict::hang, Verdict::crash, Verdict::leak, Verdict::fail,
          Verdict::warn, Verdict::pass, Verdict::skip}) {
      const size_t count = row.count(verdict);
      if (count == 0) continue;
      text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
              name_of(verdict);
    }
    return text;
  }

  void write_failure(const Outcome &outcome) {
    const Result &result = outcome.result;
    to_ << '\n'
        << painted(result.verdict, name_of(result.verdict)) << "  "
        << printable(outcome.job.id()) << ": " << outcome.job.check->title
        << '\n';
    if (!outcome.deviation.empty())
      to_ << "  declared  " << printable(outcome.deviation) << '\n';
    write_indented(explain(outcome));
    if (!result.output.empty()) {
      to_ << "  it wrote\n";
      write_indented(result.output);
    }
    to_ << "  again     baton check " << printable(found_.path)
        << " --reproduce '" << printable(outcome.job.id()) << "' --seed "
        << settings_.seed + outcome.job.round << '\n';
  }

  void write_indented(const std::string &text) {
    size_t from = 0;
    while (from < text.size()) {
      const size_t end = std::min(text.find('\n', from), text.size());
      to_ << "  " << printable(text.substr(from, end - from)) << '\n';
      from = end + 1;
    }
  }

  void write_foot() {
    const Summary summary = summarize(found_);
    std::string text;
    for (const auto &[verdict, count] : summary.verdicts)
      text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
              name_of(verdict);
    if (summary.deviations > 0)
      text += ", of them " + std::to_string(summary.deviations) + " declared";
    if (found_.left_out > 0)
      text += "; " + std::to_string(found_.left_out) + " not begun";
    to_ << '\n' << text << '\n';
    const bool fine = found_.conforming();
    to_ << painted(fine ? Verdict::pass : Verdict::fail, statement(found_))
        << '\n';
  }

  std::ostream &to_;
  const Examination &found_;
  const Settings &settings_;
  bool colours_;
};

}  // namespace

void write_table(std::ostream &to, const Examination &found,
                 const Settings &settings, bool colours) {
  Table(to, found, settings, colours).write();
}

}  // namespace kit
