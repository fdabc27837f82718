// SPDX-License-Identifier: MIT
#include "compose.h"

#include <baton/baton.h>

#include <cstring>
#include <map>

#include "dice.h"

namespace kit {
namespace {

/** What the bodies of the kit take: v a value, n a small number, k a kind of
 * error, t a text, e an error, c an awaitable; `*` more values. */
const std::map<std::string, const char *> &signatures() {
  static const std::map<std::string, const char *> table = {
      {"kit.give", "v"},   {"kit.echo", "v"},   {"kit.fail", "kt"},
      {"kit.raise", "e"},  {"kit.panic", "t"},  {"kit.relay", "c"},
      {"kit.pair", "cc"},  {"kit.rescue", "c"}, {"kit.guard", "cc"},
      {"kit.both", "cc"},  {"kit.count", "n"},  {"kit.delegate", "c"},
      {"kit.items", "v*"}, {"kit.mirror", "v"}, {"kit.tidy", "vc"},
      {"kit.last", "c"},   {"kit.run", "c"},    {"kit.same", "vv"},
      {"kit.alike", "cc"},
  };
  return table;
}

const std::vector<uint32_t> error_kinds = {
    BATON_ERROR_OTHER,          BATON_ERROR_RUNTIME,
    BATON_ERROR_TYPE,           BATON_ERROR_VALUE,
    BATON_ERROR_STOP_ITERATION, BATON_ERROR_STOP_ASYNC_ITERATION,
    BATON_ERROR_TIMEOUT,        BATON_ERROR_KEY,
    BATON_ERROR_GENERATOR_EXIT, BATON_ERROR_GENERATOR_EXIT,
    BATON_ERROR_CANCELLED,      BATON_ERROR_CANCELLED,
    BATON_ERROR_PANIC,          4711,
    BATON_ERROR_BASE | 4711};

/** Each as often as it stands here. */
const std::vector<Operation> operations = {
    Operation::CREATE,  Operation::CREATE,        Operation::CREATE,
    Operation::SEND,    Operation::SEND,          Operation::SEND,
    Operation::SEND,    Operation::SEND,          Operation::SEND,
    Operation::SEND,    Operation::SEND,          Operation::THROW,
    Operation::THROW,   Operation::THROW,         Operation::CLOSE,
    Operation::CLOSE,   Operation::AWAIT,         Operation::AITER,
    Operation::ANEXT,   Operation::ANEXT,         Operation::ASEND,
    Operation::ATHROW,  Operation::ACLOSE,        Operation::QUERY,
    Operation::COUNT,   Operation::COUNT_THREADS, Operation::TRAVERSE,
    Operation::RELEASE, Operation::RELEASE};

const std::vector<int32_t> answers = {
    BATON_YIELD,   BATON_YIELD,       BATON_YIELD,
    BATON_PENDING, BATON_RETURN,      BATON_RETURN,
    BATON_ERROR,   BATON_UNSUPPORTED, 77};

class Composer {
 public:
  Composer(uint64_t seed, const std::vector<std::string> &subjects)
      : dice_(seed), subjects_(subjects) {}

  std::vector<TraceStep> steps() {
    std::vector<TraceStep> steps;
    const uint64_t count = 5 + dice_.below(26);
    for (uint64_t at = 0; at < count; at++)
      steps.push_back(
          step(at == 0 ? Operation::CREATE : dice_.pick(operations)));
    return steps;
  }

 private:
  TraceStep step(Operation operation) {
    TraceStep made;
    made.operation = operation;
    made.place = place();
    made.result = operation == Operation::CREATE ? made.place : place();
    made.accepts = static_cast<uint32_t>(dice_.chance(60) ? 3 : dice_.below(4));
    made.abi_minor = BATON_ABI_MINOR;
    if (dice_.chance(10)) made.abi_minor += 7;
    made.context_size = sizeof(baton_context);
    if (dice_.chance(10)) made.context_size += 32;
    made.no_query = dice_.chance(10);
    made.other_thread = operation != Operation::CREATE && dice_.chance(10);
    if (operation == Operation::CREATE) create(made);
    if (operation == Operation::SEND || operation == Operation::ASEND)
      made.arguments = {dice_.chance(60) ? TraceArgument() : value()};
    if (operation == Operation::THROW || operation == Operation::ATHROW)
      made.arguments = {dice_.chance(4) ? value() : error()};
    return made;
  }

  /** Mostly one of the first places, so that calls meet. */
  uint16_t place() {
    return static_cast<uint16_t>(
        dice_.below(dice_.chance(80) ? 3 : trace_places));
  }

  void create(TraceStep &made) {
    made.subject = dice_.pick(subjects_);
    const auto known = signatures().find(made.subject);
    if (made.subject.find('(') != std::string::npos) return;
    if (dice_.chance(known == signatures().end() ? 10 : 8)) {
      for (uint64_t count = dice_.below(4); count > 0; count--)
        made.arguments.push_back(value());
    } else if (known != signatures().end()) {
      for (const char *letter = known->second; *letter; letter++)
        fitting(*letter, made.arguments);
    }
  }

  void fitting(char letter, std::vector<TraceArgument> &arguments) {
    switch (letter) {
      case 'v':
        return arguments.push_back(value());
      case 'n':
        return arguments.push_back(scalar(Kind::I64, dice_.below(5)));
      case 'k':
        return arguments.push_back(scalar(Kind::I64, dice_.pick(error_kinds)));
      case 't':
        return arguments.push_back(text());
      case 'e':
        return arguments.push_back(error());
      case 'c':
        return arguments.push_back(
            dice_.chance(35) ? scalar(Kind::PLACE, place()) : actor());
      default:
        for (uint64_t count = dice_.below(3); count > 0; count--)
          arguments.push_back(value());
    }
  }

  static TraceArgument scalar(Kind kind, uint64_t bits) {
    TraceArgument made;
    made.kind = kind;
    made.bits = bits;
    return made;
  }

  TraceArgument text() {
    TraceArgument made = scalar(Kind::TEXT, 0);
    made.text = dice_.chance(20) ? "" : "text " + std::to_string(number());
    return made;
  }

  TraceArgument error() {
    if (dice_.chance(30)) return scalar(Kind::ERROR_KIND, kind());
    TraceArgument made = scalar(Kind::ERROR, kind());
    made.text = std::to_string(number());
    return made;
  }

  uint32_t kind() { return dice_.pick(error_kinds); }
  uint64_t number() { return ++numbers_; }

  TraceArgument value() {
    switch (dice_.below(10)) {
      case 0:
        return TraceArgument();
      case 1:
        return scalar(Kind::BOOL, dice_.below(2));
      case 2:
        return scalar(Kind::U64, dice_.next() | 1ull << 63);
      case 3:
        return real();
      case 4:
        return text();
      case 5:
        return scalar(Kind::TOKEN, 0);
      case 6:
        return dice_.chance(50) ? error() : scalar(Kind::UNKNOWN_TAG, number());
      case 7:
        return scalar(Kind::I64, dice_.next());
      default:
        return scalar(Kind::I64, number());
    }
  }

  TraceArgument real() {
    const double half = static_cast<double>(number()) / 2;
    uint64_t bits;
    std::memcpy(&bits, &half, sizeof bits);
    return scalar(Kind::F64, bits);
  }

  TraceArgument actor() {
    TraceArgument made = scalar(Kind::ACTOR, 0);
    for (uint64_t count = dice_.below(4); count > 0; count--)
      made.answers.push_back(answer());
    made.on_throw = conduct();
    made.on_close = conduct();
    return made;
  }

  TraceAnswer answer() {
    TraceAnswer made;
    made.status = dice_.pick(answers);
    if (made.status == BATON_ERROR) {
      made.kind = Kind::ERROR_KIND;
      made.bits = kind();
    } else if (made.status == BATON_YIELD || made.status == BATON_RETURN) {
      made.kind = Kind::I64;
      made.bits = number();
    }
    if (dice_.chance(10)) made.calls = static_cast<uint16_t>(1 + place());
    return made;
  }

  Conduct conduct() {
    const uint64_t chosen = dice_.below(10);
    return chosen < 6   ? Conduct::ENDS
           : chosen < 9 ? Conduct::ANSWERS
                        : Conduct::REFUSES;
  }

  Dice dice_;
  const std::vector<std::string> &subjects_;
  uint64_t numbers_ = 0;
};

}  // namespace

Trace compose(uint64_t seed, const std::vector<std::string> &subjects) {
  Trace made;
  made.kit_version = BATON_KIT_VERSION;
  made.abi_major = BATON_ABI_MAJOR;
  made.abi_minor = BATON_ABI_MINOR;
  made.seed = seed;
  made.steps = Composer(seed, subjects).steps();
  return made;
}

}  // namespace kit
