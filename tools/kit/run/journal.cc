// SPDX-License-Identifier: MIT
#include "journal.h"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace kit {
namespace {

constexpr size_t capacity = 1u << 20;

[[noreturn]] void fail(const char *what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void append(std::string *bytes, const std::string &text) {
  const uint32_t size = static_cast<uint32_t>(text.size());
  bytes->append(reinterpret_cast<const char *>(&size), sizeof size);
  bytes->append(text);
}

/** Takes one prefixed piece off `bytes` at `*at`. @return false at the end. */
bool take(const std::string &bytes, size_t *at, std::string *piece) {
  uint32_t size = 0;
  if (bytes.size() - *at < sizeof size) return false;
  std::memcpy(&size, bytes.data() + *at, sizeof size);
  if (bytes.size() - *at - sizeof size < size) return false;
  *piece = bytes.substr(*at + sizeof size, size);
  *at += sizeof size + size;
  return true;
}

}  // namespace

struct Journal::Memory {
  std::atomic<uint32_t> used;
  char bytes[capacity];
};

Journal::Journal() : descriptor_(memfd_create("journal", 0)), owner_(getpid()) {
  if (descriptor_ < 0) fail("memfd_create");
  if (ftruncate(descriptor_, sizeof(Memory)) != 0) fail("ftruncate");
  map();
}

Journal::Journal(int descriptor) : descriptor_(descriptor), owner_(getpid()) {
  map();
  close_descriptor();
}

Journal::~Journal() {
  munmap(memory_, sizeof(Memory));
  close_descriptor();
}

void Journal::map() {
  void *at = mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED,
                  descriptor_, 0);
  if (at == MAP_FAILED) fail("mmap");
  memory_ = static_cast<Memory *>(at);
}

void Journal::close_descriptor() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

void Journal::write(const Record &record) {
  if (getpid() != owner_) return;
  std::string fields, bytes;
  for (const std::string &field : record) append(&fields, field);
  append(&bytes, fields);
  const uint32_t used = memory_->used.load();
  if (used > capacity || capacity - used < bytes.size()) return;
  std::memcpy(memory_->bytes + used, bytes.data(), bytes.size());
  memory_->used.store(used + static_cast<uint32_t>(bytes.size()));
}

std::vector<Record> Journal::read() const {
  const size_t used = std::min<size_t>(memory_->used.load(), capacity);
  const std::string bytes(memory_->bytes, used);
  std::vector<Record> records;
  std::string fields, field;
  for (size_t at = 0; take(bytes, &at, &fields);) {
    Record record;
    for (size_t inner = 0; take(fields, &inner, &field);)
      record.push_back(field);
    if (!record.empty()) records.push_back(record);
  }
  return records;
}

}  // namespace kit
