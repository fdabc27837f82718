// SPDX-License-Identifier: MIT
#include "memory.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace kit {
namespace {

constexpr size_t page = 4096;
constexpr size_t longest_text = 1u << 16;

/** The size of a step from `at` that does not leave its page. */
size_t rest_of_page(const char *at) {
  return page - reinterpret_cast<uintptr_t>(at) % page;
}

}  // namespace

bool is_readable(const void *at, size_t size) {
  const char *next = static_cast<const char *>(at);
  while (size > 0) {
    char byte = 0;
    const size_t step = std::min(size, rest_of_page(next));
    iovec here = {&byte, 1};
    iovec there = {const_cast<char *>(next + step - 1), 1};
    if (process_vm_readv(getpid(), &here, 1, &there, 1, 0) != 1) return false;
    next += step;
    size -= step;
  }
  return true;
}

bool is_text(const char *at) {
  for (size_t seen = 0; seen < longest_text;) {
    const size_t step = rest_of_page(at + seen);
    if (!is_readable(at + seen, 1)) return false;
    if (std::memchr(at + seen, 0, step)) return true;
    seen += step;
  }
  return false;
}

}  // namespace kit
