// SPDX-License-Identifier: MIT
#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kit {
namespace {

constexpr size_t kept_at_each_end = 8192;

[[noreturn]] void fail(const char *what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

void Capture::add(const char *bytes, size_t size) {
  const size_t first = std::min(size, kept_at_each_end - head_.size());
  head_.append(bytes, first);
  tail_.append(bytes + first, size - first);
  if (tail_.size() <= kept_at_each_end) return;
  dropped_ += tail_.size() - kept_at_each_end;
  tail_.erase(0, tail_.size() - kept_at_each_end);
}

std::string Capture::text() const {
  if (dropped_ == 0) return head_ + tail_;
  return head_ + "\n[" + std::to_string(dropped_) + " bytes left out]\n" +
         tail_;
}

std::string signal_name(int number) {
  static const struct {
    int number;
    const char *name;
  } names[] = {
      {SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},
      {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
      {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"},
      {SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"}, {SIGSYS, "SIGSYS"},
      {SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"}, {SIGUSR1, "SIGUSR1"},
      {SIGUSR2, "SIGUSR2"}, {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}};
  for (const auto &known : names)
    if (known.number == number) return known.name;
  return "signal " + std::to_string(number);
}

std::string Ending::text() const {
  if (hung) return stopped ? "it stopped itself (SIGSTOP)" : "it did not end";
  if (WIFSIGNALED(status)) return signal_name(WTERMSIG(status));
  return "exit(" + std::to_string(WEXITSTATUS(status)) + ")";
}

Process::Process(const std::vector<std::string> &arguments)
    : began_(Clock::now()) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe2");
  output_ = ends[0];
  fcntl(output_, F_SETFL, O_NONBLOCK);
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ == 0) become(arguments, ends[1], parent);
  close(ends[1]);
  if (pid_ < 0) fail("fork");
  journal_.close_descriptor();
}

/** In the child, which was copied from one thread: any call is allowed. */
void Process::become(const std::vector<std::string> &arguments, int output,
                     pid_t parent) {
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
  dup2(output, 1);
  dup2(output, 2);
  const unsigned kept = static_cast<unsigned>(journal_.descriptor());
  close_range(3, kept - 1, 0);
  close_range(kept + 1, ~0u, 0);
  const std::string journal = std::to_string(journal_.descriptor());
  std::vector<char *> words;
  for (const std::string &word : arguments)
    words.push_back(const_cast<char *>(word.c_str()));
  words.push_back(const_cast<char *>(journal.c_str()));
  words.push_back(nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execv("/proc/self/exe", words.data());
  _exit(127);
}

Process::~Process() {
  if (!reaped_) {
    kill(-pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(output_);
}

bool Process::read_output() {
  char bytes[65536];
  for (int turn = 0; turn < 16; turn++) {  // it may write for ever
    const ssize_t size = read(output_, bytes, sizeof bytes);
    if (size > 0) capture_.add(bytes, static_cast<size_t>(size));
    if (size == 0) return false;
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    if (static_cast<size_t>(size) < sizeof bytes) return true;
  }
  return true;
}

bool Process::ended() {
  if (reaped_) return true;
  siginfo_t found{};
  const int how = WEXITED | WNOHANG | WNOWAIT;
  if (waitid(P_PID, static_cast<id_t>(pid_), &found, how) != 0 ||
      found.si_pid != pid_)
    return false;
  kill(-pid_, SIGKILL);  // what it left in its group, whose name it still holds
  waitpid(pid_, &ending_.status, 0);
  reaped_ = true;
  read_output();
  return true;
}

void Process::kill_hung() {
  siginfo_t found{};
  ending_.hung = true;
  ending_.stopped = waitid(P_PID, static_cast<id_t>(pid_), &found,
                           WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
                    found.si_pid == pid_;
  kill(-pid_, SIGKILL);
}

}  // namespace kit
