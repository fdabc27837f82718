/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/process.h"
#include "support/watch.h"

/* Errors that the library makes: their parts, their frames, their text, and
 * long chains of them. */

using namespace support;

namespace {

const baton_error_methods *methods_of(const Value &error) {
  return error.get()->head.type->as_error;
}

Value cause_of(const Value &error) {
  Value out;
  CHECK(methods_of(error)->cause(error.get(), out.get()) == BATON_OK);
  return out;
}

Value context_of(const Value &error) {
  Value out;
  CHECK(methods_of(error)->context(error.get(), out.get()) == BATON_OK);
  return out;
}

Value payload_of(const Value &error) {
  Value out;
  CHECK(methods_of(error)->payload(error.get(), out.get()) == BATON_OK);
  return out;
}

int32_t add_frame(const Value &error, const char *function, uint32_t line,
                  uint32_t flags = BATON_FRAME_STATIC) {
  const baton_frame frame = {"c", function, "file.c", line, flags};
  return methods_of(error)->add_frame(error.get(), &frame);
}

std::string printed(const Value &error) {
  const uint64_t size = baton_error_print(error.get(), nullptr, 0);
  std::string text(size + 1, '?');
  CHECK(baton_error_print(error.get(), &text[0], size + 1) == size);
  CHECK(text[size] == '\0');
  text.resize(size);
  return text;
}

struct Frames {
  std::vector<baton_frame> frames;
  uint32_t kept = 0;
  uint64_t elided = 0;

  explicit Frames(const Value &error, uint32_t capacity = 64)
      : frames(capacity) {
    CHECK(methods_of(error)->frames(error.get(), frames.data(), capacity, &kept,
                                    &elided) == BATON_OK);
  }
};

}  // namespace

TEST_CASE_METHOD(Watch, "an error tells its kind and its message",
                 "[ERR-1][TYP-5]") {
  Value made(baton_error_new(BATON_ERROR_KEY, "no %s in %d", "x", 7));
  CHECK(describe(made) == "key-error: no x in 7");
  CHECK(baton_error_kind(made.get()) == BATON_ERROR_KEY);
  CHECK(cause_of(made).none());
  CHECK(context_of(made).none());
  CHECK(payload_of(made).none());
  made = Value(baton_error_new(BATON_ERROR_PANIC, nullptr));
  CHECK(describe(made) == "panic");
  baton_text_view view = {nullptr, 99};
  CHECK(methods_of(made)->message(made.get(), &view) == BATON_OK);
  CHECK(view.size == 0);
}

TEST_CASE_METHOD(Watch, "a long message is kept whole", "[ERR-1]") {
  const std::string long_text(2000, 'x');
  Value made = error(BATON_ERROR_VALUE, long_text.c_str());
  CHECK(describe(made) == "value-error: " + long_text);
}

TEST_CASE_METHOD(Watch, "a message that is cut is still UTF-8", "[ERR-1]") {
  for (size_t before = 500; before < 515; before++) {
    std::string text(before, 'x');
    for (int i = 0; i < 20; i++) text += "\xe2\x82\xac";
    Value made = error(BATON_ERROR_VALUE, text.c_str());
    baton_text_view view = {nullptr, 0};
    methods_of(made)->message(made.get(), &view);
    Value copy;
    CHECK(baton_text_new(view.data, view.size, copy.get()) == BATON_OK);
  }
}

TEST_CASE_METHOD(Watch, "an error gives what was set, counted",
                 "[ERR-6][OWN-7][TYP-8]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  Value payload = counted(), cause = host_error(BATON_ERROR_OS),
        context = error(BATON_ERROR_KEY, "k");
  for (int twice = 0; twice < 2; twice++) {
    Value first = payload, second = cause, third = context;
    baton_error_set_payload(made.get(), first.get());
    baton_error_set_cause(made.get(), second.get());
    baton_error_set_context(made.get(), third.get());
    CHECK((first.none() && second.none() && third.none()));
  }
  CHECK(payload_of(made).is(payload));
  CHECK(cause_of(made).is(cause));
  CHECK(context_of(made).is(context));
  int visits = 0;
  made.get()->head.type->traverse(
      made.get(),
      [](const baton_value *, void *arg) -> int32_t {
        ++*static_cast<int *>(arg);
        return 0;
      },
      &visits);
  CHECK(visits == 3);
  CHECK(made.get()->head.type->traverse(
            made.get(),
            [](const baton_value *, void *) -> int32_t { return 8; },
            nullptr) == 8);
}

TEST_CASE_METHOD(Watch, "what is set on another's error is dropped",
                 "[OWN-7][TYP-9]") {
  for (const Value &other :
       {kind(BATON_ERROR_KEY), host_error(BATON_ERROR_KEY), Value(5)}) {
    Value given = counted();
    baton_error_set_payload(other.get(), given.get());
    CHECK(given.none());
    given = counted();
    baton_error_set_cause(other.get(), given.get());
    CHECK(given.none());
    given = counted();
    baton_error_set_context(other.get(), given.get());
    CHECK(given.none());
  }
}

TEST_CASE_METHOD(Watch, "kinds have names, unknown ones by their base bit",
                 "[ERR-2]") {
  CHECK(std::string(baton_kind_name(BATON_ERROR_OTHER)) == "error");
  CHECK(std::string(baton_kind_name(BATON_ERROR_GROUP)) == "error-group");
  CHECK(std::string(baton_kind_name(BATON_ERROR_BASE_OTHER)) == "base-error");
  CHECK(std::string(baton_kind_name(BATON_ERROR_BASE_GROUP)) ==
        "base-error-group");
  CHECK(std::string(baton_kind_name(BATON_ERROR_CANCELLED)) == "cancelled");
  CHECK(std::string(baton_kind_name(19)) == "error");
  CHECK(std::string(baton_kind_name(UINT32_MAX)) == "base-error");
  CHECK(std::string(baton_kind_name(0x80000007u)) == "base-error");
}

/* ---- Frames ----------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "frames are kept in the order they came", "[ERR-5]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  CHECK(Frames(made).kept == 0);
  for (uint32_t i = 0; i < 64; i++) {
    CHECK(add_frame(made, "f", i) == BATON_OK);
    const Frames read(made);
    REQUIRE(read.kept == i + 1);
    CHECK(read.elided == 0);
    CHECK(read.frames[i].line == i);
    CHECK(read.frames[0].line == 0);
  }
}

TEST_CASE_METHOD(Watch, "of many frames the first 32 and the last 32 stay",
                 "[ERR-3]") {
  for (uint32_t count : {65u, 96u, 97u, 1000u, 100003u}) {
    Value made = error(BATON_ERROR_VALUE, "no");
    for (uint32_t i = 0; i < count; i++) add_frame(made, "f", i);
    const Frames read(made);
    REQUIRE(read.kept == 64);
    CHECK(read.elided == count - 64);
    for (uint32_t i = 0; i < 32; i++) {
      CHECK(read.frames[i].line == i);
      CHECK(read.frames[32 + i].line == count - 32 + i);
    }
  }
}

TEST_CASE_METHOD(Watch, "a reader with less room gets the first frames",
                 "[ERR-3]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  for (uint32_t i = 0; i < 100; i++) add_frame(made, "f", i);
  const Frames read(made, 40);
  CHECK(read.kept == 64);
  CHECK(read.elided == 36);
  CHECK(read.frames[31].line == 31);
  CHECK(read.frames[32].line == 68);
  CHECK(read.frames[39].line == 75);
  const Frames none(made, 0);
  CHECK(none.kept == 64);
}

TEST_CASE_METHOD(Watch, "strings of a frame are copied unless they are static",
                 "[ERR-3][OWN-7]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  static const char constant[] = "constant";
  add_frame(made, constant, 1);
  for (int i = 0; i < 200; i++) {
    std::string name = "gone " + std::to_string(i);
    std::string file = "file " + std::to_string(i);
    baton_frame frame = {"lua", name.c_str(), file.c_str(), 2, 0};
    CHECK(methods_of(made)->add_frame(made.get(), &frame) == BATON_OK);
  }
  const Frames read(made);
  CHECK(read.frames[0].function == constant);
  CHECK(std::string(read.frames[1].function) == "gone 0");
  CHECK(std::string(read.frames[1].file) == "file 0");
  CHECK(std::string(read.frames[1].language) == "lua");
  CHECK(std::string(read.frames[63].function) == "gone 199");
}

/* ---- Text ------------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an error prints with its frames and its causes",
                 "[ERR-3][ERR-7]") {
  Value root = error(BATON_ERROR_OS, "disk");
  add_frame(root, "read", 3);
  Value middle = error(BATON_ERROR_KEY, "k");
  Value held = root;
  baton_error_set_context(middle.get(), held.get());
  Value made = error(BATON_ERROR_VALUE, "no");
  held = middle;
  baton_error_set_cause(made.get(), held.get());
  held = kind(BATON_ERROR_TIMEOUT);
  baton_error_set_context(made.get(), held.get());
  add_frame(made, "f", 1);
  add_frame(made, "g", 2);
  CHECK(printed(made) ==
        "value-error: no\n"
        "  at f (file.c:1) [c]\n"
        "  at g (file.c:2) [c]\n"
        "caused by key-error: k\n"
        "while handling os-error: disk\n"
        "  at read (file.c:3) [c]");
}

TEST_CASE_METHOD(Watch, "what was elided is told", "[ERR-3]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  for (uint32_t i = 0; i < 70; i++) add_frame(made, "f", i);
  const std::string text = printed(made);
  CHECK(text.find("  at f (file.c:31) [c]\n"
                  "  ... 6 more ...\n"
                  "  at f (file.c:38) [c]\n") != std::string::npos);
}

TEST_CASE_METHOD(Watch, "bare kinds, hosts' errors and other values print",
                 "[ERR-1][ERR-2]") {
  CHECK(printed(kind(BATON_ERROR_CANCELLED)) == "cancelled");
  CHECK(printed(kind(0x80001234u)) == "base-error");
  CHECK(printed(host_error(BATON_ERROR_KEY)) == "key-error");
  CHECK(printed(counted()) == "counted, which is no error");
  CHECK(printed(Value()) == "none, which is no error");
}

TEST_CASE_METHOD(Watch, "a print is cut at the size of the buffer", "[ERR-3]") {
  Value made = error(BATON_ERROR_VALUE, "no");
  add_frame(made, "f", 1);
  const std::string whole = printed(made);
  for (size_t size = 1; size <= whole.size(); size++) {
    std::string buffer(size + 1, '?');
    CHECK(baton_error_print(made.get(), &buffer[0], size) == whole.size());
    CHECK(buffer[size - 1] == '\0');
    CHECK(buffer[size] == '?');
    CHECK(buffer.substr(0, size - 1) == whole.substr(0, size - 1));
  }
}

TEST_CASE_METHOD(Watch, "a print of a long chain of causes ends", "[ERR-3]") {
  Value made = error(BATON_ERROR_VALUE, "0");
  for (int i = 1; i < 1000; i++) {
    Value outer = error(BATON_ERROR_VALUE, std::to_string(i).c_str());
    baton_error_set_cause(outer.get(), made.get());
    made = outer;
  }
  CHECK(printed(made).size() < 2000);
}

/* ---- Long chains ------------------------------------------------------ */

namespace {

/* Makes a chain of a million errors and releases it on a small stack. */
int release_chain(void (*link)(const baton_value *, baton_value *)) {
  Value made = error(BATON_ERROR_VALUE, "0");
  for (int i = 1; i < 1000000; i++) {
    Value outer = error(BATON_ERROR_VALUE, "n");
    link(outer.get(), made.get());
    made = std::move(outer);
  }
  on_stack(256 * 1024, [&] { made.drop(); });
  return made.none() ? 0 : 1;
}

}  // namespace

TEST_CASE_METHOD(Watch, "a million causes are released on a small stack",
                 "[ERR-3]") {
  CHECK(in_process([] { return release_chain(baton_error_set_cause); }) == "0");
}

TEST_CASE_METHOD(Watch, "a million contexts are released on a small stack",
                 "[ERR-3]") {
  CHECK(in_process([] { return release_chain(baton_error_set_context); }) ==
        "0");
}

TEST_CASE_METHOD(Watch, "a million payloads are released on a small stack",
                 "[ERR-3]") {
  CHECK(in_process([] { return release_chain(baton_error_set_payload); }) ==
        "0");
}

TEST_CASE_METHOD(Watch, "a chain that somebody holds in the middle stays",
                 "[OWN-7]") {
  Value root = error(BATON_ERROR_VALUE, "root");
  Value middle = error(BATON_ERROR_VALUE, "middle");
  Value made = error(BATON_ERROR_VALUE, "outer");
  Value held = root;
  baton_error_set_cause(middle.get(), held.get());
  held = middle;
  baton_error_set_cause(made.get(), held.get());
  made.drop();
  CHECK(cause_of(middle).is(root));
  held = host_error(BATON_ERROR_KEY);
  baton_error_set_cause(root.get(), held.get());
  middle.drop();
  CHECK(describe(cause_of(root)) == "key-error");
}
