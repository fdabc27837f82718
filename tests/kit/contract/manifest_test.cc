/* SPDX-License-Identifier: MIT */
#include <contract/contract.h>
#include <flatbuffers/flatbuffers.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <functional>

#include "manifest_data.h"
#include "manifest_generated.h"

using kit::Contract;
namespace abi = baton::abi;
using Builder = flatbuffers::FlatBufferBuilder;

namespace {

/** Why it cannot be read; "" if it can. */
std::string refusal(const void *data, uint64_t size) {
  std::string error;
  Contract::read(static_cast<const uint8_t *>(data), size, &error);
  return error;
}

/** Why a manifest with these parts cannot be read. */
template <typename Add>
std::string refusal_of(Add add) {
  Builder made;
  made.ForceVectorAlignment(1, 1, 8);
  const auto name = made.CreateString("baton");
  const auto fill = add(made);
  abi::ManifestBuilder manifest(made);
  manifest.add_name(name);
  manifest.add_abi_minor(1);
  manifest.add_fingerprint(1); /* aligns the buffer to 8 */
  fill(manifest);
  abi::FinishManifestBuffer(made, manifest.Finish());
  return refusal(made.GetBufferPointer(), made.GetSize());
}

/** The same for structs of these names, each with a member of this name. */
std::string refusal_of_structs(const std::vector<std::string> &names,
                               const std::string &member) {
  return refusal_of([&](Builder &made) {
    std::vector<flatbuffers::Offset<abi::Struct>> structs;
    for (const std::string &name : names) {
      const auto field = abi::CreateFieldDirect(made, member.c_str(), "char");
      const std::vector<flatbuffers::Offset<abi::Field>> fields = {field,
                                                                   field};
      structs.push_back(abi::CreateStructDirect(made, name.c_str(), nullptr,
                                                nullptr, false, &fields));
    }
    const auto all = made.CreateVector(structs);
    return [=](abi::ManifestBuilder &to) { to.add_structs(all); };
  });
}

std::vector<uint64_t> golden_words() {
  std::vector<uint64_t> words(BATON_MANIFEST_DATA_SIZE / 8 + 2);
  std::memcpy(words.data(), baton_manifest_data.bytes,
              BATON_MANIFEST_DATA_SIZE);
  return words;
}

}  // namespace

TEST_CASE("the kit's own manifest is read whole", "[contract]") {
  const Contract &golden = Contract::golden();
  CHECK(golden.name == "baton");
  CHECK(golden.provider_symbol == "baton_provider_v0");
  CHECK(golden.constants.at("BATON_BUSY") == -16);
  CHECK(static_cast<uint64_t>(golden.constants.at("BATON_TYPE_CRITICAL")) ==
        0xffffffff00000000u);
  const kit::Slot *send = golden.slot("baton_coroutine_methods.send");
  REQUIRE(send);
  CHECK(send->returns == "int32_t");
  REQUIRE(send->parameters.size() == 4);
  CHECK(send->parameters[2].name == "in");
  CHECK(send->parameters[2].ctype == "baton_value *");
  CHECK(send->parameters[2].ownership == kit::may_be_taken);
  CHECK(send->thread == kit::thread_driver);
  const kit::Struct *value = golden.structure("baton_value");
  REQUIRE(value);
  CHECK_FALSE(value->versioned);
  CHECK(value->fields[0].members.size() == 3);
  const kit::Extension *text = golden.extension("baton.text/1");
  REQUIRE(text);
  CHECK(text->table == "baton_text");
  CHECK(text->found_with == kit::on_type);
}

TEST_CASE("what a manifest does not have is not found", "[contract]") {
  const Contract &golden = Contract::golden();
  CHECK_FALSE(golden.slot("baton_coroutine_methods.sent"));
  CHECK_FALSE(golden.slot("send"));
  CHECK_FALSE(golden.structure("baton_nothing"));
  CHECK_FALSE(golden.extension("baton.text/2"));
}

TEST_CASE("bytes that are no manifest are refused", "[contract][EXT-3]") {
  std::vector<uint64_t> words = golden_words();
  auto *bytes = reinterpret_cast<uint8_t *>(words.data());
  const uint64_t size = BATON_MANIFEST_DATA_SIZE;
  CHECK(refusal(bytes, size).empty());
  CHECK(refusal(nullptr, size) == "there are no bytes");
  CHECK(refusal(bytes, 7) == "it is shorter than 8 bytes");
  CHECK(refusal(bytes, UINT64_MAX) == "it is longer than 8 MiB");
  CHECK(refusal(bytes + 4, size) == "it is not aligned to 8");
  SECTION("another identifier") {
    bytes[4] = 'X';
    CHECK(refusal(bytes, size) ==
          "it does not begin as a manifest: no identifier BATN");
  }
  SECTION("a root beyond the end") {
    std::memset(bytes, 0xff, 4);
    CHECK(refusal(bytes, size) == "its bytes are not a valid manifest");
  }
}

TEST_CASE("a manifest that was cut off is refused", "[contract][EXT-3]") {
  const uint64_t size = BATON_MANIFEST_DATA_SIZE;
  for (uint64_t kept = 8; kept < size; kept += 499) {
    std::vector<uint64_t> words(kept / 8 + 1);
    std::memcpy(words.data(), baton_manifest_data.bytes, kept);
    INFO(kept);
    CHECK_FALSE(refusal(words.data(), kept).empty());
  }
}

TEST_CASE("names that would be ambiguous are refused", "[contract]") {
  CHECK(refusal_of_structs({"a"}, "") == "a member of a struct has no name");
  CHECK(refusal_of_structs({"a"}, "x") ==
        "a member of a struct x stands there twice");
  CHECK(refusal_of_structs({""}, "x") == "the struct has no name");
  CHECK(refusal_of([](Builder &made) {
          const auto slot = abi::CreateSlotDirect(made, 1, "table", "slot");
          const auto all = made.CreateVector(
              std::vector<flatbuffers::Offset<abi::Slot>>{slot, slot});
          return [=](abi::ManifestBuilder &to) { to.add_slots(all); };
        }) == "the slot table.slot stands there twice");
}

TEST_CASE("text that would command a terminal is refused", "[contract]") {
  CHECK(refusal_of_structs({"a\x1b[2J"}, "x") ==
        "a string is not UTF-8, or has control characters");
  CHECK(refusal_of_structs({"a\xff"}, "x") ==
        "a string is not UTF-8, or has control characters");
}

TEST_CASE("a small file that unfolds to a large one is refused",
          "[contract][EXT-3]") {
  const std::string error = refusal_of([](Builder &made) {
    const auto text = made.CreateString(std::string(1u << 20, 'x'));
    const auto id = made.CreateString("COR-1");
    const auto checks = made.CreateVector(
        std::vector<flatbuffers::Offset<flatbuffers::String>>(17, text));
    const auto one =
        abi::CreateRequirement(made, id, abi::Level::MUST, 0, checks);
    const auto all = made.CreateVector(&one, 1);
    return [=](abi::ManifestBuilder &to) { to.add_requirements(all); };
  });
  CHECK(error == "its strings are more than 16 MiB in all");
}

TEST_CASE("numbers that are not known yet survive", "[contract]") {
  Builder made;
  const auto extension = abi::CreateExtensionDirect(
      made, "org.example.new/1", "NEW", static_cast<abi::ExtensionStatus>(999),
      nullptr, "table", static_cast<abi::Finder>(4711));
  const auto weak = abi::CreateRequirementDirect(
      made, "NEW-1", static_cast<abi::Level>(40000));
  const auto extensions = made.CreateVector(&extension, 1);
  const auto requirements = made.CreateVector(&weak, 1);
  const auto name = made.CreateString("baton");
  abi::ManifestBuilder manifest(made);
  manifest.add_name(name);
  manifest.add_fingerprint(1);
  manifest.add_extensions(extensions);
  manifest.add_requirements(requirements);
  abi::FinishManifestBuffer(made, manifest.Finish());
  std::string error;
  const auto read =
      Contract::read(made.GetBufferPointer(), made.GetSize(), &error);
  CHECK(error.empty());
  REQUIRE(read);
  CHECK(read->extensions[0].found_with == 4711);
  CHECK(read->requirements[0].must);
}
