// SPDX-License-Identifier: MIT
#include "session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "../contract/utf8.h"
#include "../run/usage_error.h"

namespace kit {
namespace {

std::string hex(uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx",
                static_cast<unsigned long long>(number));
  return text;
}

/** Of a worker that wrote what it may have been told to write: nothing here
 * trusts it. */
uint64_t number_of(const std::string &text) {
  return std::strtoull(text.c_str(), nullptr, 0);
}

void read_seen(const Record &record, std::vector<Seen> &seen) {
  const uint64_t at = number_of(record[1]);
  if (at != seen.size()) return;
  seen.push_back(
      {record[2] == "1",
       static_cast<int32_t>(std::strtol(record[3].c_str(), nullptr, 10)),
       record[4], static_cast<uint32_t>(number_of(record[5])), record[6],
       record[7]});
}

/** The last line that a worker wrote, behind a colon. */
std::string last_words(std::string output) {
  while (!output.empty() && output.back() == '\n') output.pop_back();
  if (output.empty()) return "";
  return ": " + printable(output.substr(output.rfind('\n') + 1));
}

}  // namespace

std::vector<std::string> chunk_arguments(const std::string &target,
                                         uint64_t seed,
                                         const std::vector<std::string> &with) {
  std::vector<std::string> words = {"baton-kit", "fuzz",  "--worker",
                                    target,      "chunk", hex(seed)};
  words.insert(words.end(), with.begin(), with.end());
  return words;
}

std::vector<std::string> trace_arguments(const std::string &target,
                                         const std::string &file) {
  return {"baton-kit", "fuzz", "--worker", target, "trace", file};
}

Playback playback_of(const Report &report) {
  Playback made;
  bool ended = false;
  for (const Record &record : report.records) {
    const std::string &what = record.empty() ? "" : record[0];
    if (what == "refused" && record.size() > 1) made.refused = record[1];
    if (what == "subject" && record.size() > 1)
      made.subjects.push_back(record[1]);
    if (what == "program" && record.size() > 1)
      made.program = number_of(record[1]);
    if (what == "seen" && record.size() > 7) read_seen(record, made.seen);
    if (what == "broken" && record.size() > 3) {
      made.verdict = record[1];
      made.expected = record[2];
      made.came = record[3];
    }
    ended = ended || what == "end";
  }
  if (!ended && made.refused.empty()) {
    made.verdict = report.ending.hung ? "HANG" : report.ending.text();
    made.expected = "a worker that comes to its end";
    made.came = report.ending.text() + last_words(report.output);
  }
  return made;
}

Session::Session(std::string target, double timeout)
    : target_(std::move(target)), timeout_(timeout) {
  std::string name =
      (std::filesystem::temp_directory_path() / "baton-trace-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) throw UsageError{name + ": cannot be made"};
  close(descriptor);
  file_ = name;
}

Session::~Session() { unlink(file_.c_str()); }

Playback Session::play(const Trace &trace) {
  save_trace(trace, file_);
  Playback made;
  Pool pool(1, timeout_);
  pool.run({Task{trace_arguments(target_, file_)}}, [&](size_t, Report report) {
    made = playback_of(report);
    return true;
  });
  if (!made.refused.empty()) throw UsageError{made.refused};
  return made;
}

}  // namespace kit
