// SPDX-License-Identifier: MIT
#include "trace.h"

namespace kit {
namespace {

namespace fb = flatbuffers;
namespace schema = baton::trace;

fb::Offset<fb::String> text(fb::FlatBufferBuilder &to,
                            const std::string &from) {
  return to.CreateSharedString(from);
}

fb::Offset<schema::Answer> answer(fb::FlatBufferBuilder &to,
                                  const TraceAnswer &from) {
  return schema::CreateAnswer(to, from.status, from.kind, from.bits,
                              from.calls);
}

fb::Offset<schema::Argument> argument(fb::FlatBufferBuilder &to,
                                      const TraceArgument &from) {
  std::vector<fb::Offset<schema::Answer>> answers;
  for (const TraceAnswer &one : from.answers)
    answers.push_back(answer(to, one));
  return schema::CreateArgument(to, from.kind, from.bits, text(to, from.text),
                                to.CreateVector(answers), from.on_throw,
                                from.on_close);
}

fb::Offset<schema::Seen> seen(fb::FlatBufferBuilder &to, const Seen &from) {
  return schema::CreateSeen(to, from.done, from.status, text(to, from.value),
                            from.error_kind, text(to, from.message),
                            text(to, from.state));
}

fb::Offset<schema::Step> step(fb::FlatBufferBuilder &to,
                              const TraceStep &from) {
  std::vector<fb::Offset<schema::Argument>> arguments;
  for (const TraceArgument &one : from.arguments)
    arguments.push_back(argument(to, one));
  return schema::CreateStep(
      to, from.operation, from.place, from.result, text(to, from.subject),
      to.CreateVector(arguments), from.accepts, from.abi_minor,
      from.context_size, from.no_query, from.other_thread, seen(to, from.seen));
}

}  // namespace

std::vector<uint8_t> write_trace(const Trace &trace) {
  fb::FlatBufferBuilder to;
  std::vector<fb::Offset<schema::Step>> steps;
  for (const TraceStep &one : trace.steps) steps.push_back(step(to, one));
  schema::FinishTraceBuffer(
      to,
      schema::CreateTrace(to, text(to, trace.kit_version), trace.abi_major,
                          trace.abi_minor, trace.seed, text(to, trace.target),
                          text(to, trace.verdict), text(to, trace.expected),
                          text(to, trace.came), to.CreateVector(steps)));
  return {to.GetBufferPointer(), to.GetBufferPointer() + to.GetSize()};
}

}  // namespace kit
