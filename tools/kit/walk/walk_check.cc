// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <system_error>

#include "../base/bench.h"
#include "program.h"

/* The check whose work a script does: random walks, compared with the model. */

namespace kit {
namespace {

constexpr const char *walks = "500";
/** Seconds for some walks, of which a batch takes less than one. */
constexpr const char *limit = "4";

std::string setting(const char *name, const char *otherwise) {
  const char *given = std::getenv(name);
  return given && *given ? given : otherwise;
}

std::string script() {
  return setting("BATON_KIT_HOME", BATON_KIT_HOME) + "/walk/check.py";
}

/** Why the script cannot run here; empty if it can. */
std::string hindrance(const std::string &python) {
  if (!std::filesystem::exists(script()))
    return script() + " is not there; BATON_KIT_HOME may name its folder";
  try {
    const char *old = "import sys; sys.exit(sys.version_info < (3, 10))";
    if (run_program({python, "-c", old}).status == 0) return "";
  } catch (const std::system_error &) {
    // There is none.
  }
  return "no " + python + " of version 3.10 or newer";
}

std::string in_quotes(const std::string &word) {
  std::string text = "'";
  for (char byte : word) text += byte == '\'' ? "'\\''" : std::string(1, byte);
  return text + "'";
}

std::string executor(const std::string &library) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  return in_quotes(self) + " walk " + in_quotes(library);
}

/** The fields of the script's report; what follows them is shown. */
std::map<std::string, std::string> read_fields(const std::string &report) {
  std::map<std::string, std::string> fields;
  std::istringstream from(report);
  std::string line;
  while (std::getline(from, line) && !line.empty()) {
    const size_t blank = line.find(' ');
    if (blank != std::string::npos)
      fields[line.substr(0, blank)] = line.substr(blank + 1);
  }
  if (fields["verdict"] != "PASS" && fields["verdict"] != "SKIP") {
    std::ostringstream rest;
    rest << from.rdbuf();
    std::fputs(rest.str().c_str(), stdout);
    std::fflush(stdout);
  }
  return fields;
}

}  // namespace

/* The supervisor gets the verdict of a library that has crashed or hung in a
 * process of its own from what then happens to this one. */
KIT_CHECK("walk", "Random walks go as the model of the contract does.",
          Tier::core,
          {"AGN-1",  "AGN-2",  "AGN-3",  "AGN-4",  "AGN-5",  "AGN-6",
           "COR-1",  "COR-2",  "COR-3",  "COR-4",  "COR-5",  "COR-6",
           "COR-7",  "COR-8",  "COR-9",  "COR-10", "COR-11", "COR-12",
           "COR-14", "COR-15", "COR-17", "COR-18", "COR-19", "ERR-7",
           "OWN-3",  "OWN-4",  "OWN-7",  "PRV-3",  "TYP-11", "WAK-9"},
          {}) {
  const std::string python = setting("BATON_PYTHON", "python3");
  const std::string hindered = hindrance(python);
  if (!hindered.empty()) bench.skip(hindered);
  const Ended ended =
      run_program({python, script(), "--fields", "--count", walks, "--limit",
                   limit, "--seed", std::to_string(bench.random()), "--without",
                   setting("BATON_KIT_WITHOUT", ""), "--executor",
                   executor(bench.library.path())});
  auto fields = read_fields(ended.output);
  const std::string &verdict = fields["verdict"];
  if (verdict == "FAIL")
    bench.fail(fields["requirement"].c_str(), fields["expected"],
               fields["came"]);
  if (verdict == "SKIP") bench.skip(fields["reason"]);
  if (verdict == "CRASH") std::abort();
  while (verdict == "HANG") pause();
  if (verdict != "PASS")
    throw std::runtime_error("no walks: " + fields["reason"]);
}

}  // namespace kit
