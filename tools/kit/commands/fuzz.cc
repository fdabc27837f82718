// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <filesystem>

#include "../load/library.h"
#include "../trace/compose.h"
#include "../trace/dice.h"
#include "../trace/session.h"
#include "../trace/shrink.h"
#include "exit_status.h"
#include "fuzz_options.h"
#include "guard.h"
#include "options.h"

namespace kit {
namespace {

/** What a chunk has found. */
struct Finding {
  uint64_t seed; /**< of the chunk */
  Playback playback;
};

struct Run {
  uint64_t chunks = 0;
  bool exports = false;
  std::optional<Finding> finding; /**< the first one */
};

class Fuzzer {
 public:
  explicit Fuzzer(const FuzzOptions &asked) : asked_(asked) {}

  Run run() {
    if (asked_.reproduce) {
      play({*asked_.reproduce});
      return std::move(run_);
    }
    const Clock::time_point end =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(asked_.time));
    while (!done(end)) {
      std::vector<uint64_t> seeds;
      for (uint64_t at = 0; at < batch(); at++)
        seeds.push_back(part_of(asked_.seed, run_.chunks + at));
      play(seeds);
    }
    return std::move(run_);
  }

 private:
  bool done(Clock::time_point end) const {
    if (run_.finding || (run_.chunks && !run_.exports)) return true;
    return asked_.chunks ? run_.chunks >= *asked_.chunks : Clock::now() >= end;
  }

  /** Few enough for the time to be kept, many enough for all jobs. */
  uint64_t batch() const {
    const uint64_t most = 4 * asked_.jobs;
    return asked_.chunks ? std::min(most, *asked_.chunks - run_.chunks) : most;
  }

  void play(const std::vector<uint64_t> &seeds) {
    std::vector<Task> tasks;
    for (uint64_t seed : seeds)
      tasks.push_back({chunk_arguments(asked_.target, seed, asked_.with)});
    std::vector<std::optional<Finding>> found(seeds.size());
    Pool(asked_.jobs, asked_.timeout)
        .run(tasks, [&](size_t at, const Report &report) {
          Playback playback = playback_of(report);
          if (!playback.refused.empty()) throw UsageError{playback.refused};
          run_.chunks++;
          run_.exports |= !playback.subjects.empty();
          const bool good = playback.verdict.empty();
          if (!good) found[at] = Finding{seeds[at], std::move(playback)};
          return good;
        });
    for (std::optional<Finding> &one : found)
      if (one && !run_.finding) run_.finding = std::move(one);
  }

  const FuzzOptions &asked_;
  Run run_;
};

/** The program that a chunk ended with, as small as it can be; as it was if it
 * does not fail alone. */
Trace smallest(const Finding &finding, const FuzzOptions &asked) {
  Trace trace = compose(part_of(finding.seed, finding.playback.program),
                        finding.playback.subjects);
  Session session(asked.target, asked.timeout);
  const auto fails = [&](const Trace &candidate) {
    return session.play(candidate).verdict == finding.playback.verdict;
  };
  if (!fails(trace)) {
    std::printf("it needs the programs of the chunk before it; not shrunk\n");
    trace.verdict = finding.playback.verdict;
    return trace;
  }
  trace = shrink(std::move(trace), fails);
  Playback last = session.play(trace);
  for (size_t at = 0; at < last.seen.size() && at < trace.steps.size(); at++)
    trace.steps[at].seen = last.seen[at];
  trace.verdict = last.verdict;
  trace.expected = last.expected;
  trace.came = last.came;
  return trace;
}

void show(const Trace &trace) {
  std::printf("%s: %s; %s\n", trace.verdict.c_str(), trace.expected.c_str(),
              trace.came.c_str());
  for (const TraceStep &step : trace.steps)
    std::printf("  %-44s %s\n", step.text().c_str(), step.seen.text().c_str());
}

int report(const Finding &finding, const FuzzOptions &asked) {
  std::printf("found %s in chunk 0x%" PRIx64 ", program %" PRIu64 "\n",
              finding.playback.verdict.c_str(), finding.seed,
              finding.playback.program);
  if (finding.playback.subjects.empty()) return does_not_conform;
  Trace trace = smallest(finding, asked);
  trace.seed = finding.seed;
  trace.target = asked.target;
  show(trace);
  std::string file = asked.save;
  if (file.empty()) {
    char seed[24];
    std::snprintf(seed, sizeof seed, "%" PRIx64, finding.seed);
    file = std::filesystem::path(asked.target).stem().string() + "-" + seed +
           ".batontrace";
  }
  save_trace(trace, file);
  std::printf("again: baton fuzz --reproduce 0x%" PRIx64 " %s\n", finding.seed,
              asked.target.c_str());
  std::printf("saved: baton replay %s\n", file.c_str());
  return does_not_conform;
}

int run_fuzz(const std::vector<std::string> &words) {
  const FuzzOptions asked = parse_fuzz(words);
  if (asked.help) {
    std::fputs(fuzz_help, stdout);
    return conforms;
  }
  if (std::optional<LoadError> error = inspect_file(asked.target))
    throw UsageError{error->text};
  if (!asked.reproduce) std::printf("seed 0x%" PRIx64 "\n", asked.seed);
  std::fflush(stdout);
  const Run run = Fuzzer(asked).run();
  if (run.finding) return report(*run.finding, asked);
  if (run.chunks && !run.exports) {
    std::fprintf(stderr, "baton: %s exports nothing that could be created\n",
                 asked.target.c_str());
    return nothing_matched;
  }
  std::printf("%" PRIu64 " chunks of %" PRIu64 " programs, nothing found\n",
              run.chunks, chunk_programs);
  return conforms;
}

}  // namespace

int fuzz_command(const std::vector<std::string> &words) {
  if (!words.empty() && words[0] == "--worker")
    trace_worker({words.begin() + 1, words.end()});
  return guarded([&] { return run_fuzz(words); });
}

}  // namespace kit
