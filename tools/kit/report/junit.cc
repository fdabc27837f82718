// SPDX-License-Identifier: MIT
#include "junit.h"

#include <cstdio>

#include "../contract/utf8.h"
#include "environment.h"
#include "explain.h"

namespace kit {
namespace {

/** As the value of an attribute, and as text. */
std::string escaped(const std::string &text) {
  std::string out;
  for (char byte : printable(text)) {
    switch (byte) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += byte;
    }
  }
  return out;
}

std::string seconds(double time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", time);
  return text;
}

/** A crash is an error, not a failure: the check did not come to its end. */
bool is_error(const Outcome &outcome) {
  return outcome.failed() && outcome.result.verdict >= Verdict::crash;
}

void write_case(std::ostream &to, const std::string &suite,
                const Outcome &outcome) {
  const Result &result = outcome.result;
  to << "    <testcase classname=\"" << escaped(suite) << '.'
     << name_of(outcome.job.check->tier) << "\" name=\""
     << escaped(outcome.job.id()) << "\" time=\"" << seconds(result.seconds)
     << "\">\n";
  if (outcome.failed()) {
    const char *element = is_error(outcome) ? "error" : "failure";
    to << "      <" << element << " type=\"" << name_of(result.verdict)
       << "\" message=\"" << escaped(headline(outcome)) << "\">"
       << escaped(explain(outcome)) << "</" << element << ">\n";
  } else if (result.verdict == Verdict::skip || !outcome.deviation.empty()) {
    to << "      <skipped message=\"" << escaped(headline(outcome)) << "\"/>\n";
  }
  if (!result.output.empty())
    to << "      <system-out>" << escaped(result.output) << "</system-out>\n";
  to << "    </testcase>\n";
}

void write_suite(std::ostream &to, const Examination &found,
                 const Settings &settings) {
  size_t failures = 0, errors = 0, skipped = 0;
  double time = 0;
  for (const Outcome &outcome : found.outcomes) {
    const bool passed_by =
        outcome.result.verdict == Verdict::skip || !outcome.deviation.empty();
    errors += is_error(outcome);
    failures += outcome.failed() && !is_error(outcome);
    skipped += passed_by;
    time += outcome.result.seconds;
  }
  const std::string &name =
      found.identity.name.empty() ? found.path : found.identity.name;
  to << "  <testsuite name=\"" << escaped(name) << "\" tests=\""
     << found.outcomes.size() << "\" failures=\"" << failures << "\" errors=\""
     << errors << "\" skipped=\"" << skipped << "\" time=\"" << seconds(time)
     << "\">\n    <properties>\n";
  Environment properties = environment(settings);
  properties.insert(properties.begin(),
                    {{"kit", kit_version()},
                     {"path", found.path},
                     {"seed", std::to_string(settings.seed)}});
  for (const auto &[key, value] : properties)
    to << "      <property name=\"" << key << "\" value=\"" << escaped(value)
       << "\"/>\n";
  to << "    </properties>\n";
  for (const Outcome &outcome : found.outcomes) write_case(to, name, outcome);
  to << "  </testsuite>\n";
}

}  // namespace

void write_junit(std::ostream &to, const std::vector<Examination> &found,
                 const Settings &settings) {
  to << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Examination &one : found) write_suite(to, one, settings);
  to << "</testsuites>\n";
}

}  // namespace kit
