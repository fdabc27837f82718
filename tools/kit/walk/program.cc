// SPDX-License-Identifier: MIT
#include "program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>

namespace kit {
namespace {

[[noreturn]] void fail(int error, const std::string &what) {
  throw std::system_error(error, std::generic_category(), what);
}

std::string read_all(int from) {
  std::string text;
  char bytes[4096];
  ssize_t size;
  while ((size = read(from, bytes, sizeof bytes)) > 0)
    text.append(bytes, static_cast<size_t>(size));
  return text;
}

}  // namespace

Ended run_program(const std::vector<std::string> &words) {
  std::vector<char *> given;
  for (const std::string &word : words)
    given.push_back(const_cast<char *>(word.c_str()));
  given.push_back(nullptr);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail(errno, "pipe2");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t pid;
  const int error = posix_spawnp(&pid, words[0].c_str(), &actions, nullptr,
                                 given.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  Ended ended{};
  if (error == 0) {
    ended.output = read_all(ends[0]);
    waitpid(pid, &ended.status, 0);
  }
  close(ends[0]);
  if (error != 0) fail(error, words[0]);
  return ended;
}

}  // namespace kit
