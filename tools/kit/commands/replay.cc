// SPDX-License-Identifier: MIT
#include "replay.h"

#include <cstdio>

#include "../load/library.h"
#include "../trace/session.h"
#include "exit_status.h"
#include "guard.h"
#include "options.h"

namespace kit {
namespace {

const char replay_help[] =
    R"(usage: baton replay [OPTION ...] TRACE [LIBRARY]

Makes the calls of a trace once more, on the library that it was made on or on
another one, and tells whether all comes as it is written there. The library
that the trace names is loaded unless another one is given.

  --timeout SECONDS    (10)

exit status: 0 the same, 1 different, 2 could not run
)";

struct Asked {
  bool help = false;
  double timeout = 10;
  std::vector<std::string> words;
};

Asked parse(const std::vector<std::string> &words) {
  Asked asked;
  Options options("baton replay");
  options.flag("--help", [&] { asked.help = true; });
  options.flag("-h", [&] { asked.help = true; });
  options.value("--timeout", [&](const std::string &text) {
    asked.timeout = seconds_of("--timeout", text);
  });
  asked.words = options.parse(words);
  if (!asked.help && (asked.words.empty() || asked.words.size() > 2))
    throw UsageError{
        "give a trace, and a library or none; see baton replay "
        "--help"};
  return asked;
}

std::string words_for(const std::string &verdict) {
  return verdict.empty() ? "nothing" : verdict;
}

/** The first step that differs, or the number of steps. */
size_t first_difference(const Trace &trace, const Playback &came) {
  const size_t steps = trace.steps.size();
  for (size_t at = 0; at < steps; at++) {
    const Seen now = at < came.seen.size() ? came.seen[at] : Seen();
    if (!(trace.steps[at].seen == now)) return at;
  }
  return steps;
}

int compare(const Trace &trace, const Playback &came) {
  const size_t steps = trace.steps.size();
  const size_t at = first_difference(trace, came);
  const std::string was = words_for(trace.verdict);
  const std::string is = words_for(came.verdict);
  if (at == steps && was == is) {
    std::printf("same: %zu steps, found %s\n", steps, was.c_str());
    return conforms;
  }
  if (at < steps) {
    const TraceStep &step = trace.steps[at];
    const Seen now = at < came.seen.size() ? came.seen[at] : Seen();
    std::printf("different at step %zu of %zu: %s\n", at + 1, steps,
                step.text().c_str());
    std::printf("  then %s\n  now  %s\n", step.seen.text().c_str(),
                now.text().c_str());
  } else {
    std::printf("different in the end\n");
  }
  std::printf("  then found %s, now %s\n", was.c_str(), is.c_str());
  return does_not_conform;
}

int run(const std::vector<std::string> &words) {
  const Asked asked = parse(words);
  if (asked.help) {
    std::fputs(replay_help, stdout);
    return conforms;
  }
  const Trace trace = load_trace(asked.words[0]);
  const std::string target =
      asked.words.size() > 1 ? asked.words[1] : trace.target;
  if (target.empty())
    throw UsageError{asked.words[0] + " names no library; give one"};
  if (std::optional<LoadError> error = inspect_file(target))
    throw UsageError{error->text};
  return compare(trace, Session(target, asked.timeout).play(trace));
}

}  // namespace

int replay_command(const std::vector<std::string> &words) {
  return guarded([&] { return run(words); });
}

}  // namespace kit
