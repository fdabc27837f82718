// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "../contract/utf8.h"
#include "trace.h"

/** @file
 * From bytes to a Trace. The verifier makes every offset safe to follow; what
 * cannot be played, or is too much, is refused here.
 */

namespace kit {
namespace {

namespace fb = flatbuffers;
namespace schema = baton::trace;

constexpr size_t max_text = 4u << 20; /**< of all strings, unfolded */
constexpr size_t max_things = 4000;   /**< steps, arguments and answers */
constexpr fb::uoffset_t max_depth = 8;
constexpr fb::uoffset_t max_tables = 4 * max_things;

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Reader {
 public:
  Trace trace(const schema::Trace &from) {
    Trace to;
    to.kit_version = text(from.kit_version());
    to.abi_major = from.abi_major();
    to.abi_minor = from.abi_minor();
    to.seed = from.seed();
    to.target = text(from.target());
    to.verdict = text(from.verdict());
    to.expected = text(from.expected());
    to.came = text(from.came());
    to.steps = all(from.steps(), &Reader::step);
    return to;
  }

 private:
  std::string text(const fb::String *from) {
    if (!from) return "";
    if (from->size() > max_text - text_read_)
      throw Refused("its strings are more than 4 MiB in all");
    text_read_ += from->size();
    std::string to = from->str();
    if (!is_printable_utf8(to))
      throw Refused("a string is not UTF-8, or has control characters");
    return to;
  }

  template <typename From, typename To>
  std::vector<To> all(const fb::Vector<fb::Offset<From>> *from,
                      To (Reader::*read)(const From &)) {
    std::vector<To> to;
    if (!from) return to;
    for (const From *item : *from) {
      if (++things_read_ > max_things) throw Refused("it has too many steps");
      to.push_back((this->*read)(*item));
    }
    return to;
  }

  template <typename Enum>
  Enum known(Enum value, Enum last, const char *what) {
    if (value == Enum::UNSAID || value > last)
      throw Refused(std::string("it has ") + what + " " +
                    std::to_string(static_cast<uint16_t>(value)) +
                    ", which this kit does not know");
    return value;
  }

  uint16_t place(uint64_t number, uint64_t places) {
    if (number >= places)
      throw Refused("it names place " + std::to_string(number) +
                    ", and there are " + std::to_string(places));
    return static_cast<uint16_t>(number);
  }

  TraceAnswer answer(const schema::Answer &from) {
    return {from.status(), known(from.kind(), Kind::UNKNOWN_TAG, "a value"),
            from.bits(), place(from.calls(), trace_places + 1)};
  }

  TraceArgument argument(const schema::Argument &from) {
    TraceArgument to;
    to.kind = known(from.kind(), Kind::PLACE, "a value");
    to.bits =
        to.kind == Kind::PLACE ? place(from.bits(), trace_places) : from.bits();
    to.text = text(from.text());
    to.answers = all(from.answers(), &Reader::answer);
    to.on_throw = known(from.on_throw(), Conduct::REFUSES, "a conduct");
    to.on_close = known(from.on_close(), Conduct::REFUSES, "a conduct");
    return to;
  }

  TraceStep step(const schema::Step &from) {
    TraceStep to;
    to.operation = known(from.operation(), Operation::RELEASE, "an operation");
    to.place = place(from.place(), trace_places);
    to.result = place(from.result(), trace_places);
    to.subject = text(from.subject());
    to.arguments = all(from.arguments(), &Reader::argument);
    to.accepts = from.accepts();
    to.abi_minor = from.abi_minor();
    to.context_size = from.context_size();
    to.no_query = from.no_query();
    to.other_thread = from.other_thread();
    if (from.seen()) to.seen = seen(*from.seen());
    return to;
  }

  Seen seen(const schema::Seen &from) {
    return {from.done(),       from.status(),        text(from.value()),
            from.error_kind(), text(from.message()), text(from.state())};
  }

  size_t text_read_ = 0;
  size_t things_read_ = 0;
};

}  // namespace

std::optional<Trace> read_trace(const uint8_t *data, size_t size,
                                std::string *error) {
  constexpr size_t least = sizeof(fb::uoffset_t) + fb::kFileIdentifierLength;
  try {
    if (size < least || !schema::TraceBufferHasIdentifier(data))
      throw Refused("it does not begin as a trace does");
    if (size > max_trace_bytes) throw Refused("it is larger than 8 MiB");
    fb::Verifier verifier(data, size, max_depth, max_tables);
    if (!schema::VerifyTraceBuffer(verifier))
      throw Refused("its bytes are damaged");
    return Reader().trace(*schema::GetTrace(data));
  } catch (const Refused &refused) {
    *error = refused.what();
    return std::nullopt;
  }
}

}  // namespace kit
