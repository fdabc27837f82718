/* SPDX-License-Identifier: MIT */
#include <baton/ext/draft/deadline.h>
#include <dlfcn.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/script.h"
#include "support/watch.h"

/* Who provides what: extensions, the library as a provider, and a provider
 * that was written by hand with the headers only. */

using namespace support;

namespace {

/* A library that is loaded, and found by its one symbol. */
class Loaded {
 public:
  Loaded() : library_(dlopen(BATON_PROVIDERS "/echo_provider.so", RTLD_NOW)) {
    INFO((library_ ? "" : dlerror()));
    REQUIRE(library_);
    void *symbol = dlsym(library_, BATON_PROVIDER_SYMBOL);
    REQUIRE(symbol);
    entry = reinterpret_cast<baton_provider_entry>(symbol);
    provider = entry();
  }
  ~Loaded() { dlclose(library_); }
  Loaded(const Loaded &) = delete;
  Loaded &operator=(const Loaded &) = delete;

  /* @return the status, with the value in `out`. */
  int32_t create(const std::string &name, Value *arguments, uint64_t count,
                 Value &out) const {
    baton_value raw[4];
    Context cx;
    int32_t status = BATON_UNSUPPORTED;
    for (uint64_t i = 0; i < count; i++) raw[i] = arguments[i].give();
    for (uint64_t i = 0; i < provider->export_count; i++) {
      const baton_export *each = provider->exports[i];
      if (each->name == name)
        status = each->create(each, &cx, raw, count, out.get());
    }
    for (uint64_t i = 0; i < count; i++) arguments[i] = Value(raw[i]);
    return status;
  }

  std::string live() const {
    Value out;
    CHECK(create("live", nullptr, 0, out) == BATON_OK);
    return describe(out);
  }

  baton_provider_entry entry;
  const baton_provider *provider;

 private:
  void *library_;
};

int32_t query(const Value &value, const char *id, const void **out) {
  return value.get()->head.type->query(value.get(), id, out);
}

}  // namespace

/* ---- Extensions ------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an unknown extension is UNSUPPORTED, with null",
                 "[EXT-1][TYP-10]") {
  Value numbers = async_generator("numbers", {});
  Value step;
  Context cx;
  numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx, step.get());
  for (const Value &value : {generator("g", {}), numbers, step, text("t")}) {
    for (const char *id : {"", "baton.introspect/2", "baton.introspect",
                           BATON_EXT_WAIT, "org.example.thing/1"}) {
      const void *table = &id;
      CHECK(query(value, id, &table) == BATON_UNSUPPORTED);
      CHECK(table == nullptr);
      CHECK(baton_find(value.get(), id) == nullptr);
    }
  }
  close(step);
}

TEST_CASE_METHOD(Watch, "an extension is the same for all objects of a type",
                 "[TYP-10]") {
  Value first = generator("first", {}), second = generator("second", {});
  const void *one = nullptr, *two = nullptr, *three = nullptr;
  CHECK(query(first, BATON_EXT_INTROSPECT, &one) == BATON_OK);
  send(second);
  CHECK(query(second, BATON_EXT_INTROSPECT, &two) == BATON_OK);
  CHECK(query(second, BATON_EXT_INTROSPECT, &three) == BATON_OK);
  CHECK(one);
  CHECK(one == two);
  CHECK(two == three);
  CHECK(static_cast<const baton_introspect *>(one)->struct_size ==
        sizeof(baton_introspect));
}

TEST_CASE_METHOD(Watch, "values without extensions have none", "[EXT-1]") {
  for (const Value &value :
       {Value(), Value(5), Value(baton_scalar_value(99, 5)), counted(),
        error(BATON_ERROR_KEY, "k")})
    CHECK(baton_find(value.get(), BATON_EXT_TEXT) == nullptr);
}

TEST_CASE_METHOD(Watch, "a body works with a driver that has no extensions",
                 "[EXT-1][CTX-1]") {
  bool none = false;
  Value made = coroutine(
      "body", {does([&](Call &call) { none = call.cx->query == nullptr; }),
               returns(1)});
  CHECK(send(made) == "RETURN 1");
  CHECK(none);
}

TEST_CASE_METHOD(Watch, "a body is given its driver's extensions, at any depth",
                 "[EXT-1][CTX-1]") {
  static const baton_deadline deadline = {sizeof deadline, 0, nullptr};
  const void *found = nullptr;
  int32_t unknown = BATON_OK;
  Value leaf = coroutine("leaf", {does([&](Call &call) {
                           call.cx->query(call.cx, BATON_EXT_DEADLINE, &found);
                           const void *out = &found;
                           unknown =
                               call.cx->query(call.cx, "org.example/1", &out);
                           CHECK(out == nullptr);
                         })});
  Value outer = coroutine("outer", {awaits(leaf)});
  Context cx;
  cx.driver = &cx;
  cx.query = [](const baton_context *self, const char *id,
                const void **out) -> int32_t {
    CHECK(self->driver == self);
    *out = std::string(id) == BATON_EXT_DEADLINE ? &deadline : nullptr;
    return *out ? BATON_OK : BATON_UNSUPPORTED;
  };
  send(outer, Value(), &cx);
  CHECK(found == &deadline);
  CHECK(unknown == BATON_UNSUPPORTED);
}

/* ---- Providers -------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "the library's objects name it as their provider",
                 "[TYP-1]") {
  const baton_provider *provider = text("t").get()->head.type->provider;
  REQUIRE(provider);
  CHECK(provider->struct_size == sizeof *provider);
  CHECK(provider->magic == BATON_PROVIDER_MAGIC);
  CHECK(provider->abi_major == BATON_ABI_MAJOR);
  CHECK(provider->abi_minor == BATON_ABI_MINOR);
  CHECK(provider->reserved0 == 0);
  CHECK(std::string(provider->name) == "libbaton");
  CHECK(std::string(provider->version) == baton_lib_version());
  CHECK(std::string(provider->language) == "c");
  CHECK(generator("g", {}).get()->head.type->provider == provider);
}

TEST_CASE_METHOD(Watch, "a provider is found by its one symbol",
                 "[PRV-1][PRV-2]") {
  Loaded loaded;
  const baton_provider *provider = loaded.provider;
  CHECK(loaded.entry() == provider);
  CHECK(loaded.live() == "0");
  CHECK(provider->struct_size >= sizeof *provider);
  CHECK(provider->magic == BATON_PROVIDER_MAGIC);
  CHECK(provider->abi_major == BATON_ABI_MAJOR);
  CHECK(std::string(provider->name) == "echo");
  REQUIRE(provider->export_count == 2);
  for (uint64_t i = 0; i < provider->export_count; i++) {
    CHECK(provider->exports[i]->struct_size == sizeof(baton_export));
    CHECK(provider->exports[i]->name);
    CHECK(provider->exports[i]->summary);
  }
}

TEST_CASE_METHOD(Watch, "what it makes is driven like any coroutine",
                 "[PRV-1][COR-14][VAL-1]") {
  Loaded loaded;
  Value object = counted();
  Value argument = object, made;
  REQUIRE(loaded.create("echo", &argument, 1, made) == BATON_OK);
  CHECK(argument.none());
  const char *why = nullptr;
  CHECK(baton_type_check(made.get()->head.type, &why) == BATON_OK);
  CHECK(made.get()->head.type->provider == loaded.provider);
  Value outer = coroutine("outer", {awaits(made), returns_sent()});
  made.drop();
  CHECK(send(outer).out.is(object));
  CHECK(send(outer, 5) == "RETURN 5");
  CHECK(loaded.live() == "0");
}

TEST_CASE_METHOD(Watch, "a create that fails has taken nothing",
                 "[PRV-3][OWN-4]") {
  Loaded loaded;
  Value first = counted(), second = counted();
  Value arguments[2] = {first, second};
  Value out;
  CHECK(loaded.create("echo", arguments, 2, out) == BATON_ERROR);
  CHECK(baton_error_kind(out.get()) == BATON_ERROR_TYPE);
  CHECK(arguments[0].is(first));
  CHECK(arguments[1].is(second));
  out.drop();
  CHECK(loaded.create("live", arguments, 1, out) == BATON_INVALID_ARGUMENT);
  CHECK(arguments[0].is(first));
  CHECK(out.none());
}

TEST_CASE_METHOD(Watch, "a provider answers for its extensions",
                 "[PRV-1][EXT-1]") {
  Loaded loaded;
  const void *table = nullptr;
  CHECK(loaded.provider->query(loaded.provider, BATON_EXT_MANIFEST, &table) ==
        BATON_OK);
  const auto *manifest = static_cast<const baton_manifest *>(table);
  CHECK(manifest->size == 16);
  CHECK(reinterpret_cast<uintptr_t>(manifest->data) % 8 == 0);
  CHECK(loaded.provider->query(loaded.provider, "baton.manifest/2", &table) ==
        BATON_UNSUPPORTED);
  CHECK(table == nullptr);
}

TEST_CASE("the library tells its version", "[runtime]") {
  CHECK(std::string(baton_lib_version()) ==
        std::to_string(BATON_LIB_VERSION_MAJOR) + "." +
            std::to_string(BATON_LIB_VERSION_MINOR) + "." +
            std::to_string(BATON_LIB_VERSION_PATCH));
}
