// SPDX-License-Identifier: MIT
#include "worker.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

#include "../base/patience.h"
#include "../load/library.h"
#include "journal.h"
#include "run_check.h"
#include "runner.h"
#include "strays.h"
#include "surroundings.h"

namespace kit {
namespace {

constexpr rlim_t mebibyte = 1u << 20;
constexpr rlim_t largest_file = 256 * mebibyte;

void limit(int what, rlim_t most) {
  rlimit now{};
  getrlimit(static_cast<__rlimit_resource>(what), &now);
  now.rlim_cur = std::min(now.rlim_max, most);
  setrlimit(static_cast<__rlimit_resource>(what), &now);
}

void limit_resources(const Errand &errand) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, largest_file);
  if (errand.memory) limit(RLIMIT_AS, errand.memory * mebibyte);
}

void tell_identity(Journal &journal, const Identity &identity) {
  journal.write({"target", identity.name, identity.version, identity.language,
                 identity.abi});
  for (const std::string &name : identity.exports)
    journal.write({"export", name});
}

void tell_broken(Journal &journal, const Broken &broken) {
  journal.write({"broken", broken.requirement, broken.expected, broken.came});
}

void tell_result(Journal &journal, const Result &result) {
  journal.write({"result", name_of(result.verdict), result.reason,
                 std::to_string(result.seconds)});
}

/** Loading may change nothing that can be seen (PRV-2); threads and descriptors
 * are its own. */
void tell_load(Journal &journal, const Surroundings &before) {
  const Surroundings after = Surroundings::now();
  std::string seen = changes(before, after);
  const std::string children = new_children(before, after);
  if (!children.empty()) seen += (seen.empty() ? "" : ", ") + children;
  Result result;
  if (!seen.empty()) {
    result.verdict = Verdict::fail;
    tell_broken(journal,
                {"PRV-2", "loading does nothing that can be seen", seen});
  }
  tell_result(journal, result);
}

void run_turn(const Turn &turn, double timeout, const Library &library,
              Journal &journal) {
  journal.write({"job"});
  journal.write({"phase", "in the check"});
  renew_patience(timeout);
  const Surroundings loaded = Surroundings::now();
  Result result =
      run_check(turn.job, library, turn.seed,
                [&](const Broken &broken) { tell_broken(journal, broken); });
  journal.write({"phase", "when the check was repeated"});
  judge_surroundings(
      loaded, [&] { run_check(turn.job, library, turn.seed); }, &result);
  tell_result(journal, result);
}

void mark_output() {
  std::fflush(nullptr);
  // If the target has closed it, the mark that is missing says so.
  static_cast<void>(!write(STDOUT_FILENO, &end_of_output, 1));
}

void run(const Errand &errand, Journal &journal) {
  journal.write({"phase", "while it was loaded"});
  const Surroundings unloaded = Surroundings::now();
  const Library library(errand.target);
  if (errand.turns.empty()) {
    tell_identity(journal, identity_of(library));
    return tell_load(journal, unloaded);
  }
  if (errand.turns.size() == 1)
    return run_turn(errand.turns[0], errand.timeout, library, journal);
  const Surroundings loaded = Surroundings::now();
  for (const Turn &turn : errand.turns) {
    run_turn(turn, errand.timeout, library, journal);
    mark_output();
    // What one has changed no other one can change again, and be seen.
    if (!changes(loaded, Surroundings::now()).empty()) return;
  }
}

constexpr size_t words_of_turn = 3;

/** @param words without the last one, the journal's descriptor */
Errand read_words(const std::vector<std::string> &words) {
  Errand errand;
  errand.target = words.at(0);
  errand.memory = static_cast<unsigned>(std::stoul(words.at(1)));
  errand.pretence.major = static_cast<uint16_t>(std::stoul(words.at(2)));
  errand.pretence.minor = static_cast<uint16_t>(std::stoul(words.at(3)));
  errand.timeout = std::stod(words.at(4));
  for (size_t at = 5; at + words_of_turn < words.size(); at += words_of_turn)
    if (const Check *check = find_check(words[at]))
      errand.turns.push_back(
          {{check, words[at + 1]}, std::stoull(words[at + 2])});
  return errand;
}

}  // namespace

std::vector<std::string> worker_arguments(const Errand &errand) {
  std::vector<std::string> words = {"baton-kit",
                                    "worker",
                                    errand.target,
                                    std::to_string(errand.memory),
                                    std::to_string(errand.pretence.major),
                                    std::to_string(errand.pretence.minor),
                                    std::to_string(errand.timeout)};
  for (const auto &[job, seed] : errand.turns)
    words.insert(words.end(),
                 {job.check->id, job.subject, std::to_string(seed)});
  return words;
}

void worker_command(const std::vector<std::string> &words) {
  const Errand errand = read_words(words);
  Journal journal(std::stoi(words.back()));
  set_pretence(errand.pretence);
  prctl(PR_SET_NAME, "baton-worker");
  adopt_orphans();
  limit_resources(errand);
  try {
    run(errand, journal);
  } catch (const LoadError &error) {
    journal.write({"refused", error.text, error.requirement});
  }
  std::fflush(nullptr);
  _exit(0);
}

}  // namespace kit
