// SPDX-License-Identifier: MIT
#include "options.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>

namespace kit {

void Options::flag(const std::string &name, std::function<void()> on_seen) {
  options_[name] = {Takes::nothing,
                    [on_seen](const std::string &) { on_seen(); }};
}

void Options::value(const std::string &name,
                    std::function<void(const std::string &)> on_seen) {
  options_[name] = {Takes::a_value, std::move(on_seen)};
}

void Options::optional_value(const std::string &name,
                             std::function<void(const std::string &)> on_seen) {
  options_[name] = {Takes::perhaps, std::move(on_seen)};
}

std::vector<std::string> Options::parse(
    const std::vector<std::string> &words) const {
  std::vector<std::string> rest;
  for (size_t at = 0; at < words.size(); at++) {
    const std::string &word = words[at];
    if (word == "--") {
      rest.insert(rest.end(), words.begin() + long(at) + 1, words.end());
      break;
    }
    if (word.size() < 2 || word[0] != '-') {
      rest.push_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto found = options_.find(name);
    if (found == options_.end())
      throw UsageError{"unknown option " + name + "; see " + command_ +
                       " --help"};
    const auto &[takes, on_seen] = found->second;
    const bool has_value = equals != std::string::npos;
    if (takes == Takes::nothing && has_value)
      throw UsageError{name + " takes no value"};
    if (takes == Takes::a_value && !has_value) {
      if (at + 1 == words.size()) throw UsageError{name + " needs a value"};
      on_seen(words[++at]);
    } else {
      on_seen(has_value ? word.substr(equals + 1) : "");
    }
  }
  return rest;
}

uint64_t whole_number(const std::string &option, const std::string &text,
                      uint64_t least, uint64_t most) {
  char *end = nullptr;
  errno = 0;
  const bool hex = text.find("0x") == 0;
  const uint64_t number = std::strtoull(text.c_str(), &end, hex ? 16 : 10);
  const bool digit = !text.empty() && text[0] >= '0' && text[0] <= '9';
  if (!digit || *end || errno || number < least || number > most)
    throw UsageError{option + " needs a whole number from " +
                     std::to_string(least) + " to " + std::to_string(most) +
                     ", not '" + text + "'"};
  return number;
}

double seconds_of(const std::string &option, const std::string &text) {
  char *end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end || !(number > 0) || number > 86400)
    throw UsageError{option + " needs seconds, up to a day, not '" + text +
                     "'"};
  return number;
}

}  // namespace kit
