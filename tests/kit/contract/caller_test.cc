/* SPDX-License-Identifier: MIT */
#include <baton/baton.h>
#include <contract/caller.h>
#include <contract/layout.h>
#include <contract/utf8.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <map>

using Catch::Matchers::Message;
using kit::Contract;

namespace {

int32_t BATON_CALL mixed(const void *first, uint8_t small, int16_t negative,
                         uint64_t large, uint32_t middle, void **out) {
  const bool right = first == out && small == 250 && negative == -2 &&
                     large == UINT64_MAX && middle == 0xfffffffe;
  *out = nullptr;
  return right ? -1 : 0;
}

kit::Slot slot_with(const std::string &returns,
                    const std::vector<std::string> &ctypes) {
  kit::Slot slot;
  slot.name = "mixed";
  slot.returns = returns;
  for (const std::string &ctype : ctypes) {
    slot.parameters.push_back({"", ctype, 0});
  }
  return slot;
}

}  // namespace

TEST_CASE("arguments of every width arrive", "[contract]") {
  const kit::Signature signature(
      slot_with("int32_t", {"const void *", "uint8_t", "int16_t", "uint64_t",
                            "uint32_t", "void **"}));
  void *out = &out;
  const void *first = &out;
  CHECK(kit::call(signature, kit::address_of(mixed), first, uint8_t{250},
                  int16_t{-2}, uint64_t{UINT64_MAX}, uint32_t{0xfffffffe},
                  &out) == -1);
  CHECK(out == nullptr);
}

TEST_CASE("a signature is made once", "[contract]") {
  const Contract &golden = Contract::golden();
  const kit::Signature &first = kit::signature(golden, "baton_type.retain");
  CHECK(&first == &kit::signature(golden, "baton_type.retain"));
  CHECK(first.arity() == 1);
  CHECK(first.name() == "baton_type.retain");
  for (const kit::Slot &slot : golden.slots) {
    CHECK(kit::signature(golden, slot.table + "." + slot.name).arity() ==
          slot.parameters.size());
  }
}

TEST_CASE("another contract may describe the same slot otherwise",
          "[contract]") {
  Contract other = Contract::golden();
  for (kit::Slot &slot : other.slots) {
    if (slot.name == "retain")
      slot.parameters.push_back({"more", "int32_t", 0});
  }
  CHECK(kit::signature(other, "baton_type.retain").arity() == 2);
  CHECK(kit::signature(Contract::golden(), "baton_type.retain").arity() == 1);
}

TEST_CASE("what cannot cross has no signature", "[contract]") {
  CHECK_THROWS_MATCHES(kit::Signature(slot_with("int32_t", {"size_t"})),
                       std::runtime_error,
                       Message("mixed: the type \"size_t\" cannot cross"));
  CHECK_THROWS_MATCHES(kit::Signature(slot_with("double", {})),
                       std::runtime_error,
                       Message("mixed: the type \"double\" cannot cross"));
  CHECK_THROWS_MATCHES(kit::signature(Contract::golden(), "baton_type.none"),
                       std::runtime_error,
                       Message("the manifest has no slot baton_type.none"));
}

TEST_CASE("the layout of a struct is the compiler's", "[contract]") {
  const Contract &golden = Contract::golden();
  const auto layout = [&](const char *name) {
    return kit::layout_of(golden, *golden.structure(name));
  };
  CHECK(layout("baton_value").size == sizeof(baton_value));
  CHECK(layout("baton_frame").size == sizeof(baton_frame));
  CHECK(layout("baton_link").alignment == alignof(baton_link));
  CHECK(layout("baton_link").offsets[5] == offsetof(baton_link, kind));
  CHECK(layout("baton_link_handling").offsets[1] ==
        offsetof(baton_link_handling, link));
  const auto type = golden.structure("baton_type");
  const kit::Layout found = layout("baton_type");
  CHECK(found.size == sizeof(baton_type));
  for (size_t at = 0; at < type->fields.size(); at++) {
    if (type->fields[at].name == "query") {
      CHECK(found.offsets[at] == offsetof(baton_type, query));
    }
  }
}

TEST_CASE("layouts are those that are kept for this kind of target",
          "[contract]") {
  const size_t align64 = alignof(baton_text_view) < 8 ? 4 : 8;
  const std::string model = "pointer" + std::to_string(8 * sizeof(void *)) +
                            "-align" + std::to_string(align64);
  std::ifstream kept("abi/layouts/" + model + ".txt");
  REQUIRE(kept);
  std::map<std::string, size_t> numbers;
  std::string line;
  while (std::getline(kept, line)) {
    char name[128], what[16];
    size_t number = 0;
    if (std::sscanf(line.c_str(), "%127s %15s %zu", name, what, &number) == 3) {
      numbers[name] = number;
    }
  }
  for (const kit::Struct &record : Contract::golden().structs) {
    const kit::Layout found = kit::layout_of(Contract::golden(), record);
    INFO(record.name);
    CHECK(numbers.at(record.name) == found.size);
    for (size_t at = 0; at < record.fields.size(); at++) {
      INFO(record.fields[at].name);
      CHECK(numbers.at(record.name + "." + record.fields[at].name) ==
            found.offsets[at]);
    }
  }
}

TEST_CASE("a struct without a size is refused", "[contract]") {
  Contract contract = Contract::golden();
  const auto layout = [&](const std::string &name, const std::string &ctype) {
    contract.structs.push_back(
        {name, "", "", false, {{"member", ctype, "", false, {}}}});
    return kit::layout_of(contract, contract.structs.back());
  };
  CHECK_THROWS_MATCHES(
      layout("odd", "long double"), std::runtime_error,
      Message("the type \"long double\" of a member has no known size"));
  CHECK_THROWS_MATCHES(layout("endless", "endless"), std::runtime_error,
                       Message("endless contains itself"));
  CHECK_THROWS_MATCHES(kit::layout_of(contract, {"empty", "", "", false, {}}),
                       std::runtime_error,
                       Message("empty has no size that can be"));
}

TEST_CASE("structs in structs do not multiply without end", "[contract]") {
  Contract contract;
  std::string inner = "uint64_t";
  for (char name = 'a'; name <= 'p'; name++) {
    kit::Struct record{std::string(1, name), "", "", false, {}};
    for (int at = 0; at < 50; at++) {
      record.fields.push_back({std::to_string(at), inner, "", false, {}});
    }
    inner = record.name;
    contract.structs.push_back(record);
  }
  CHECK(kit::layout_of(contract, contract.structs[1]).size == 50 * 50 * 8);
  CHECK_THROWS_MATCHES(kit::layout_of(contract, contract.structs[15]),
                       std::runtime_error,
                       Message("c has no size that can be"));
}

TEST_CASE("structs in structs end somewhere", "[contract]") {
  Contract contract;
  std::string inner = "uint64_t";
  for (int at = 0; at < 200; at++) {
    const std::string name = "s" + std::to_string(at);
    contract.structs.push_back(
        {name, "", "", false, {{"member", inner, "", false, {}}}});
    inner = name;
  }
  CHECK(kit::layout_of(contract, *contract.structure("s63")).size == 8);
  CHECK_THROWS_MATCHES(kit::layout_of(contract, *contract.structure("s199")),
                       std::runtime_error,
                       Message("s135 lies too deep in others"));
}

TEST_CASE("text of others is looked at first", "[contract]") {
  CHECK(kit::is_utf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xb5"));
  for (const char *bad :
       {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xff", "a\xe2\x82"}) {
    INFO(bad);
    CHECK_FALSE(kit::is_utf8(bad));
  }
  CHECK(kit::is_printable_utf8("two\n\tlines"));
  CHECK_FALSE(kit::is_printable_utf8("\x1b[31m"));
  CHECK_FALSE(kit::is_printable_utf8("\xc2\x9b"));
  CHECK(kit::printable("a\x1b\xffz\xc3\xa9") == "a??z\xc3\xa9");
}
