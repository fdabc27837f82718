/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "../contract/utf8.h"
#include "../load/library.h"
#include "../run/pool.h"
#include "exit_status.h"
#include "guard.h"
#include "inspect_report.h"
#include "inspection.h"
#include "options.h"

namespace kit {
namespace {

const char inspect_help[] =
    R"(usage: baton inspect [OPTION ...] LIBRARY

Shows what a library provides, and what it says of itself: exports, the types
of what they make without arguments, slots, extensions, its manifest. The
library is loaded in a process of its own. The binary form of a manifest, in a
file of its own, may stand in its place.

  --json                for programs
  --manifest-out FILE   writes its manifest there, verified, and shows nothing
  --timeout SECONDS     (5)

exit status: 0 it was shown, 2 it could not be
)";

struct Asked {
  bool help = false, json = false;
  std::string manifest_out, target;
  double timeout = 5;
};

Asked parse(const std::vector<std::string> &words) {
  Asked asked;
  Options options("baton inspect");
  options.flag("--help", [&] { asked.help = true; });
  options.flag("-h", [&] { asked.help = true; });
  options.flag("--json", [&] { asked.json = true; });
  options.value("--manifest-out",
                [&](const std::string &file) { asked.manifest_out = file; });
  options.value("--timeout", [&](const std::string &text) {
    asked.timeout = seconds_of("--timeout", text);
  });
  const std::vector<std::string> targets = options.parse(words);
  if (asked.help) return asked;
  if (targets.size() != 1) {
    throw UsageError{"give one library; see baton inspect --help"};
  }
  asked.target = targets[0];
  return asked;
}

/** The words of the worker; what starts it adds the journal's descriptor. */
constexpr const char *worker_word = "--worker";

/** Does not return: what the library would do at exit is not asked for. */
[[noreturn]] void work(const std::vector<std::string> &words) {
  Journal journal(std::stoi(words.at(3)));
  try {
    write_inspection(
        inspect_library(words.at(1), words.at(2) == "all", journal), journal);
  } catch (const LoadError &error) {
    journal.write({"refused", error.text});
  }
  std::fflush(nullptr);
  _exit(0);
}

Report look(const Asked &asked) {
  const char *what = asked.manifest_out.empty() ? "all" : "manifest";
  Report left;
  Pool pool(1, asked.timeout);
  pool.run({Task{{"baton-kit", "inspect", worker_word, asked.target, what}}},
           [&](size_t, Report report) {
             left = std::move(report);
             return true;
           });
  return left;
}

/** Why the worker has shown nothing, in one line. */
std::string failure(const std::string &target, const Report &left) {
  std::string phase = "before it was loaded";
  for (const Record &record : left.records) {
    if (record.size() < 2) continue;
    if (record[0] == "refused") return record[1];
    if (record[0] == "phase") phase = record[1];
  }
  return target + " cannot be inspected: " + left.ending.text() + " " + phase;
}

Inspection inspect(const Asked &asked) {
  if (const auto error = inspect_file(asked.target)) {
    throw UsageError{error->text};
  }
  const Report left = look(asked);
  std::optional<Inspection> seen = read_inspection(left.records);
  if (!seen) throw UsageError{failure(asked.target, left)};
  return *std::move(seen);
}

int write_manifest(const Inspection &seen, const Asked &asked) {
  if (!seen.manifest) {
    throw UsageError{asked.target + " carries no manifest"};
  }
  if (seen.manifest_bytes.empty()) {
    throw UsageError{"the manifest of " + asked.target +
                     " cannot be read: " + seen.manifest->error};
  }
  std::ofstream file(asked.manifest_out, std::ios::binary);
  file << seen.manifest_bytes;
  file.close();
  if (!file) throw UsageError{asked.manifest_out + " cannot be written"};
  return conforms;
}

int run(const std::vector<std::string> &words) {
  const Asked asked = parse(words);
  if (asked.help) {
    std::fputs(inspect_help, stdout);
    return conforms;
  }
  const Inspection seen = is_manifest_file(asked.target)
                              ? inspect_manifest(asked.target)
                              : inspect(asked);
  if (!asked.manifest_out.empty()) return write_manifest(seen, asked);
  show_inspection(seen, asked.target, asked.json);
  return conforms;
}

}  // namespace

int inspect_command(const std::vector<std::string> &words) {
  if (!words.empty() && words[0] == worker_word) work(words);
  return guarded([&] { return run(words); });
}

}  // namespace kit
