/* SPDX-License-Identifier: MIT */
#include "cpp/shared.hpp"

using baton::generator;
using baton::task;
using baton::value;
using cpp_test::Balance;

namespace {

task<std::string> join(std::string left, int right) {
  co_return left + std::to_string(right);
}

generator<int> count(int end) {
  for (int i = 0; i < end; i++) co_yield i;
}

double half(double number) { return number / 2; }

/* No coroutine: what it throws is thrown by the call. */
task<int> refuse() { throw std::invalid_argument("not now"); }

}  // namespace

BATON_CPP_PROVIDER("cpp-test", "1.2",
                   baton::exported<join>("join", "Joins text and a number."),
                   baton::exported<count>("count", "Counts."),
                   baton::exported<half>("half", "No coroutine."),
                   baton::exported<refuse>("refuse", "Fails."))

namespace {

/* Calls an export by its name. */
support::Outcome create(const std::string &name, std::vector<value> arguments) {
  const baton_provider *library = baton_provider_v0();
  support::Outcome outcome;
  for (std::uint64_t i = 0; i < library->export_count; i++) {
    const baton_export *made = library->exports[i];
    if (made->name == name)
      outcome.status = made->create(
          made, nullptr, reinterpret_cast<baton_value *>(arguments.data()),
          arguments.size(), outcome.out.get());
  }
  for (const value &argument : arguments)
    CHECK(argument.is_none() == (outcome.status == BATON_OK));
  return outcome;
}

template <class... A>
support::Outcome create(const std::string &name, A... arguments) {
  std::vector<value> all;
  (all.emplace_back(std::move(arguments)), ...);
  return create(name, std::move(all));
}

}  // namespace

TEST_CASE("functions of C++ are exported", "[cpp][PRV-2][PRV-3]") {
  Balance balance;
  const baton_provider *library = baton_provider_v0();
  CHECK(library == baton_provider_v0());
  CHECK(std::string(library->name) == "cpp-test");
  CHECK(std::string(library->language) == "c++");
  CHECK(library->export_count == 4);
  support::Outcome made = create("join", "x", 5);
  REQUIRE(made.status == BATON_OK);
  CHECK(support::send(made.out) == "RETURN 'x5'");
  made = create("count", 1);
  CHECK(support::send(made.out) == "YIELD 0");
  CHECK(support::send(made.out) == "RETURN none");
  CHECK(support::describe(create("half", 3.0).out) == "1.500000");
}

TEST_CASE("arguments that do not fit are an error, and stay", "[cpp][PRV-3]") {
  Balance balance;
  CHECK(create("join", "x") ==
        "ERROR type-error: join takes 2 arguments, not 1");
  CHECK(create("join", 5, 5) == "ERROR type-error: text is needed, not 'i64'");
  CHECK(create("count", "5") ==
        "ERROR type-error: an integer is needed, not 'text'");
  CHECK(create("refuse", std::vector<value>()) == "ERROR value-error: not now");
}
