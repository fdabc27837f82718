// SPDX-License-Identifier: MIT
#include "guarded.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <new>

namespace kit {
namespace {

constexpr int most = 32;
std::atomic<char *> pages[most]; /* read by the signal handler */
std::atomic<int> made{0};
std::atomic<bool> found{false};
struct sigaction others;

size_t page_size() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

/* Opens the page, so that the instruction goes on. */
void on_fault(int signal, siginfo_t *info, void *) {
  char *address = static_cast<char *>(info->si_addr);
  for (const std::atomic<char *> &slot : pages) {
    char *page = slot.load();
    if (!page || address < page || address >= page + page_size()) continue;
    found = true;
    mprotect(page, page_size(), PROT_READ | PROT_WRITE);
    return;
  }
  sigaction(signal, &others, nullptr); /* not ours: it comes again */
}

void watch() {
  static const bool once = [] {
    struct sigaction action{};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, &others);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace

Guarded::Guarded(size_t size) {
  size_t page = page_size();
  int at = made++;
  void *mapped = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED || at >= most || size > page) throw std::bad_alloc();
  char *behind = static_cast<char *>(mapped) + page;
  mprotect(behind, page, PROT_NONE);
  pages[at] = behind;
  watch();
  found = false;
  memory_ = behind - size;
}

bool Guarded::touched() { return found; }

void expect_untouched(Bench &bench, const char *what) {
  bench.expect(!Guarded::touched(), "VER-3",
               std::string("nothing is read behind the end of ") + what,
               "it was");
}

}  // namespace kit
