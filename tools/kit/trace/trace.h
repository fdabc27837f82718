/* SPDX-License-Identifier: MIT */
#ifndef KIT_TRACE_H
#define KIT_TRACE_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace_generated.h"

/** @file
 * Calls on a library and what came of them, as data (trace.fbs).
 */

namespace kit {

using baton::trace::Conduct;
using baton::trace::Kind;
using baton::trace::Operation;

/** Objects of the target are kept in this many places. */
constexpr uint16_t trace_places = 8;

struct TraceAnswer {
  int32_t status = 0;
  Kind kind = Kind::NONE;
  uint64_t bits = 0;
  uint16_t calls = 0; /**< a place, counted from 1; 0: calls nothing */
};

struct TraceArgument {
  Kind kind = Kind::NONE;
  uint64_t bits = 0;
  std::string text;
  std::vector<TraceAnswer> answers;
  Conduct on_throw = Conduct::ENDS;
  Conduct on_close = Conduct::ENDS;
};

struct Seen {
  bool done = false;
  int32_t status = 0;
  std::string value;
  uint32_t error_kind = 0;
  std::string message;
  std::string state;

  bool operator==(const Seen &other) const;
  std::string text() const; /**< "ERROR error value "7", CLOSED" */
};

struct TraceStep {
  Operation operation = Operation::UNSAID;
  uint16_t place = 0;
  uint16_t result = 0;
  std::string subject;
  std::vector<TraceArgument> arguments;
  uint32_t accepts = 0;
  uint16_t abi_minor = 0;
  uint32_t context_size = 0;
  bool no_query = false;
  bool other_thread = false;
  Seen seen;

  std::string text() const; /**< "send i64 5 to 2" */
};

struct Trace {
  std::string kit_version;
  uint16_t abi_major = 0, abi_minor = 0;
  uint64_t seed = 0;
  std::string target;
  std::string verdict, expected, came;
  std::vector<TraceStep> steps;
};

/** No reader takes more. */
constexpr size_t max_trace_bytes = 8u << 20;

std::vector<uint8_t> write_trace(const Trace &trace);

/** Reads bytes from anyone: whatever they are, nothing worse happens than that
 * nothing is read. @return nothing, and why in `error`. */
std::optional<Trace> read_trace(const uint8_t *data, size_t size,
                                std::string *error);

/** @throws UsageError if it cannot be written, or read. */
void save_trace(const Trace &trace, const std::string &path);
Trace load_trace(const std::string &path);

}  // namespace kit

#endif
