/* SPDX-License-Identifier: MIT */
#include <proxy/plan.h>
#include <proxy/thunk.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <set>

#include "driver.h"

/** @file
 * Tables of others, which only the contract of the test describes.
 */

using Catch::Matchers::Message;
using kit::Contract;
using kit::Ledger;
using kit::Means;
using kit::Side;
using kit::Value;

namespace {

constexpr const char *further_id = "org.example.further/1";

struct Further {
  uint32_t struct_size, reserved0;
  int32_t(BATON_CALL *twice)(const baton_value *self, uint64_t number,
                             uint64_t *out);
  int32_t(BATON_CALL *half)(const baton_value *self, uint64_t number,
                            uint64_t *out);
  int32_t(BATON_CALL *sum)(const baton_value *self, int8_t a, uint16_t b,
                           int32_t c, int64_t d, int64_t *out);
  int32_t(BATON_CALL *bare)(const baton_value *self);
};

bool is_mine(const baton_value *self) {
  return self->head.type == fake::type();
}

int32_t BATON_CALL twice(const baton_value *self, uint64_t number,
                         uint64_t *out) {
  if (!is_mine(self)) return BATON_INVALID_ARGUMENT;
  *out = 2 * number;
  return BATON_OK;
}

int32_t BATON_CALL half(const baton_value *self, uint64_t number,
                        uint64_t *out) {
  if (!is_mine(self)) return BATON_INVALID_ARGUMENT;
  *out = number / 2;
  return BATON_OK;
}

int32_t BATON_CALL sum(const baton_value *self, int8_t a, uint16_t b, int32_t c,
                       int64_t d, int64_t *out) {
  if (!is_mine(self)) return BATON_INVALID_ARGUMENT;
  *out = a + b + c + d;
  return BATON_OK;
}

int32_t BATON_CALL bare(const baton_value *self) {
  return is_mine(self) ? BATON_UNSUPPORTED : BATON_INVALID_ARGUMENT;
}

constexpr Further further = {sizeof further, 0, twice, half, sum, bare};

using Types = std::vector<std::string>;

/** The contract with a table of slots of `self` and of these arguments. */
Contract contract_with(const std::vector<std::pair<std::string, Types>> &slots,
                       const std::string &returns = "int32_t") {
  Contract contract = Contract::golden();
  kit::Struct table{"further", "further.h", "1.0", true, {}};
  table.fields = {{"struct_size", "uint32_t", "", false, {}},
                  {"reserved0", "uint32_t", "", true, {}}};
  for (const auto &[name, types] : slots) {
    table.fields.push_back({name, "slot", "", false, {}});
    kit::Slot slot;
    slot.table = "further";
    slot.name = name;
    slot.returns = returns;
    slot.parameters = {{"self", "const baton_value *", 2}};
    for (const std::string &type : types) {
      slot.parameters.push_back({"argument", type, 1});
    }
    contract.slots.push_back(slot);
  }
  contract.structs.push_back(table);
  contract.extensions.push_back(
      {further_id, "FURTHER", "further", kit::on_type});
  return contract;
}

/** A proxy of an object whose table is `further`, as a contract tells it. */
struct Bench {
  Bench(const Contract &contract_, Means means) : contract(contract_) {
    object.further = &further;
    proxy = kit::make_proxy(ledger, contract, Value(fake::value(object)),
                            Side::callee, means);
  }
  const Further *table() const {
    return static_cast<const Further *>(fake::find(proxy, further_id));
  }
  std::string refused() const {
    CHECK(table() == nullptr);
    CHECK(ledger.clean());
    return kit::refused_table(proxy.get(), further_id);
  }

  Contract contract;
  Ledger ledger;
  fake::Object object{fake::behave};
  Value proxy;
};

Means any_means() { return GENERATE(Means::closures, Means::thunks); }

}  // namespace

TEST_CASE("a table of others is stood for as its manifest describes it",
          "[proxy]") {
  const Bench bench(
      contract_with(
          {{"twice", {"uint64_t", "uint64_t *"}},
           {"half", {"uint64_t", "uint64_t *"}},
           {"sum", {"int8_t", "uint16_t", "int32_t", "int64_t", "int64_t *"}},
           {"bare", {}}}),
      any_means());
  const Further *table = bench.table();
  REQUIRE(table);
  CHECK(table->twice != further.twice);
  const baton_value *self = bench.proxy.get();
  uint64_t number = 0;
  CHECK(table->twice(self, 21, &number) == BATON_OK);
  CHECK(number == 42);
  CHECK(table->half(self, UINT64_MAX, &number) == BATON_OK);
  CHECK(number == UINT64_MAX / 2);
  int64_t total = 0;
  CHECK(table->sum(self, -128, 65535, INT32_MIN, -5, &total) == BATON_OK);
  CHECK(total == -128 + 65535 + int64_t{INT32_MIN} - 5);
  CHECK(table->bare(self) == BATON_UNSUPPORTED);
  CHECK(bench.table() == table);
  CHECK(kit::refused_table(self, further_id).empty());
  CHECK(bench.ledger.clean());
}

TEST_CASE("a slot that cannot be stood for is told", "[proxy]") {
  const auto means = any_means();
  const auto refused = [&](const Types &types, const char *returns) {
    const Contract contract = contract_with({{"twice", types}}, returns);
    return Bench(contract, means).refused();
  };
  CHECK(refused({"double"}, "int32_t") ==
        "further.twice: the type \"double\" cannot cross");
  CHECK(refused({"baton_value"}, "int32_t") ==
        "further.twice: the type \"baton_value\" cannot cross");
  CHECK(refused({}, "uint64_t") ==
        "further.twice: it returns uint64_t, and a proxy gives an int32_t");
  CHECK(refused({}, "void") == "further.twice: the type \"void\" cannot cross");
}

TEST_CASE("only closures take what has no room in registers", "[proxy]") {
  const Contract contract = contract_with({{"twice", Types(6, "void *")}});
  CHECK(Bench(contract, Means::closures).table() != nullptr);
  CHECK(Bench(contract, Means::thunks).refused() ==
        "further.twice: no thunk, it has 7 arguments, and thunks have 1 to 6");
}

TEST_CASE("every slot that takes a value can have a thunk", "[proxy]") {
  std::map<size_t, size_t> slots;
  std::set<void *> thunks;
  for (const kit::Slot &slot : Contract::golden().slots) {
    if (!kit::takes_self(slot)) continue;
    const std::string name = slot.table + "." + slot.name;
    INFO(name);
    const auto &signature = kit::signature(Contract::golden(), name);
    void *thunk = kit::thunk_for(signature, slots[signature.arity()]++);
    CHECK(thunk != nullptr);
    CHECK(thunks.insert(thunk).second);
  }
}

TEST_CASE("there is an end to thunks", "[proxy]") {
  const auto &retain = kit::signature(Contract::golden(), "baton_type.retain");
  CHECK(kit::thunk_for(retain, 63) != nullptr);
  CHECK_THROWS_MATCHES(
      kit::thunk_for(retain, 64), std::runtime_error,
      Message("baton_type.retain: no thunk, all 64 that have 1 arguments are "
              "in use"));
}
