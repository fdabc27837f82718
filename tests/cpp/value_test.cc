/* SPDX-License-Identifier: MIT */
#include "cpp/shared.hpp"

using baton::value;
using cpp_test::Balance;
using cpp_test::failure;

namespace {

struct Point {
  int x, y;
};

}  // namespace

TEST_CASE("scalars of C++ become those of the contract", "[cpp][VAL-3]") {
  CHECK(support::describe(value().get()) == "none");
  CHECK(support::describe(value(true).get()) == "true");
  CHECK(value(true).get()->head.tag == BATON_TAG_BOOL);
  CHECK(value(-7).get()->head.tag == BATON_TAG_I64);
  CHECK(support::describe(value(-7).get()) == "-7");
  CHECK(value(7u).get()->head.tag == BATON_TAG_I64);
  CHECK(value(UINT64_MAX).get()->head.tag == BATON_TAG_U64);
  CHECK(support::describe(value(UINT64_MAX).get()) == "18446744073709551615");
  CHECK(value(0.5f).get()->head.tag == BATON_TAG_F64);
  CHECK(value(0.5).to<double>() == 0.5);
}

TEST_CASE("a number is converted only if it fits", "[cpp][VAL-2]") {
  CHECK(value(255).to<std::uint8_t>() == 255);
  CHECK(value(UINT64_MAX).to<std::uint64_t>() == UINT64_MAX);
  CHECK(value(-1).to<std::int8_t>() == -1);
  CHECK(value(3).to<double>() == 3.0);
  const std::string does_not_fit = "baton value-error: the number does not fit";
  CHECK(failure([] { value(256).to<std::uint8_t>(); }) == does_not_fit);
  CHECK(failure([] { value(-1).to<std::uint64_t>(); }) == does_not_fit);
  CHECK(failure([] { value(UINT64_MAX).to<std::int64_t>(); }) == does_not_fit);
  CHECK(failure([] { value(0.5).to<int>(); }) ==
        "baton type-error: an integer is needed, not 'f64'");
  CHECK(failure([] { value(1).to<bool>(); }) ==
        "baton type-error: a bool is needed, not 'i64'");
  CHECK(failure([] { value("7").to<int>(); }) ==
        "baton type-error: an integer is needed, not 'text'");
  CHECK(failure([] { value().to<double>(); }) ==
        "baton type-error: a number is needed, not 'none'");
  CHECK(failure([] { value::adopt(baton_scalar_value(200, 1)).to<int>(); }) ==
        "baton type-error: an integer is needed, not 'scalar of unknown tag'");
}

TEST_CASE("text and bytes are copied in, and lent", "[cpp][EXT-4]") {
  Balance balance;
  value text("\xc3\xa9t\xc3\xa9"), empty(""), same(std::string("abc"));
  CHECK(text.to<std::string_view>() == "\xc3\xa9t\xc3\xa9");
  CHECK(empty.to<std::string>() == "");
  CHECK(same.to<std::string>() == "abc");
  CHECK(failure([] { value("\xff"); }) ==
        "baton unicode-error: the text is not UTF-8");
  CHECK(failure([] { value(1).to<std::string>(); }) ==
        "baton type-error: text is needed, not 'i64'");

  const std::byte raw[] = {std::byte{0}, std::byte{255}};
  value bytes{std::span<const std::byte>(raw)};
  auto view = bytes.to<std::span<const std::byte>>();
  REQUIRE(view.size() == 2);
  CHECK(view[1] == std::byte{255});
  CHECK(failure([&] { text.to<std::span<const std::byte>>(); }) ==
        "baton type-error: bytes is needed, not 'text'");
}

TEST_CASE("an object comes home in its box, and is destroyed once", "[cpp]") {
  Balance balance;
  std::string log;
  {
    value boxed = baton::box(cpp_test::Watch(&log, "watch"));
    CHECK(std::string(boxed.type_name()) == "c++ object");
    CHECK(boxed.get_if<cpp_test::Watch>() != nullptr);
    CHECK(boxed.get_if<Point>() == nullptr);
    value again = boxed.copy();
    CHECK(again.get_if<cpp_test::Watch>() == boxed.get_if<cpp_test::Watch>());
    value moved = std::move(boxed);
    CHECK(boxed.is_none());
    CHECK(boxed.get_if<cpp_test::Watch>() == nullptr);
    CHECK(log == "");
  }
  CHECK(log == "watch");
  CHECK(baton::box(Point{1, 2}).to<Point>().y == 2);
  CHECK(failure([] { baton::box(1.5f).to<Point>(); }) ==
        "baton type-error: a c++ object of one type is needed, not 'c++ "
        "object'");
}

TEST_CASE("a value is moved, copied and dropped as counted", "[cpp][OWN-3]") {
  const int before = support::live_objects;
  {
    value one = cpp_test::unwrap(support::counted());
    value two = one.copy();
    one = std::move(two);
    CHECK(two.is_none());
    value *self = &one;
    one = std::move(*self);
    CHECK(support::live_objects == before + 1);
    baton_value raw = one.release();
    CHECK(one.is_none());
    one = value::adopt(raw);
    *one.out() = baton_from_i64(1);
    CHECK(support::live_objects == before);
    CHECK(one.to<int>() == 1);
  }
}

TEST_CASE("a copy that is refused is an exception", "[cpp][TYP-7]") {
  static baton_type type = support::plain_type("affine");
  type.retain = [](const baton_value *) {
    return static_cast<std::int32_t>(BATON_WRONG_THREAD);
  };
  value held = value::adopt(baton_from_object(&type, new support::Object));
  CHECK(failure([&] { held.copy(); }) ==
        "baton runtime-error: 'affine' belongs to another thread");
}

TEST_CASE("an object is no scalar, whatever scalar/1 gives", "[cpp][EXT-4]") {
  static const baton_scalar table = {
      sizeof(baton_scalar), 0, [](const baton_value *, baton_value *out) {
        *out = support::counted().give();
        return static_cast<std::int32_t>(BATON_OK);
      }};
  static baton_type type = support::plain_type("liar");
  type.query = [](const baton_value *, const char *, const void **out) {
    *out = &table;
    return static_cast<std::int32_t>(BATON_OK);
  };
  const int before = support::live_objects;
  {
    value held = value::adopt(baton_from_object(&type, new support::Object));
    CHECK(failure([&] { held.to<int>(); }) ==
          "baton type-error: an integer is needed, not 'liar'");
  }
  CHECK(support::live_objects == before);
}
