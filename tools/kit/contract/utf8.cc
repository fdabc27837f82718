/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <cstdint>

namespace kit {
namespace {

/** How long the sequence at `at` is; 0 if it is none. */
size_t sequence(const std::string &text, size_t at) {
  const auto byte = [&](size_t index) -> uint32_t {
    return index < text.size() ? static_cast<uint8_t>(text[index]) : 0u;
  };
  const auto follows = [&](size_t index) {
    return (byte(index) & 0xc0u) == 0x80u;
  };
  const uint32_t first = byte(at), second = byte(at + 1);
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return follows(at + 1) ? 2 : 0;
  if (first < 0xf0) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second > 0x9f;
    if (overlong || surrogate) return 0;
    return follows(at + 1) && follows(at + 2) ? 3 : 0;
  }
  if (first > 0xf4) return 0;
  const bool overlong = first == 0xf0 && second < 0x90;
  const bool beyond = first == 0xf4 && second > 0x8f;
  if (overlong || beyond) return 0;
  return follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
}

/** C0 but line feed and tab, DEL, and C1. */
bool is_control(const std::string &text, size_t at, size_t length) {
  const auto first = static_cast<uint8_t>(text[at]);
  if (length == 1) {
    return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7f;
  }
  return first == 0xc2 && static_cast<uint8_t>(text[at + 1]) < 0xa0;
}

}  // namespace

bool is_utf8(const std::string &text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = sequence(text, at);
    if (!length) return false;
    at += length;
  }
  return true;
}

bool is_printable_utf8(const std::string &text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = sequence(text, at);
    if (!length || is_control(text, at, length)) return false;
    at += length;
  }
  return true;
}

std::string printable(const std::string &text) {
  std::string shown;
  for (size_t at = 0; at < text.size();) {
    const size_t length = sequence(text, at);
    const bool bad = !length || is_control(text, at, length);
    shown += bad ? "?" : text.substr(at, length);
    at += length ? length : 1;
  }
  return shown;
}

}  // namespace kit
