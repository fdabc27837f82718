/* SPDX-License-Identifier: MIT */
#ifndef KIT_OPTIONS_H
#define KIT_OPTIONS_H

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../run/usage_error.h"

/** @file
 * Reads a command line. Others may use it for their commands:
 *
 *     Options options("baton fuzz");
 *     options.flag("--help", [&] { help = true; });
 *     options.value("--seed", [&](const std::string &text) { ... });
 *     targets = options.parse(words);
 */

namespace kit {

class Options {
 public:
  explicit Options(std::string command) : command_(std::move(command)) {}

  void flag(const std::string &name, std::function<void()> on_seen);
  /** Given as `--name value` or `--name=value`. */
  void value(const std::string &name,
             std::function<void(const std::string &)> on_seen);
  /** Given as `--name` or `--name=value`; then "" stands for no value. */
  void optional_value(const std::string &name,
                      std::function<void(const std::string &)> on_seen);

  /** @return the words that are no options; all behind `--`.
   * @throws UsageError */
  std::vector<std::string> parse(const std::vector<std::string> &words) const;

 private:
  enum class Takes { nothing, a_value, perhaps };
  struct Option {
    Takes takes;
    std::function<void(const std::string &)> on_seen;
  };

  std::string command_;
  std::map<std::string, Option> options_;
};

/** Numbers as people write them; whole ones also as 0x1f.
 * @throws UsageError naming the option and the range */
uint64_t whole_number(const std::string &option, const std::string &text,
                      uint64_t least, uint64_t most);
double seconds_of(const std::string &option, const std::string &text);

}  // namespace kit

#endif
