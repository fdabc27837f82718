/* SPDX-License-Identifier: MIT */
#ifndef KIT_JSON_WRITER_H
#define KIT_JSON_WRITER_H

#include <ostream>
#include <string>
#include <vector>

/** @file
 * Writes JSON, two spaces per level. Values in the order in which they come:
 *
 *     json.begin_object();
 *     json.key("seed").text("7");
 *     json.end_object();
 */

namespace kit {

/** What is printable of `text`, between double quotes, escaped. Also a
 * double-quoted scalar of YAML. */
std::string quoted(const std::string &text);

class JsonWriter {
 public:
  explicit JsonWriter(std::ostream &to) : to_(to) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  JsonWriter &key(const std::string &name);
  void text(const std::string &value) { put(quoted(value)); }
  void number(double value);
  void integer(uint64_t value) { put(std::to_string(value)); }
  void truth(bool value) { put(value ? "true" : "false"); }

 private:
  void open(char mark);
  void close(char mark);
  void put(const std::string &token);
  void separate();
  void indent() { to_ << '\n' << std::string(2 * empty_.size(), ' '); }

  std::ostream &to_;
  std::vector<bool> empty_; /**< of each level that is open */
  bool after_key_ = false;
};

}  // namespace kit

#endif
