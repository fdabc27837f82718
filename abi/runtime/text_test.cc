/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <string>

#include "support/drive.h"
#include "support/watch.h"

/* Text and bytes. */

using namespace support;

namespace {

int32_t make_text(const std::string &content) {
  Value made;
  const int32_t status =
      baton_text_new(content.data(), content.size(), made.get());
  CHECK(made.none() == (status != BATON_OK));
  if (status == BATON_OK) {
    baton_text_view view = {nullptr, 0};
    CHECK(baton_text_of(made.get(), &view) == BATON_OK);
    CHECK(std::string(view.data, view.size) == content);
  }
  return status;
}

}  // namespace

TEST_CASE_METHOD(Watch, "text keeps a copy of its UTF-8", "[EXT-4][OWN-7]") {
  std::string content = "Grüße, 世界 🙂";
  Value made = text(content);
  const std::string copy = content;
  content.assign(content.size(), '?');
  baton_text_view first = {nullptr, 0}, again = {nullptr, 0};
  CHECK(baton_text_of(made.get(), &first) == BATON_OK);
  CHECK(std::string(first.data, first.size) == copy);
  Value other = made;
  made.drop();
  CHECK(baton_text_of(other.get(), &again) == BATON_OK);
  CHECK(first.data == again.data);
  CHECK(std::string(first.data, first.size) == copy);
}

TEST_CASE_METHOD(Watch, "every sequence of UTF-8 is text", "[EXT-4]") {
  for (const std::string &good :
       {std::string(), std::string("a"), std::string("\0a", 2),
        std::string("\x7f"), std::string("\xc2\x80"), std::string("\xdf\xbf"),
        std::string("\xe0\xa0\x80"), std::string("\xed\x9f\xbf"),
        std::string("\xee\x80\x80"), std::string("\xef\xbf\xbf"),
        std::string("\xf0\x90\x80\x80"), std::string("\xf4\x8f\xbf\xbf")})
    CHECK(make_text(good) == BATON_OK);
}

TEST_CASE_METHOD(Watch, "what is no UTF-8 is no text", "[EXT-4][OWN-4]") {
  for (const std::string &bad : {
           std::string("\x80"),             /* a continuation alone */
           std::string("\xc0\x80"),         /* too long for its number */
           std::string("\xc1\xbf"),         /* the same */
           std::string("\xe0\x9f\xbf"),     /* the same */
           std::string("\xf0\x8f\xbf\xbf"), /* the same */
           std::string("\xed\xa0\x80"),     /* a surrogate */
           std::string("\xed\xbf\xbf"),     /* a surrogate */
           std::string("\xf4\x90\x80\x80"), /* beyond U+10FFFF */
           std::string("\xf5\x80\x80\x80"), /* beyond */
           std::string("\xff"),             /* never */
           std::string("\xc2"),             /* cut */
           std::string("\xe2\x82"),         /* cut */
           std::string("\xf0\x9f\x99"),     /* cut */
           std::string("\xc2\x41"),         /* not continued */
           std::string("\xe2\x41\x82"),     /* not continued */
           std::string("\xe2\x82\x41"),     /* not continued */
           std::string("\xf0\x9f\x99\x41"), /* not continued */
       }) {
    CHECK(make_text(bad) == BATON_INVALID_ARGUMENT);
    CHECK(make_text("good " + bad) == BATON_INVALID_ARGUMENT);
  }
}

TEST_CASE_METHOD(Watch, "bytes keep a copy, or zeroes", "[EXT-4]") {
  const uint8_t content[] = {0, 255, 128, 7};
  Value made;
  REQUIRE(baton_bytes_new(content, sizeof content, made.get()) == BATON_OK);
  baton_bytes_view view = {nullptr, 0};
  CHECK(baton_bytes_of(made.get(), &view) == BATON_OK);
  REQUIRE(view.size == sizeof content);
  CHECK(std::memcmp(view.data, content, sizeof content) == 0);
  CHECK(view.data != content);

  REQUIRE(baton_bytes_new(nullptr, 1000, (made = Value()).get()) == BATON_OK);
  CHECK(baton_bytes_of(made.get(), &view) == BATON_OK);
  for (uint64_t i = 0; i < view.size; i++) CHECK(view.data[i] == 0);
  baton_bytes_data(made.get())[999] = 9;
  CHECK(view.data[999] == 9);
  REQUIRE(baton_bytes_new(nullptr, 0, (made = Value()).get()) == BATON_OK);
  CHECK(baton_bytes_of(made.get(), &view) == BATON_OK);
  CHECK(view.size == 0);
}

TEST_CASE_METHOD(Watch, "a size that cannot be is refused", "[OWN-4]") {
  Value made;
  CHECK(baton_bytes_new(nullptr, UINT64_MAX, made.get()) == BATON_NO_MEMORY);
  CHECK(baton_bytes_new(nullptr, UINT64_MAX - 32, made.get()) ==
        BATON_NO_MEMORY);
  CHECK(made.none());
}

TEST_CASE_METHOD(Watch, "what is neither text nor bytes says so",
                 "[EXT-1][VAL-2]") {
  baton_text_view text_view = {nullptr, 0};
  baton_bytes_view bytes_view = {nullptr, 0};
  Value bytes;
  baton_bytes_new("abc", 3, bytes.get());
  CHECK(baton_text_of(bytes.get(), &text_view) == BATON_UNSUPPORTED);
  Value words = text("abc");
  CHECK(baton_bytes_of(words.get(), &bytes_view) == BATON_UNSUPPORTED);
  for (const Value &other :
       {Value(), Value(5), Value(baton_scalar_value(99, 1)), counted()}) {
    CHECK(baton_text_of(other.get(), &text_view) == BATON_UNSUPPORTED);
    CHECK(baton_bytes_of(other.get(), &bytes_view) == BATON_UNSUPPORTED);
    CHECK(baton_bytes_data(other.get()) == nullptr);
  }
  CHECK(baton_bytes_data(words.get()) == nullptr);
}

TEST_CASE_METHOD(Watch, "null arguments make no text and no bytes",
                 "[COR-20]") {
  Value made;
  CHECK(baton_text_new(nullptr, 3, made.get()) == BATON_INVALID_ARGUMENT);
  CHECK(baton_text_new("abc", 3, nullptr) == BATON_INVALID_ARGUMENT);
  CHECK(baton_bytes_new("abc", 3, nullptr) == BATON_INVALID_ARGUMENT);
  CHECK(made.none());
  CHECK(baton_text_new(nullptr, 0, made.get()) == BATON_OK);
}

TEST_CASE_METHOD(Watch, "text and bytes answer for their extension only",
                 "[EXT-1][TYP-10]") {
  Value words = text("abc");
  for (const char *id : {BATON_EXT_BYTES, BATON_EXT_INTROSPECT, "baton.text/2",
                         "baton.text/", "", "org.example/1"}) {
    const void *table = &id;
    CHECK(words.get()->head.type->query(words.get(), id, &table) ==
          BATON_UNSUPPORTED);
    CHECK(table == nullptr);
  }
  const void *first = nullptr;
  const void *again = nullptr;
  Value other = text("x");
  CHECK(words.get()->head.type->query(words.get(), BATON_EXT_TEXT, &first) ==
        BATON_OK);
  CHECK(other.get()->head.type->query(other.get(), BATON_EXT_TEXT, &again) ==
        BATON_OK);
  CHECK(first == again);
}
