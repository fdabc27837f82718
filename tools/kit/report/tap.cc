// SPDX-License-Identifier: MIT
#include "tap.h"

#include "../contract/utf8.h"
#include "explain.h"
#include "json_writer.h"
#include "statement.h"

namespace kit {
namespace {

/** As a description or the reason of a directive: one line, '#' escaped. */
std::string one_line(const std::string &text) {
  std::string out;
  for (char byte : printable(text)) {
    if (byte == '#' || byte == '\\') out += '\\';
    out += byte == '\n' ? ' ' : byte;
  }
  return out;
}

void write_point(std::ostream &to, size_t number, const Outcome &outcome,
                 const std::string &name) {
  const Result &result = outcome.result;
  const bool holds = result.verdict < Verdict::fail;
  to << (holds ? "ok " : "not ok ") << number << " - " << one_line(name);
  if (result.verdict == Verdict::skip)
    to << " # SKIP " << one_line(result.reason);
  else if (!outcome.deviation.empty())
    to << " # TODO " << one_line(outcome.deviation);
  to << '\n';
  if (result.verdict == Verdict::pass || result.verdict == Verdict::skip)
    return;
  to << "  ---\n  verdict: " << name_of(result.verdict)
     << "\n  message: " << quoted(headline(outcome))
     << "\n  output: " << quoted(result.output) << "\n  ...\n";
}

}  // namespace

void write_tap(std::ostream &to, const std::vector<Examination> &found,
               const Settings &settings) {
  size_t count = 0;
  for (const Examination &one : found) count += one.outcomes.size();
  to << "TAP version 14\n1.." << count << "\n# seed " << settings.seed << '\n';
  size_t number = 0;
  for (const Examination &one : found) {
    const std::string prefix = found.size() > 1 ? one.path + " " : "";
    for (const Outcome &outcome : one.outcomes)
      write_point(to, ++number, outcome, prefix + outcome.job.id());
    to << "# " << one_line(one.path + ": " + statement(one)) << '\n';
  }
}

}  // namespace kit
