// SPDX-License-Identifier: MIT
#include "strays.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kit {

void adopt_orphans() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::vector<pid_t> children() {
  std::vector<pid_t> found;
  std::error_code failed;
  for (const auto &task :
       std::filesystem::directory_iterator("/proc/self/task", failed)) {
    std::ifstream list(task.path() / "children");
    for (pid_t child; list >> child;) found.push_back(child);
  }
  return found;
}

void kill_strays(const std::vector<pid_t> &known) {
  // One that is killed leaves its own children to this process.
  for (bool some = true; some;) {
    some = false;
    for (pid_t child : children()) {
      if (std::find(known.begin(), known.end(), child) != known.end()) continue;
      some = kill(child, SIGKILL) == 0 && waitpid(child, nullptr, 0) == child;
    }
  }
}

}  // namespace kit
