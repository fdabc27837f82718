// SPDX-License-Identifier: MIT
#include "json_writer.h"

#include <cstdio>

#include "../contract/utf8.h"

namespace kit {

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (char byte : printable(text)) {
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else {
      if (byte == '"' || byte == '\\') out += '\\';
      out += byte;
    }
  }
  return out + '"';
}

JsonWriter &JsonWriter::key(const std::string &name) {
  separate();
  to_ << quoted(name) << ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  put(text);
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (empty_.empty()) return;
  if (!empty_.back()) to_ << ',';
  empty_.back() = false;
  indent();
}

void JsonWriter::put(const std::string &token) {
  separate();
  to_ << token;
}

void JsonWriter::open(char mark) {
  separate();
  to_ << mark;
  empty_.push_back(true);
}

void JsonWriter::close(char mark) {
  const bool was_empty = empty_.back();
  empty_.pop_back();
  if (!was_empty) indent();
  to_ << mark;
  if (empty_.empty()) to_ << '\n';
}

}  // namespace kit
