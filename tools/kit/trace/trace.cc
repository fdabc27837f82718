// SPDX-License-Identifier: MIT
#include "trace.h"

#include <cstdio>
#include <fstream>

#include "../play/value.h"
#include "../run/usage_error.h"

namespace kit {
namespace {

std::string lower(const char *name) {
  std::string text;
  for (; *name; name++)
    text += *name == '_'
                ? ' '
                : static_cast<char>(
                      *name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
  return text;
}

std::string text_of(const TraceArgument &argument) {
  std::string text = lower(baton::trace::EnumNameKind(argument.kind));
  switch (argument.kind) {
    case Kind::NONE:
    case Kind::TOKEN:
      return text;
    case Kind::TEXT:
      return text + " '" + argument.text + "'";
    case Kind::I64:
      return text + " " + std::to_string(static_cast<int64_t>(argument.bits));
    case Kind::ERROR:
      return text + " " + kind_name(static_cast<uint32_t>(argument.bits)) +
             " '" + argument.text + "'";
    case Kind::ERROR_KIND:
      return text + " " + kind_name(static_cast<uint32_t>(argument.bits));
    case Kind::ACTOR:
      break;
    default:
      return text + " " + std::to_string(argument.bits);
  }
  text += "(";
  for (const TraceAnswer &answer : argument.answers)
    text += (&answer == argument.answers.data() ? "" : ", ") +
            status_name(answer.status);
  return text + ")";
}

}  // namespace

bool Seen::operator==(const Seen &other) const {
  return done == other.done && status == other.status && value == other.value &&
         error_kind == other.error_kind && message == other.message &&
         state == other.state;
}

std::string Seen::text() const {
  if (!done) return "not done";
  std::string text = status_name(status);
  if (!value.empty()) text += " " + value;
  if (!state.empty()) text += ", " + state;
  return text;
}

std::string TraceStep::text() const {
  std::string text = lower(baton::trace::EnumNameOperation(operation));
  if (operation == Operation::CREATE)
    text += " " + subject;
  else
    text += " " + std::to_string(place);
  for (const TraceArgument &argument : arguments)
    text += (&argument == arguments.data() ? ": " : ", ") + text_of(argument);
  if (operation == Operation::CREATE || !(result == place))
    text += " -> " + std::to_string(result);
  return text;
}

void save_trace(const Trace &trace, const std::string &path) {
  const std::vector<uint8_t> bytes = write_trace(trace);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char *>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw UsageError{path + ": cannot be written"};
}

Trace load_trace(const std::string &path) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (!file) throw UsageError{path + ": cannot be read"};
  std::string bytes(max_trace_bytes + 1, '\0'); /* a device has no end */
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) throw UsageError{path + ": cannot be read"};
  std::string error;
  std::optional<Trace> trace = read_trace(
      reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size(), &error);
  if (!trace) throw UsageError{path + " is no trace: " + error};
  return std::move(*trace);
}

}  // namespace kit
