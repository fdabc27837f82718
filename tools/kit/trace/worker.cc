// SPDX-License-Identifier: MIT
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "../contract/contract.h"
#include "../load/library.h"
#include "../run/journal.h"
#include "../run/usage_error.h"
#include "compose.h"
#include "dice.h"
#include "play.h"
#include "session.h"

/** @file
 * The worker's side of a session: the only place that loads.
 */

namespace kit {
namespace {

/** @return whether a rule was broken, which is in the journal then. */
bool play_one(const Library &library, const Trace &trace, Journal &journal,
              const std::function<void(size_t, const Seen &)> &on_seen) {
  // Never destroyed: threads of the target may still know its things.
  auto *bench = new Bench(library, Contract::golden(), trace.seed, "");
  play_trace(*bench, trace, on_seen);
  const std::vector<Broken> broken = bench->ledger.broken();
  const Broken *first = first_of(broken);
  if (first)
    journal.write({"broken", first->requirement, first->expected, first->came});
  return first != nullptr;
}

void play_file(const Library &library, const std::string &file,
               Journal &journal) {
  const Trace trace = load_trace(file);
  play_one(library, trace, journal, [&](size_t at, const Seen &seen) {
    journal.write({"seen", std::to_string(at), seen.done ? "1" : "0",
                   std::to_string(seen.status), seen.value,
                   std::to_string(seen.error_kind), seen.message, seen.state});
  });
}

void play_chunk(const Library &library, uint64_t seed,
                std::vector<std::string> subjects, Journal &journal) {
  for (const baton_export *one : library.exports())
    subjects.emplace_back(one->name);
  for (const std::string &subject : subjects)
    journal.write({"subject", subject});
  if (subjects.empty()) return;
  for (uint64_t at = 0; at < chunk_programs; at++) {
    journal.write({"program", std::to_string(at)});
    const Trace trace = compose(part_of(seed, at), subjects);
    if (play_one(library, trace, journal, [](size_t, const Seen &) {})) return;
  }
}

void run(const std::vector<std::string> &words, Journal &journal) {
  const Library library(words.at(0));
  if (words.at(1) == "trace") return play_file(library, words.at(2), journal);
  play_chunk(library, std::strtoull(words.at(2).c_str(), nullptr, 0),
             {words.begin() + 3, words.end() - 1}, journal);
}

}  // namespace

void trace_worker(const std::vector<std::string> &words) {
  Journal journal(std::stoi(words.back()));
  const rlimit no_core{};
  setrlimit(RLIMIT_CORE, &no_core);
  try {
    run(words, journal);
    journal.write({"end"});
  } catch (const LoadError &error) {
    journal.write({"refused", error.text});
  } catch (const UsageError &error) {
    journal.write({"refused", error.text});
  }
  std::fflush(nullptr);
  _exit(0);
}

}  // namespace kit
