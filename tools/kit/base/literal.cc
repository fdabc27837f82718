// SPDX-License-Identifier: MIT
#include "literal.h"

#include <charconv>
#include <stdexcept>

namespace kit {
namespace {

class Reader {
 public:
  explicit Reader(const std::string &text) : text_(text) {}

  CallText call() {
    const size_t open = text_.find('(');
    CallText call{text_.substr(0, open), {}};
    if (call.name.empty()) fail("a name");
    if (open == std::string::npos) return call;
    at_ = open + 1;
    if (!taken(')')) {
      do call.arguments.push_back(literal());
      while (taken(','));
      if (!taken(')')) fail("',' or ')'");
    }
    if (at_ != text_.size()) fail("nothing after ')'");
    return call;
  }

 private:
  [[noreturn]] void fail(const std::string &expected) const {
    throw std::invalid_argument("'" + text_ + "': expected " + expected +
                                " at character " + std::to_string(at_ + 1));
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') at_++;
  }

  bool taken(char mark) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != mark) return false;
    at_++;
    skip_blanks();
    return true;
  }

  Literal literal() {
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    const size_t end = text_.find_first_of(",) ", at_);
    const std::string word = text_.substr(at_, end - at_);
    if (word == "none") return accept(word, Literal());
    if (word == "true") return accept(word, Literal(true));
    if (word == "false") return accept(word, Literal(false));
    return number(word);
  }

  Literal accept(const std::string &word, Literal literal) {
    at_ += word.size();
    return literal;
  }

  Literal number(const std::string &word) {
    const char *begin = word.data(), *end = begin + word.size();
    int64_t integer = 0;
    auto [rest, status] = std::from_chars(begin, end, integer);
    if (status == std::errc() && rest == end) return accept(word, integer);
    double real = 0;
    auto [tail, other] = std::from_chars(begin, end, real);
    if (other == std::errc() && tail == end &&
        word.find_first_of(".en") != std::string::npos)
      return accept(word, real);
    fail("none, true, false, a number or a \"text\"");
  }

  Literal quoted() {
    std::string text;
    for (at_++; at_ < text_.size() && text_[at_] != '"'; at_++) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) at_++;
      text += text_[at_];
    }
    if (at_ == text_.size()) fail("'\"'");
    at_++;
    return text;
  }

  const std::string &text_;
  size_t at_ = 0;
};

}  // namespace

CallText parse_call(const std::string &text) { return Reader(text).call(); }

}  // namespace kit
