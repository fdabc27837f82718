// SPDX-License-Identifier: MIT
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "commands/check.h"
#include "commands/exit_status.h"
#include "commands/fuzz.h"
#include "commands/inspect.h"
#include "commands/replay.h"
#include "commands/walk.h"
#include "report/environment.h"
#include "run/worker.h"

namespace {

using Words = std::vector<std::string>;

const char help[] =
    R"(usage: baton COMMAND ...

  check LIBRARY ...                whether it keeps the contract
  check --python MODULE:FACTORY    the same of any awaitable of Python
  inspect LIBRARY                  manifest, versions, slots, exports
  diff OLD NEW                     two versions: identical, append, breaking
  fuzz LIBRARY                     random calls; what it finds becomes a trace
  replay TRACE [LIBRARY]           plays a trace again
  help, version

Each command has --help.
)";

int help_command(const Words &) {
  std::fputs(help, stdout);
  return kit::conforms;
}

int version_command(const Words &) {
  std::printf("baton %s (abi = %s)\n", kit::kit_version().c_str(),
              kit::kit_abi().c_str());
  return kit::conforms;
}

/* `worker` and `walk` are for the kit itself. */
const std::map<std::string, int (*)(const Words &)> commands = {
    {"check", kit::check_command},     {"fuzz", kit::fuzz_command},
    {"inspect", kit::inspect_command}, {"replay", kit::replay_command},
    {"walk", kit::walk_command},       {"help", help_command},
    {"--help", help_command},          {"version", version_command},
    {"--version", version_command},
};

int run(const Words &words) {
  if (words.empty()) {
    std::fputs(help, stderr);
    return kit::could_not_run;
  }
  const Words rest(words.begin() + 1, words.end());
  if (words[0] == "worker") kit::worker_command(rest);
  const auto found = commands.find(words[0]);
  if (found != commands.end()) return found->second(rest);
  std::fprintf(stderr, "baton: there is no command %s; see baton help\n",
               words[0].c_str());
  return kit::could_not_run;
}

}  // namespace

int main(int count, char **words) {
  try {
    return run(Words(words + 1, words + count));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "baton: %s\n", error.what());
    return kit::could_not_run;
  }
}
