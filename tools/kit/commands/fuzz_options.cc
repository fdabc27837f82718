// SPDX-License-Identifier: MIT
#include "fuzz_options.h"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>

#include "../base/literal.h"
#include "options.h"

namespace kit {

const char fuzz_help[] =
    R"(usage: baton fuzz [OPTION ...] LIBRARY

Makes random calls on what a library exports, and checks the rules that hold
for every call. What is found is shrunk, shown and saved as a trace.

  --time SECONDS       how long (60)
  --chunks N           so many instead; a chunk is 25 programs
  --seed N             of the run; shown
  --reproduce SEED     one chunk, by the seed that was shown
  --jobs N             chunks at a time; as many as there are processors
  --timeout SECONDS    of each chunk (10)
  --with 'NAME(...)'   arguments for an export: none, true, 3, 1.5, "text"
  --save FILE          the trace of a finding (LIBRARY-SEED.batontrace)

exit status: 0 nothing found, 1 found, 2 could not run, 3 no exports
)";

namespace {

void add_call(const std::string &call, std::vector<std::string> &with) {
  try {
    parse_call(call);
  } catch (const std::invalid_argument &error) {
    throw UsageError{std::string("--with ") + error.what()};
  }
  with.push_back(call);
}

/** "60", or "60s" */
double time_of(std::string text) {
  if (!text.empty() && text.back() == 's') text.pop_back();
  return seconds_of("--time", text);
}

}  // namespace

FuzzOptions parse_fuzz(const std::vector<std::string> &words) {
  FuzzOptions asked;
  asked.jobs = std::max(1u, std::thread::hardware_concurrency());
  asked.seed = std::random_device()();
  const auto number = [](const char *name, const std::string &text) {
    return whole_number(name, text, 0, UINT64_MAX);
  };
  Options options("baton fuzz");
  options.flag("--help", [&] { asked.help = true; });
  options.flag("-h", [&] { asked.help = true; });
  options.value("--time",
                [&](const std::string &text) { asked.time = time_of(text); });
  options.value("--chunks", [&](const std::string &text) {
    asked.chunks = number("--chunks", text);
  });
  options.value("--seed", [&](const std::string &text) {
    asked.seed = number("--seed", text);
  });
  options.value("--reproduce", [&](const std::string &text) {
    asked.reproduce = number("--reproduce", text);
  });
  options.value("--jobs", [&](const std::string &text) {
    asked.jobs = static_cast<unsigned>(whole_number("--jobs", text, 1, 1024));
  });
  options.value("--timeout", [&](const std::string &text) {
    asked.timeout = seconds_of("--timeout", text);
  });
  options.value("--with",
                [&](const std::string &text) { add_call(text, asked.with); });
  options.value("--save", [&](const std::string &file) { asked.save = file; });
  const std::vector<std::string> targets = options.parse(words);
  if (asked.help) return asked;
  if (targets.size() != 1)
    throw UsageError{"give one shared library; see baton fuzz --help"};
  asked.target = targets[0];
  return asked;
}

}  // namespace kit
