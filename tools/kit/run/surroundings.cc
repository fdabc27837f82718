// SPDX-License-Identifier: MIT
#include "surroundings.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "strays.h"

namespace kit {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto time_to_repeat = std::chrono::seconds(1);
constexpr double longest_to_repeat = 0.5;  // seconds
constexpr auto time_to_end = std::chrono::milliseconds(500);
constexpr auto pause = std::chrono::milliseconds(1);

std::string first_line(const fs::path &file) {
  std::ifstream from(file);
  std::string line;
  std::getline(from, line);
  return line;
}

std::map<int, std::string> open_descriptors() {
  std::map<int, std::string> found;
  std::error_code failed;
  for (const auto &entry : fs::directory_iterator("/proc/self/fd", failed)) {
    const fs::path target = fs::read_symlink(entry.path(), failed);
    if (!failed && target.native().find("/proc/") != 0)  // not this listing
      found[std::stoi(entry.path().filename())] = target;
  }
  return found;
}

std::map<pid_t, std::string> running_threads() {
  std::map<pid_t, std::string> found;
  std::error_code failed;
  for (const auto &task : fs::directory_iterator("/proc/self/task", failed))
    found[std::stoi(task.path().filename())] = first_line(task.path() / "comm");
  return found;
}

bool same_signals(const sigset_t &one, const sigset_t &other) {
  for (int number = 1; number < NSIG; number++)
    if (sigismember(&one, number) != sigismember(&other, number)) return false;
  return true;
}

void add(std::string *list, const std::string &item) {
  if (!list->empty()) *list += ", ";
  *list += item;
}

/** Those of `after` that are not in `before`: "thread 'pool' and 2 more". */
template <typename Key>
std::string describe_new(const char *what,
                         const std::map<Key, std::string> &before,
                         const std::map<Key, std::string> &after) {
  size_t count = 0;
  std::string text;
  for (const auto &[key, name] : after) {
    const auto known = before.find(key);
    if (known != before.end() && known->second == name) continue;
    if (count++ == 0) text = std::string(what) + " '" + name + "'";
  }
  if (count > 1) text += " and " + std::to_string(count - 1) + " more";
  return text;
}

/** What of this process may only grow for a time. */
struct Counts {
  size_t threads, descriptors;

  static Counts now() {
    return {running_threads().size(), open_descriptors().size()};
  }
  bool any_above(const Counts &other) const {
    return threads > other.threads || descriptors > other.descriptors;
  }
};

/** Waits for threads that are about to end. */
bool stays_above(const Counts &level) {
  const auto until = Clock::now() + time_to_end;
  while (Counts::now().any_above(level)) {
    if (Clock::now() > until) return true;
    std::this_thread::sleep_for(pause);
  }
  return false;
}

enum class Growth { none, perhaps, endless };

Growth growth(const Counts &first, const std::function<void()> &again) {
  const unsigned times = std::thread::hardware_concurrency() + 2;
  const auto until = Clock::now() + time_to_repeat;
  Counts before = first;
  for (unsigned time = 0; time < times; time++) {
    again();
    const Counts after = Counts::now();
    if (!after.any_above(before)) return Growth::none;
    if (Clock::now() > until)
      return stays_above(first) ? Growth::perhaps : Growth::none;
    before = after;
  }
  return stays_above(first) ? Growth::endless : Growth::none;
}

}  // namespace

Surroundings Surroundings::now() {
  Surroundings found{};
  found.descriptors = open_descriptors();
  found.threads = running_threads();
  found.children = kit::children();
  std::error_code failed;
  found.folder = fs::current_path(failed);
  found.mask = umask(0);
  umask(found.mask);
  pthread_sigmask(SIG_BLOCK, nullptr, &found.blocked);
  return found;
}

std::string changes(const Surroundings &before, const Surroundings &after) {
  std::string list;
  for (const auto &[number, target] : before.descriptors) {
    const auto still = after.descriptors.find(number);
    if (still == after.descriptors.end())
      add(&list, "descriptor " + std::to_string(number) + " was closed");
    else if (still->second != target)
      add(&list, "descriptor " + std::to_string(number) + " was replaced");
  }
  if (before.folder != after.folder)
    add(&list, "the current folder was changed");
  if (before.mask != after.mask) add(&list, "the umask was changed");
  if (!same_signals(before.blocked, after.blocked))
    add(&list, "the thread's signal mask was changed");
  return list;
}

std::string new_children(const Surroundings &before,
                         const Surroundings &after) {
  std::string list;
  for (pid_t child : after.children) {
    const auto &known = before.children;
    if (std::find(known.begin(), known.end(), child) != known.end()) continue;
    const std::string id = std::to_string(child);
    add(&list, "child process " + id + " (" +
                   first_line("/proc/" + id + "/comm") + ")");
  }
  return list;
}

void judge_surroundings(const Surroundings &before,
                        const std::function<void()> &again, Result *result) {
  if (result->verdict >= Verdict::fail) return;
  const Counts level = {before.threads.size(), before.descriptors.size()};
  const Surroundings after = Surroundings::now();
  const std::string children = new_children(before, after);
  const std::string changed = changes(before, after);
  if (!changed.empty()) {
    result->verdict = Verdict::fail;
    result->reason = changed;
  } else if (!children.empty()) {
    result->verdict = Verdict::leak;
    result->reason = "it left " + children;
  } else if (const Counts first = Counts::now();
             first.any_above(level) && result->seconds < longest_to_repeat) {
    const Growth found = growth(first, again);
    if (found == Growth::none) return;
    const Surroundings last = Surroundings::now();
    std::string list = describe_new("thread", before.threads, last.threads);
    const std::string opened =
        describe_new("descriptor on", before.descriptors, last.descriptors);
    if (!opened.empty()) add(&list, opened);
    result->verdict = found == Growth::endless ? Verdict::leak : Verdict::warn;
    result->reason = "each repetition leaves more: " + list;
  }
}

}  // namespace kit
