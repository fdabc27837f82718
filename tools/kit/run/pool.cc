// SPDX-License-Identifier: MIT
#include "pool.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "strays.h"

namespace kit {
namespace {

sigset_t heeded() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

Report report_of(const Process &process) {
  Report report;
  report.records = process.records();
  report.ending = process.ending();
  report.output = process.text();
  report.seconds =
      std::chrono::duration<double>(Clock::now() - process.began()).count();
  return report;
}

size_t count_results(const std::vector<Record> &records) {
  return static_cast<size_t>(std::count_if(
      records.begin(), records.end(),
      [](const Record &record) { return record[0] == "result"; }));
}

}  // namespace

struct Pool::Running {
  size_t index;
  std::unique_ptr<Process> process;
  Clock::time_point limit;
  size_t results = 0;  /**< that it had when the limit was set */
  bool silent = false; /**< its output is closed at the other end */
  bool killed = false;
};

Pool::Pool(unsigned jobs, double timeout)
    : jobs_(std::max(jobs, 1u)),
      timeout_(std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(timeout))),
      foreign_(children()) {
  const sigset_t set = heeded();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals_ < 0)
    throw std::system_error(errno, std::generic_category(), "signalfd");
  adopt_orphans();
}

Pool::~Pool() {
  kill_strays(foreign_);
  close(signals_);
}

/** Until something has happened, or the first time limit is reached. */
void Pool::wait(const std::vector<Running> &running) const {
  std::vector<pollfd> polled = {{signals_, POLLIN, 0}};
  Clock::time_point first = Clock::time_point::max();
  for (const Running &one : running) {
    if (!one.silent) polled.push_back({one.process->output(), POLLIN, 0});
    if (!one.killed) first = std::min(first, one.limit);
  }
  int limit = -1;
  if (first != Clock::time_point::max()) {
    const auto rest =
        std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now());
    limit = static_cast<int>(std::max<int64_t>(rest.count(), 0));
  }
  poll(polled.data(), polled.size(), limit);
}

void Pool::heed_signals() const {
  signalfd_siginfo came;
  while (read(signals_, &came, sizeof came) == sizeof came)
    if (came.ssi_signo != SIGCHLD)
      throw Interrupted{static_cast<int>(came.ssi_signo)};
}

/** Whether its time is over; if it has got on it gets more. */
bool Pool::late(Running &one, unsigned limits) const {
  const Clock::time_point now = Clock::now();
  if (now < one.limit) return false;
  const size_t results = count_results(one.process->records());
  if (results == one.results) return true;
  one.results = results;
  one.limit = now + timeout_ * limits;
  return false;
}

void Pool::run(const std::vector<Task> &tasks,
               const std::function<bool(size_t, Report)> &on_end) {
  std::vector<Running> running;
  size_t next = 0, last = tasks.size();
  while (next < last || !running.empty()) {
    while (next < last && running.size() < jobs_) {
      const Task &task = tasks[next];
      running.push_back({next, std::make_unique<Process>(task.words),
                         Clock::now() + timeout_ * task.limits});
      next++;
    }
    wait(running);
    heed_signals();
    std::vector<Running> alive, ended;
    for (Running &one : running) {
      if (!one.silent) one.silent = !one.process->read_output();
      if (!one.killed && late(one, tasks[one.index].limits) &&
          !one.process->ended()) {
        one.killed = true;
        one.process->kill_hung();
      }
      (one.process->ended() ? ended : alive).push_back(std::move(one));
    }
    running = std::move(alive);
    if (ended.empty()) continue;
    std::vector<pid_t> known = foreign_;
    for (const Running &one : running) known.push_back(one.process->pid());
    kill_strays(known);
    for (const Running &one : ended)
      if (!on_end(one.index, report_of(*one.process))) last = next;
  }
}

}  // namespace kit
