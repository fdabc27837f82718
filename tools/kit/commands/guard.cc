// SPDX-License-Identifier: MIT
#include "guard.h"

#include <signal.h>

#include <cstdio>

#include "../contract/utf8.h"
#include "../run/pool.h"
#include "../run/usage_error.h"
#include "exit_status.h"

namespace kit {

int guarded(const std::function<int()> &run) {
  try {
    return run();
  } catch (const UsageError &error) {
    std::fprintf(stderr, "baton: %s\n", printable(error.text).c_str());
  } catch (const Interrupted &interrupted) {
    // All workers are dead.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, nullptr);
    signal(interrupted.signal, SIG_DFL);
    raise(interrupted.signal);
  }
  return could_not_run;
}

}  // namespace kit
