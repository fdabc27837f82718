/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstring>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/process.h"
#include "support/watch.h"

/* The check of a descriptor: each rule, their order, and what is read. */

using namespace support;

namespace {

/* "OK", or the status and the rule. */
std::string verdict(const baton_type *type) {
  const char *why = "unset";
  const int32_t status = baton_type_check(type, &why);
  CHECK(baton_type_check(type, nullptr) == status);
  CHECK((why == nullptr) == (status == BATON_OK));
  return status == BATON_OK ? "OK" : status_name(status) + " " + why;
}

std::string verdict(const baton_type &type) { return verdict(&type); }

int32_t BATON_CALL no_resume(const baton_value *, baton_context *, uint32_t,
                             baton_value *, baton_value *) {
  return BATON_RETURN;
}

const baton_link_methods good_link = {sizeof good_link, 0,       no_resume,
                                      nullptr,          nullptr, nullptr};

const baton_error_methods good_error = {sizeof good_error, 0,       host_kind,
                                        nullptr,           nullptr, nullptr,
                                        nullptr,           nullptr, nullptr};

/* With every suite. */
baton_type whole_type() {
  baton_type type = foreign_type();
  type.as_link = &good_link;
  type.as_error = &good_error;
  return type;
}

}  // namespace

TEST_CASE("a good descriptor passes", "[TYP-1][TYP-2][TYP-5]") {
  CHECK(verdict(plain_type("plain")) == "OK");
  CHECK(verdict(whole_type()) == "OK");
}

TEST_CASE("an address that is no descriptor's is refused unread",
          "[TYP-2][VER-1]") {
  CHECK(verdict(nullptr) == "INVALID_ARGUMENT no descriptor (TYP-2)");
  const uintptr_t scalar = 255;
  const baton_type *type = nullptr;
  std::memcpy(&type, &scalar, sizeof type);
  CHECK(verdict(type) == "INVALID_ARGUMENT no descriptor (TYP-2)");
  for (uintptr_t odd : {257u, 1001u, 1004u}) {
    std::memcpy(&type, &odd, sizeof type);
    if (odd % sizeof(void *) == 0) continue;
    CHECK(verdict(type) ==
          "INVALID_ARGUMENT the descriptor is not aligned (TYP-2)");
  }
}

TEST_CASE("a size that cannot be is refused", "[TYP-2][VER-1]") {
  const std::string rule =
      "INVALID_ARGUMENT struct_size cannot be that of a descriptor (TYP-2)";
  for (uint32_t size :
       {0u, 16u, (unsigned)BATON_TYPE_PREFIX_SIZE - 1, 65537u, UINT32_MAX}) {
    baton_type type = whole_type();
    type.struct_size = size;
    CHECK(verdict(type) == rule);
  }
}

TEST_CASE("a wrong magic is refused", "[TYP-2][VER-1]") {
  for (uint32_t magic : {0u, 0x4241544eu, BATON_PROVIDER_MAGIC}) {
    baton_type type = whole_type();
    type.magic = magic;
    CHECK(verdict(type) ==
          "INVALID_ARGUMENT magic is not BATON_TYPE_MAGIC (TYP-2)");
  }
}

TEST_CASE("a wrong major is refused", "[VER-5][VER-1]") {
  for (int major : {BATON_ABI_MAJOR + 1, 65535}) {
    baton_type type = whole_type();
    type.abi_major = static_cast<uint16_t>(major);
    CHECK(verdict(type) ==
          "VERSION_MISMATCH abi_major differs: release and name only (VER-2)");
  }
}

TEST_CASE("an unknown critical flag is refused, others are ignored",
          "[TYP-3][VER-7]") {
  for (int bit = 0; bit < 64; bit++) {
    baton_type type = whole_type();
    type.flags = 1ull << bit;
    CHECK(verdict(type) ==
          (bit < 32 ? "OK"
                    : "VERSION_MISMATCH an unknown critical flag is set "
                      "(TYP-3)"));
  }
}

TEST_CASE("what is reserved is ignored", "[VER-7]") {
  baton_type type = whole_type();
  type.reserved0 = UINT32_MAX;
  type.abi_minor = 65535;
  baton_coroutine_methods coroutine = foreign_coroutine;
  coroutine.reserved0 = UINT32_MAX;
  type.as_coroutine = &coroutine;
  CHECK(verdict(type) == "OK");
}

TEST_CASE("name, retain and release are mandatory", "[TYP-5][TYP-1]") {
  const std::string rule =
      "INVALID_ARGUMENT name, retain or release is null (TYP-5)";
  baton_type type = whole_type();
  type.name = nullptr;
  CHECK(verdict(type) == rule);
  type = whole_type();
  type.retain = nullptr;
  CHECK(verdict(type) == rule);
  type = whole_type();
  type.release = nullptr;
  CHECK(verdict(type) == rule);
}

TEST_CASE("the mandatory slots of each suite are there", "[TYP-5]") {
  baton_type type = whole_type();
  baton_coroutine_methods coroutine = foreign_coroutine;
  type.as_coroutine = &coroutine;
  coroutine.send = nullptr;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_coroutine: `send` is null (TYP-5)");
  coroutine = foreign_coroutine;
  coroutine.throw_ = nullptr;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_coroutine: `throw_` is null (TYP-5)");
  coroutine = foreign_coroutine;
  coroutine.close = nullptr;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_coroutine: `close` is null (TYP-5)");
  type = whole_type();
  baton_link_methods link = good_link;
  type.as_link = &link;
  link.resume = nullptr;
  CHECK(verdict(type) == "INVALID_ARGUMENT as_link: `resume` is null (TYP-5)");
  type = whole_type();
  baton_error_methods methods = good_error;
  type.as_error = &methods;
  methods.kind = nullptr;
  CHECK(verdict(type) == "INVALID_ARGUMENT as_error: `kind` is null (TYP-5)");
}

TEST_CASE("each suite reaches the last slot of its first version",
          "[TYP-5][VER-3]") {
  baton_type type = whole_type();
  baton_coroutine_methods coroutine = foreign_coroutine;
  type.as_coroutine = &coroutine;
  coroutine.struct_size = sizeof coroutine - 1;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_coroutine: struct_size does not reach `close` "
        "(TYP-5)");
  type = whole_type();
  baton_link_methods link = good_link;
  type.as_link = &link;
  link.struct_size = sizeof link - 1;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_link: struct_size does not reach `guard` "
        "(TYP-5)");
  type = whole_type();
  baton_async_methods async = foreign_async;
  type.as_async = &async;
  async.struct_size = 8;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_async: struct_size does not reach `am_anext` "
        "(TYP-5)");
  type = whole_type();
  baton_error_methods methods = good_error;
  type.as_error = &methods;
  methods.struct_size = 0;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT as_error: struct_size does not reach `add_frame` "
        "(TYP-5)");
  type = whole_type();
  type.struct_size = offsetof(baton_type, query) + 1;
  CHECK(verdict(type) ==
        "INVALID_ARGUMENT struct_size does not reach `query` (VER-1)");
}

TEST_CASE("the first rule that is broken is the one that is told", "[VER-1]") {
  baton_type type = whole_type();
  baton_coroutine_methods coroutine = foreign_coroutine;
  coroutine.send = nullptr;
  type.as_coroutine = &coroutine;
  type.struct_size = BATON_TYPE_PREFIX_SIZE;
  CHECK(verdict(type).find("`query`") != std::string::npos);
  type.name = nullptr;
  CHECK(verdict(type).find("name, retain") != std::string::npos);
  type.flags = 1ull << 63;
  CHECK(verdict(type).find("critical flag") != std::string::npos);
  type.abi_major = BATON_ABI_MAJOR + 1;
  CHECK(verdict(type).find("abi_major") != std::string::npos);
  type.magic = 0;
  CHECK(verdict(type).find("magic") != std::string::npos);
  type.struct_size = 0;
  CHECK(verdict(type).find("struct_size cannot be") != std::string::npos);
}

TEST_CASE("a short table next to a page that is not there is not over-read",
          "[VER-3]") {
  GuardedPage page;
  baton_type type = whole_type();
  for (uint32_t size : {(uint32_t)BATON_TYPE_PREFIX_SIZE,
                        (uint32_t)offsetof(baton_type, as_async),
                        (uint32_t)offsetof(baton_type, query)}) {
    type.struct_size = size;
    CHECK(verdict(page.put(type, size)) ==
          "INVALID_ARGUMENT struct_size does not reach `query` (VER-1)");
  }
  type.struct_size = 16;
  CHECK(verdict(page.put(type, 16)).find("struct_size cannot be") !=
        std::string::npos);

  type = whole_type();
  baton_coroutine_methods coroutine = foreign_coroutine;
  coroutine.struct_size = 16;
  type.as_coroutine = page.put(coroutine, 16);
  CHECK(verdict(type).find("as_coroutine") != std::string::npos);
  type = whole_type();
  baton_link_methods link = good_link;
  link.struct_size = 16;
  type.as_link = page.put(link, 16);
  CHECK(verdict(type).find("as_link") != std::string::npos);
  type = whole_type();
  baton_async_methods async = foreign_async;
  async.struct_size = 16;
  type.as_async = page.put(async, 16);
  CHECK(verdict(type).find("as_async") != std::string::npos);
  type = whole_type();
  baton_error_methods methods = good_error;
  methods.struct_size = 16;
  type.as_error = page.put(methods, 16);
  CHECK(verdict(type).find("as_error") != std::string::npos);
}

TEST_CASE_METHOD(Watch, "tables of exactly the first version are enough",
                 "[VER-3]") {
  GuardedPage type_page, coroutine_page, async_page;
  baton_type type = foreign_type();
  type.as_coroutine =
      coroutine_page.put(foreign_coroutine, sizeof foreign_coroutine);
  type.as_async = async_page.put(foreign_async, sizeof foreign_async);
  type.struct_size = offsetof(baton_type, query) + sizeof type.query;
  const baton_type *last = type_page.put(type, type.struct_size);
  CHECK(verdict(last) == "OK");
  Value child = foreign_of_type(last, {{BATON_YIELD, 1}, {BATON_RETURN, 2}});
  Value parent = coroutine("parent", {awaits(child), returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent) == "RETURN 2");
  Value out;
  CHECK(baton_block_on(child.get(), out.get()) == BATON_RETURN);
}

TEST_CASE_METHOD(Watch, "larger tables of a newer peer work", "[VER-3]") {
  struct NewType {
    baton_type type;
    uint64_t more[8];
  };
  struct NewCoroutine {
    baton_coroutine_methods methods;
    uint64_t more[8];
  };
  struct NewAsync {
    baton_async_methods methods;
    uint64_t more[8];
  };
  static NewCoroutine coroutine_table = {foreign_coroutine, {1, 2, 3}};
  coroutine_table.methods.struct_size = sizeof coroutine_table;
  static NewAsync async_table = {foreign_async, {1, 2, 3}};
  async_table.methods.struct_size = sizeof async_table;
  static NewType table = {foreign_type(), {1, 2, 3}};
  table.type.struct_size = sizeof table;
  table.type.abi_minor = BATON_ABI_MINOR + 3;
  table.type.flags = 1u << 31;
  table.type.as_coroutine = &coroutine_table.methods;
  table.type.as_async = &async_table.methods;
  CHECK(verdict(table.type) == "OK");
  Value child = foreign_of_type(
      &table.type,
      {{BATON_YIELD, Value(baton_scalar_value(77, 5))}, {BATON_RETURN, 2}});
  Value parent = coroutine("parent", {awaits(child), returns_sent()});
  CHECK(send(parent) == "YIELD tag 77 5");
  CHECK(send(parent) == "RETURN 2");
}
