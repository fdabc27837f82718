// SPDX-License-Identifier: MIT
#include "check.h"

#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>

#include "../report/json.h"
#include "../report/junit.h"
#include "../report/table.h"
#include "../report/tap.h"
#include "../run/examine.h"
#include "../run/usage_error.h"
#include "check_options.h"
#include "exit_status.h"
#include "guard.h"
#include "list.h"

namespace kit {
namespace {

bool colours_wanted() { return isatty(1) && !std::getenv("NO_COLOR"); }

/** On a terminal a line that is written over; else nothing. */
Progress show_progress(const std::string &target) {
  if (!isatty(2)) return [](size_t, size_t) {};
  return [target](size_t done, size_t all) {
    std::cerr << "\r\033[K";
    if (done < all) std::cerr << target << ": " << done << " of " << all;
    std::cerr << std::flush;
  };
}

using Writer = std::function<void(std::ostream &)>;

void write_to(const std::string &file, const Writer &write) {
  if (file == "-") return write(std::cout);
  std::ofstream to(file);
  write(to);
  to.close();
  if (!to) throw UsageError{file + " cannot be written"};
}

void tell(const std::string &problem) {
  std::cerr << "baton: " << problem << '\n';
}

/** How to have the same in a debugger. */
void show_debugger(const std::vector<std::string> &words) {
  char path[PATH_MAX] = "";
  if (readlink("/proc/self/exe", path, sizeof path - 1) < 0) return;
  std::cerr << "gdb --args " << path << " check";
  for (const std::string &word : words) std::cerr << " '" << word << '\'';
  std::cerr << '\n';
}

/** The standard output has room for one report. */
bool table_wanted(const CheckOptions &asked) {
  return asked.tap_file != "-" && asked.json_file != "-" &&
         asked.junit_file != "-";
}

struct Sum {
  std::vector<Examination> found;
  bool failed = false; /**< a target could not be checked */
  bool conforming = true;

  int status() const {
    if (failed) return could_not_run;
    if (!conforming) return does_not_conform;
    for (const Examination &one : found)
      if (!one.outcomes.empty()) return conforms;
    return nothing_matched;
  }
};

Sum check_all(const CheckOptions &asked) {
  Sum sum;
  for (const std::string &target : asked.settings.targets) {
    try {
      sum.found.push_back(
          examine(asked.settings, target, show_progress(target)));
    } catch (const LoadError &error) {
      tell(error.text);
      sum.failed = true;
      continue;
    }
    const Examination &last = sum.found.back();
    sum.conforming &= last.conforming();
    if (last.outcomes.empty())
      tell(target + ": no check matches; see baton check --list");
    else if (table_wanted(asked))
      write_table(std::cout, last, asked.settings, colours_wanted());
  }
  return sum;
}

void write_files(const CheckOptions &asked, const Sum &sum) {
  const Settings &settings = asked.settings;
  if (asked.json)
    write_to(asked.json_file,
             [&](std::ostream &to) { write_json(to, sum.found, settings); });
  if (!asked.junit_file.empty())
    write_to(asked.junit_file,
             [&](std::ostream &to) { write_junit(to, sum.found, settings); });
  if (asked.tap)
    write_to(asked.tap_file,
             [&](std::ostream &to) { write_tap(to, sum.found, settings); });
}

int run(const std::vector<std::string> &words) {
  const CheckOptions asked = parse_check(words);
  if (asked.help) {
    std::cout << check_help;
    return conforms;
  }
  if (asked.list) return list_checks(asked.settings.selection, asked.json);
  if (asked.settings.targets.empty())
    throw UsageError{"give a shared library; see baton check --help"};
  if (asked.settings.in_process) show_debugger(words);
  const Sum sum = check_all(asked);
  if (!sum.found.empty()) write_files(asked, sum);
  return sum.status();
}

}  // namespace

int check_command(const std::vector<std::string> &words) {
  return guarded([&] { return run(words); });
}

}  // namespace kit
