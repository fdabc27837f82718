/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_PROCESS_H
#define SUPPORT_PROCESS_H

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>

/** @file
 * Places to run code in: a process of its own, a small stack; and memory that
 * ends at a page that nobody may touch.
 */

namespace support {

/** Runs `code` in a child process. @return what it returns, from 0 to 255, as
 * text, or "crashed". The child tells it through a pipe and is killed, so that
 * no checker of leaks has a say in its end. */
inline std::string in_process(const std::function<int()> &code) {
  int ends[2];
  std::fflush(nullptr);
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    for (int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTERM})
      std::signal(number, SIG_DFL);
    if (!std::freopen("/dev/null", "w", stdout)) _exit(1);
    if (!std::freopen("/dev/null", "w", stderr)) _exit(1);
    const auto told = static_cast<unsigned char>(code());
    if (::write(ends[1], &told, 1) != 1) _exit(1);
    std::raise(SIGKILL);
  }
  ::close(ends[1]);
  unsigned char told = 0;
  const bool came = ::read(ends[0], &told, 1) == 1;
  ::close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return came ? std::to_string(told) : "crashed";
}

/** Runs `code` on a thread with `size` bytes of stack. */
inline void on_stack(size_t size, std::function<void()> code) {
  pthread_attr_t attributes;
  pthread_t thread;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, size) == 0);
  const auto run = [](void *arg) -> void * {
    (*static_cast<std::function<void()> *>(arg))();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, &code) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

/** Runs `code`. @return what it wrote to standard error. */
inline std::string stderr_of(const std::function<void()> &code) {
  std::fflush(stderr);
  std::FILE *file = std::tmpfile();
  REQUIRE(file);
  const int before = dup(STDERR_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  code();
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  ::close(before);
  std::string text(static_cast<size_t>(lseek(fileno(file), 0, SEEK_END)), '?');
  std::rewind(file);
  const size_t size = std::fread(&text[0], 1, text.size(), file);
  std::fclose(file);
  text.resize(size);
  return text;
}

/** Two pages, the second of which cannot be touched. */
class GuardedPage {
 public:
  GuardedPage() : size_(static_cast<size_t>(sysconf(_SC_PAGESIZE))) {
    void *pages = mmap(nullptr, 2 * size_, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(pages != MAP_FAILED);
    start_ = static_cast<char *>(pages);
    REQUIRE(mprotect(start_ + size_, size_, PROT_NONE) == 0);
  }
  ~GuardedPage() { munmap(start_, 2 * size_); }
  GuardedPage(const GuardedPage &) = delete;
  GuardedPage &operator=(const GuardedPage &) = delete;

  /** Puts the first `size` bytes of `table` flush against the second page. */
  template <typename Table>
  const Table *put(const Table &table, size_t size) {
    char *place = start_ + size_ - size;
    std::memcpy(place, &table, size);
    return reinterpret_cast<const Table *>(static_cast<void *>(place));
  }

 private:
  size_t size_;
  char *start_;
};

}  // namespace support

#endif
