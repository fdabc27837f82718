// SPDX-License-Identifier: MIT
#include <atomic>
#include <thread>

#include "../play/type.h"
#include "common.h"
#include "driving.h"

/** @file
 * Errors that a provider makes: their frames, their slots, their threads.
 */

namespace kit {
namespace {

/* An error object of the target, with the slots that a check needs. */
Value error_of_target(Bench &bench) {
  Step step = bench
                  .make("kit.fail", Value::i64(BATON_ERROR_VALUE),
                        bench.text("as asked"))
                  .drain();
  if (step.status != BATON_ERROR || !step.out.is_object())
    bench.skip("its errors are no objects");
  return std::move(step.out);
}

using AddFrame = decltype(baton_error_methods::add_frame);
using Frames = decltype(baton_error_methods::frames);

struct FrameSlots {
  AddFrame add;
  Frames read;
};

FrameSlots frames_of(Bench &bench, const Value &error) {
  const baton_error_methods *slots = error_of(error.type());
  FrameSlots found = {KIT_MEMBER(slots, baton_error_methods, add_frame),
                      KIT_MEMBER(slots, baton_error_methods, frames)};
  if (!found.add || !found.read) bench.skip("its errors have no frames");
  return found;
}

struct Trace {
  std::vector<baton_frame> frames = std::vector<baton_frame>(256);
  uint32_t kept = 0;
  uint64_t elided = 0;
};

Trace trace_of(Bench &bench, const Value &error) {
  Trace trace;
  int32_t status = frames_of(bench, error)
                       .read(error.get(), trace.frames.data(),
                             static_cast<uint32_t>(trace.frames.size()),
                             &trace.kept, &trace.elided);
  bench.expect(status == BATON_OK, "ERR-3", "OK from frames",
               status_name(status));
  return trace;
}

int32_t add(const FrameSlots &slots, const Value &error, uint32_t line) {
  std::string name = "function_" + std::to_string(line);
  baton_frame frame = {"kit", name.c_str(), "", line, 0};
  return slots.add(error.get(), &frame);
}

KIT_CHECK("error-frames-kept",
          "An error keeps its first and its last 32 frames, and counts the "
          "rest.",
          Tier::core, {"ERR-3"}, {"kit.fail"}) {
  Value error = error_of_target(bench);
  FrameSlots slots = frames_of(bench, error);
  Trace before = trace_of(bench, error);
  const uint32_t added = 200;
  for (uint32_t line = 1; line <= added; line++)
    if (add(slots, error, line) != BATON_OK) bench.skip("a frame was lost");
  Trace after = trace_of(bench, error);
  uint64_t whole = before.kept + before.elided + added;
  bench.expect(after.kept + after.elided == whole, "ERR-3",
               std::to_string(whole) + " frames, kept and elided",
               std::to_string(after.kept + after.elided));
  bench.expect(after.kept >= 2 * BATON_FRAMES_KEPT && after.kept <= 256,
               "ERR-3", "at least 64 frames kept", std::to_string(after.kept));
  for (uint32_t at = 0; at < BATON_FRAMES_KEPT; at++) {
    const baton_frame &last = after.frames[after.kept - 1 - at];
    bench.expect(
        last.line == added - at && std::string(last.function) ==
                                       "function_" + std::to_string(added - at),
        "ERR-3", "the last 32 frames as they were added",
        std::string(last.function) + ", line " + std::to_string(last.line));
    if (at < before.kept) continue;
    const baton_frame &first = after.frames[at];
    bench.expect(first.line == at + 1 - before.kept, "ERR-3",
                 "the first 32 frames as they were added",
                 "line " + std::to_string(first.line));
  }
}

KIT_CHECK("error-slots-on-threads",
          "Several threads call the slots of one error at a time.",
          Tier::threads, {"ERR-4"}, {"kit.fail"}) {
  Value error = error_of_target(bench);
  const baton_error_methods *slots = error_of(error.type());
  auto message = KIT_MEMBER(slots, baton_error_methods, message);
  uint32_t first = error.error_kind();
  std::string words = error.error_message();
  const bool may_refuse = hosted(bench); /* it may need its interpreter */
  std::atomic<int> waiting{4}, wrong{0};
  auto ask = [&](Value held) {
    for (waiting--; waiting > 0;) std::this_thread::yield();
    for (int turn = 0; turn < 2000; turn++) {
      uint32_t kind = 0;
      baton_text_view view{};
      if (slots->kind(held.get(), &kind) != BATON_OK || kind != first) wrong++;
      if (!message) continue;
      int32_t status = message(held.get(), &view);
      if (status == BATON_WRONG_THREAD && may_refuse) continue;
      if (status != BATON_OK || std::string(view.data, view.size) != words)
        wrong++;
    }
  };
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; at++) threads.emplace_back(ask, bench.copy(error));
  for (std::thread &thread : threads) thread.join();
  bench.expect(wrong == 0, "ERR-4", "the same kind and message on each thread",
               std::to_string(wrong) + " answers were others");
}

KIT_CHECK("error-frames-on-threads",
          "Several threads add frames to one error at a time.", Tier::threads,
          {"ERR-4"}, {"kit.fail"}) {
  Value error = error_of_target(bench);
  FrameSlots slots = frames_of(bench, error);
  Trace before = trace_of(bench, error);
  std::atomic<int> waiting{4};
  std::atomic<uint64_t> added{0};
  auto work = [&](Value held) {
    for (waiting--; waiting > 0;) std::this_thread::yield();
    for (uint32_t turn = 1; turn <= 1000; turn++)
      if (add(slots, held, turn) == BATON_OK) added++;
  };
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; at++) threads.emplace_back(work, bench.copy(error));
  for (std::thread &thread : threads) thread.join();
  Trace after = trace_of(bench, error);
  uint64_t whole = before.kept + before.elided + added;
  bench.expect(after.kept + after.elided == whole, "ERR-4",
               std::to_string(whole) + " frames, kept and elided",
               std::to_string(after.kept + after.elided));
}

}  // namespace
}  // namespace kit
