/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/process.h"
#include "support/script.h"
#include "support/watch.h"

/* What a link may await: how the handle is found, and in which states it is
 * hung under the link that awaits it. */

using namespace support;

namespace {

/* What awaiting `given` gives to a body, which catches it. */
std::string thrown_by(const Value &given, uint8_t kind) {
  std::string caught = "nothing";
  Value parent = scripted(
      "parent", kind,
      {awaits(given).catching(
          {does([&](Call &call) { caught = describe(call.body->caught); }),
           returns(5)})});
  const Outcome outcome = send(parent);
  if (caught != "nothing") {
    CHECK(outcome == "RETURN 5");
  } else {
    close(parent);
  }
  return caught;
}

std::string thrown_by(const Value &given) {
  return thrown_by(given, BATON_KIND_COROUTINE);
}

}  // namespace

/* ---- Finding the handle ----------------------------------------------- */

TEST_CASE_METHOD(Watch, "am_await is called once, while the awaiting link runs",
                 "[AWT-1]") {
  Value parent;
  int calls = 0;
  Value given = awaitable([&](baton_context *cx, baton_value *out) {
    calls++;
    CHECK(cx->accepts == accept_all);
    CHECK(state(parent) == "RUNNING");
    CHECK(send(parent) == "BUSY");
    *out = coroutine("child", {yields(1), yields(2), returns(3)}).give();
    return BATON_OWNED;
  });
  parent = coroutine("parent", {awaits(given), returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(calls == 1);
  CHECK(send(parent) == "YIELD 2");
  CHECK(send(parent) == "RETURN 3");
  CHECK(calls == 1);
}

TEST_CASE_METHOD(Watch, "an awaitable that gives an owned handle is let go",
                 "[AWT-2][OWN-7]") {
  const int objects = live_objects;
  Value parent =
      coroutine("parent", {awaits(awaitable([](auto *, baton_value *out) {
                             *out = foreign({{BATON_YIELD, 1}}).give();
                             return BATON_OWNED;
                           })),
                           returns_sent()});
  CHECK(live_objects == objects + 1);
  CHECK(send(parent) == "YIELD 1");
  CHECK(live_objects == objects + 1); /* the handle now */
  CHECK(send(parent) == "RETURN none");
  CHECK(live_objects == objects);
}

TEST_CASE_METHOD(Watch,
                 "an awaitable that lends is kept while the handle is "
                 "used",
                 "[AWT-2][OWN-7]") {
  const int objects = live_objects;
  for (int way = 0; way < 4; way++) {
    Value parent = coroutine(
        "parent", {awaits(awaitable_lending(foreign({{BATON_YIELD, 1}})))});
    CHECK(send(parent) == "YIELD 1");
    CHECK(live_objects == objects + 2);
    if (way == 0) send(parent);
    if (way == 1) throw_in(parent, kind(BATON_ERROR_KEY));
    if (way == 2) close(parent);
    parent.drop();
    CHECK(live_objects == objects);
  }
}

TEST_CASE_METHOD(Watch, "a lent link is awaited like an owned one",
                 "[AWT-2][LNK-9]") {
  for (auto wrap : {awaitable_lending, awaitable_owning}) {
    Value child = coroutine("child", {yields(1), returns(2)});
    Value parent = coroutine("parent", {awaits(wrap(child)), returns_sent()});
    CHECK(send(parent) == "YIELD 1");
    CHECK(send(parent) == "RETURN 2");
    CHECK(state(child) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "an error of am_await is thrown into the awaiting link",
                 "[AWT-1][ERR-6]") {
  Value given = host_error(BATON_ERROR_KEY);
  Value parent =
      coroutine("parent", {awaits(awaitable_giving(BATON_ERROR, given))});
  Value outer = coroutine("outer", {awaits(parent)});
  Outcome outcome = send(outer);
  CHECK(outcome.status == BATON_ERROR);
  CHECK(outcome.out.is(given));
  CHECK(told() == Lines{"outer < none", "parent < none", "am_await",
                        "parent ! key-error", "outer ! key-error"});
}

TEST_CASE_METHOD(Watch, "an error of am_await that is no error becomes one",
                 "[AWT-1][ERR-1]") {
  for (const Value &wrong : {Value(), Value(5), counted()}) {
    Value parent =
        coroutine("parent", {awaits(awaitable_giving(BATON_ERROR, wrong))});
    const Outcome outcome = send(parent);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(baton_error_kind(outcome.out.get()) == BATON_ERROR_TYPE);
    CHECK(told().size() == 3);
  }
}

TEST_CASE_METHOD(Watch, "an awaitable may give itself, counted",
                 "[AWT-2][OWN-7]") {
  static const baton_async_methods table = {
      sizeof table, 0,
      [](const baton_value *self, baton_context *,
         baton_value *out) -> int32_t {
        *out = *self;
        retain_object(self);
        return BATON_OWNED;
      },
      nullptr, nullptr};
  static const baton_type type = [] {
    baton_type made = foreign_type();
    made.as_async = &table;
    return made;
  }();
  Value parent = coroutine(
      "parent",
      {awaits(foreign_of_type(&type, {{BATON_YIELD, 1}, {BATON_RETURN, 2}})),
       returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "what has no am_await cannot be awaited", "[AWT-1]") {
  CHECK(thrown_by(Value()) == "type-error: 'none' object can't be awaited");
  CHECK(thrown_by(5) == "type-error: 'i64' object can't be awaited");
  CHECK(thrown_by(Value(baton_from_bool(1))) ==
        "type-error: 'bool' object can't be awaited");
  CHECK(thrown_by(Value(baton_from_f64(1))) ==
        "type-error: 'f64' object can't be awaited");
  CHECK(thrown_by(Value(baton_from_u64(UINT64_MAX))) ==
        "type-error: 'u64' object can't be awaited");
  CHECK(thrown_by(generator_exit()) ==
        "type-error: 'error kind' object can't be awaited");
  CHECK(thrown_by(Value(baton_scalar_value(99, 1))) ==
        "type-error: 'scalar of unknown tag' object can't be awaited");
  CHECK(thrown_by(counted()) ==
        "type-error: 'counted' object can't be awaited");
  CHECK(thrown_by(generator("g", {})) ==
        "type-error: 'generator' object can't be awaited");
  CHECK(thrown_by(async_generator("g", {})) ==
        "type-error: 'async_generator' object can't be awaited");
}

TEST_CASE_METHOD(Watch, "am_await must give something to drive", "[AWT-3]") {
  const std::string rule =
      "type-error: awaitable.__await__() must return an iterator, not ";
  for (int32_t status : {BATON_OWNED, BATON_LENT}) {
    for (const Value &wrong : {Value(), Value(5)}) {
      CHECK(thrown_by(awaitable_giving(status, wrong)) ==
            rule + (wrong.none() ? "none" : "i64"));
    }
  }
  CHECK(thrown_by(awaitable_owning(counted())) == rule + "counted");
  CHECK(thrown_by(awaitable_lending(counted())) == rule + "counted");
  CHECK(thrown_by(awaitable_owning(async_generator("g", {}))) ==
        rule + "async_generator");
}

TEST_CASE_METHOD(Watch, "am_await may give a generator to a coroutine",
                 "[AWT-3]") {
  Value inner = generator("inner", {yields(1), returns(2)});
  Value parent =
      coroutine("parent", {awaits(awaitable_owning(inner)), returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent) == "RETURN 2");
  CHECK(send(coroutine("parent", {awaits(awaitable_owning(inner)),
                                  returns_sent()})) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a handle that am_await gives is checked as well",
                 "[AWT-3][TYP-2][TYP-3]") {
  static baton_type critical = foreign_type();
  critical.flags = 1ull << 40;
  const std::string rule =
      "type-error: awaitable.__await__() must return an iterator, not foreign";
  for (auto wrap : {awaitable_lending, awaitable_owning}) {
    CHECK(thrown_by(wrap(foreign_of_type(&critical))).find(rule) == 0);
    CHECK(told().size() == 3); /* nothing of the handle was called */
  }
}

/* ---- Generators ------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a generator delegates to a coroutine value as it is",
                 "[AWT-7]") {
  Value inner = generator("inner", {yields(1), returns(2)});
  Value outer = generator("outer", {awaits(inner), returns_sent()});
  CHECK(send(outer) == "YIELD 1");
  CHECK(send(outer) == "RETURN 2");
  Value parent = generator(
      "outer",
      {awaits(foreign({{BATON_YIELD, 1}, {BATON_RETURN, 2}})), returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "a generator does not delegate to a coroutine link",
                 "[AWT-7]") {
  CHECK(thrown_by(coroutine("c", {}), BATON_KIND_GENERATOR) ==
        "type-error: cannot 'yield from' a coroutine object in a "
        "non-coroutine generator");
  CHECK(told() == Lines{"parent < none",
                        "parent ! type-error: cannot 'yield from' a coroutine "
                        "object in a non-coroutine generator"});
  CHECK(told_unawaited() == Lines{"c"});
}

TEST_CASE_METHOD(Watch, "a generator delegates to nothing that is not iterable",
                 "[AWT-7]") {
  const auto thrown = [](const Value &given) {
    return thrown_by(given, BATON_KIND_GENERATOR);
  };
  CHECK(thrown(Value()) == "type-error: 'none' object is not iterable");
  CHECK(thrown(5) == "type-error: 'i64' object is not iterable");
  CHECK(thrown(counted()) == "type-error: 'counted' object is not iterable");
  CHECK(thrown(awaitable_owning(foreign())) ==
        "type-error: 'awaitable' object is not iterable");
  CHECK(thrown(async_generator("g", {})) ==
        "type-error: 'async_generator' object is not iterable");
}

TEST_CASE_METHOD(Watch,
                 "a generator delegates to the awaitable of an async "
                 "generator",
                 "[AWT-7][LNK-1]") {
  Value items_of = async_generator("items", {items(1)});
  Value next;
  Context cx;
  items_of.get()->head.type->as_async->am_anext(items_of.get(), &cx,
                                                next.get());
  Value outer = generator("outer", {awaits(next), returns_sent()});
  CHECK(send(outer) == "RETURN 1");
}

/* ---- States ----------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a child in CREATED is started with none", "[LNK-9]") {
  Value child = coroutine("child", {yields(1), returns(2)});
  Value parent = coroutine("parent", {awaits(child), returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(told() == Lines{"parent < none", "child < none"});
  CHECK(state(child) == "SUSPENDED");
  CHECK(send(parent) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "a suspended child goes on where it stood", "[LNK-9]") {
  Value leaf = coroutine("leaf", {yields(1), yields(2), returns(3)});
  Value child = coroutine("child", {awaits(leaf), returns_sent()});
  CHECK(send(child) == "YIELD 1");
  Value parent = coroutine("parent", {awaits(child), returns_sent()});
  told();
  CHECK(send(parent) == "YIELD 2");
  CHECK(told() == Lines{"parent < none", "leaf < none"});
  CHECK(send(leaf) == "RETURN 3");
  CHECK(send(parent) ==
        "ERROR runtime-error: cannot reuse already awaited "
        "coroutine");
}

TEST_CASE_METHOD(Watch, "a closed coroutine cannot be awaited again",
                 "[LNK-9]") {
  Value child = coroutine("child", {returns(1)});
  CHECK(send(child) == "RETURN 1");
  CHECK(thrown_by(child) ==
        "runtime-error: cannot reuse already awaited coroutine");
  Value created = coroutine("child", {returns(1)});
  close(created);
  CHECK(thrown_by(created) ==
        "runtime-error: cannot reuse already awaited coroutine");
}

TEST_CASE_METHOD(Watch, "a closed generator is an end, with none", "[LNK-9]") {
  Value child = generator("child", {returns(1)});
  CHECK(send(child) == "RETURN 1");
  Value parent = generator("parent", {awaits(child), returns_sent()});
  CHECK(send(parent) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a body cannot await itself", "[LNK-9]") {
  const Step self_await = awaits_made([](Call &call) {
    Value self;
    baton_copy(call.self, self.get());
    return self;
  });
  Value made = coroutine("body", {Step(self_await).catching({yields(1)})});
  CHECK(send(made) == "YIELD 1");
  CHECK(told() == Lines{"body < none",
                        "body ! value-error: coroutine already executing"});
  CHECK(send(made) == "RETURN none");
  made = generator("body", {Step(self_await).catching({yields(1)})});
  CHECK(send(made) == "YIELD 1");
  CHECK(told().back() == "body ! value-error: generator already executing");
  CHECK(send(made) == "RETURN none");
  /* Shared bodies claim by another way. */
  made = coroutine("body", {Step(self_await).catching({yields(1)})},
                   BATON_BODY_SHARED);
  CHECK(send(made) == "YIELD 1");
  CHECK(send(made) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a body cannot await an ancestor", "[LNK-9]") {
  for (int which = 0; which < 2; which++) {
    Value middle, outer;
    Value leaf = coroutine("leaf", {awaits_made([&](Call &) {
                                      return which ? outer : middle;
                                    }).catching({yields(1), returns(2)})});
    middle = coroutine("middle", {awaits(leaf), returns_sent()});
    outer = coroutine("outer", {awaits(middle), returns_sent()});
    CHECK(send(outer) == "YIELD 1");
    CHECK(told().back() == "leaf ! value-error: coroutine already executing");
    CHECK(send(outer) == "RETURN 2");
    middle.drop();
    outer.drop();
  }
}

TEST_CASE_METHOD(Watch,
                 "a body of a middle drive cannot await an ancestor "
                 "that does not run",
                 "[LNK-9][LNK-10]") {
  for (int depth = 0; depth < 2; depth++) {
    Value outermost, outer, caught;
    Value leaf = coroutine(
        "leaf",
        {yields(1),
         awaits_made([&](Call &) { return depth ? outermost : outer; })
             .catching({does([&](Call &call) { caught = call.body->caught; }),
                        yields(2), returns(3)})});
    Value middle = coroutine("middle", {awaits(leaf), returns_sent()});
    outer = coroutine("outer", {awaits(middle), returns_sent()});
    outermost = coroutine("outermost", {awaits(outer), returns_sent()});
    CHECK(send(outermost) == "YIELD 1");
    CHECK(send(middle) == "YIELD 2");
    CHECK(describe(caught) == "value-error: coroutine already executing");
    CHECK(state(outermost) == "SUSPENDED");
    CHECK(send(outermost) == "RETURN 3");
    outer.drop();
    outermost.drop();
  }
}

TEST_CASE_METHOD(Watch,
                 "a running coroutine cannot be awaited by another "
                 "chain",
                 "[LNK-9]") {
  std::string thrown;
  Value body = coroutine("body", {does([&](Call &call) {
                           Value self;
                           baton_copy(call.self, self.get());
                           thrown = thrown_by(self);
                         })});
  CHECK(send(body) == "RETURN none");
  CHECK(thrown == "value-error: coroutine already executing");
  body = generator("body", {does([&](Call &call) {
                     Value self;
                     baton_copy(call.self, self.get());
                     thrown = thrown_by(self, BATON_KIND_GENERATOR);
                   })});
  CHECK(send(body) == "RETURN none");
  CHECK(thrown == "value-error: generator already executing");
}

TEST_CASE_METHOD(Watch, "a link that is awaited elsewhere is not taken away",
                 "[LNK-9]") {
  Value child = coroutine("child", {yields(1), returns(2)});
  Value first = coroutine("first", {awaits(child), returns_sent()});
  send(first);
  CHECK(thrown_by(child) ==
        "runtime-error: coroutine is being awaited already");
  CHECK(state(child) == "SUSPENDED");
  CHECK(send(first) == "RETURN 2");

  Value inner = generator("inner", {yields(1), returns(2)});
  first = generator("first", {awaits(inner), returns_sent()});
  send(first);
  CHECK(thrown_by(inner, BATON_KIND_GENERATOR) ==
        "runtime-error: coroutine is being awaited already");
  CHECK(send(first) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "an awaitable that hangs elsewhere is not taken away",
                 "[LNK-9]") {
  Value numbers = async_generator("numbers", {waits(), items(1)});
  Value next;
  Context cx;
  numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx, next.get());
  Value first = coroutine("first", {awaits(next), returns_sent()});
  CHECK(send(first) == "PENDING");
  CHECK(thrown_by(next) == "runtime-error: coroutine is being awaited already");
  CHECK(send(first) == "RETURN 1");
}

TEST_CASE_METHOD(Watch, "a child that was refused keeps its references right",
                 "[LNK-9][OWN-7]") {
  Value child = coroutine("child", {yields(1)});
  Value first = coroutine("first", {awaits(child)});
  send(first);
  for (auto wrap : {awaitable_lending, awaitable_owning}) {
    CHECK(thrown_by(wrap(child)) ==
          "runtime-error: coroutine is being awaited already");
  }
  close(first);
  for (auto wrap : {awaitable_lending, awaitable_owning}) {
    CHECK(thrown_by(wrap(child)) ==
          "runtime-error: cannot reuse already awaited coroutine");
  }
}

TEST_CASE_METHOD(Watch, "a suspended chain keeps its leaf when it is hung",
                 "[LNK-5][LNK-6]") {
  Value leaf = coroutine("leaf", {yields(1), yields(2), yields(3), returns(4)});
  Value middle = coroutine("middle", {awaits(leaf), returns_sent()});
  leaf.drop();
  Value outer = coroutine("outer", {awaits(middle), returns_sent()});
  CHECK(send(middle) == "YIELD 1");
  CHECK(send(outer) == "YIELD 2");
  CHECK(send(middle) == "YIELD 3");
  CHECK(send(middle) == "RETURN 4");
  CHECK(send(outer) ==
        "ERROR runtime-error: cannot reuse already awaited "
        "coroutine");
}

TEST_CASE_METHOD(Watch, "no cache of a chain outlives its being hung",
                 "[LNK-6]") {
  Value leaf = coroutine("leaf", {yields(1), yields(2), returns(3)});
  Value middle = coroutine("middle", {awaits(leaf), yields(4), returns(5)});
  leaf.drop();
  CHECK(send(middle) == "YIELD 1");
  Value outer = coroutine("outer", {awaits(middle), returns_sent()});
  CHECK(send(outer) == "YIELD 2");
  CHECK(baton_link_of(middle.get())->leaf == nullptr);
  CHECK(send(outer) == "YIELD 4"); /* the leaf is gone */
  CHECK(send(middle) == "RETURN 5");
  CHECK(send(outer) ==
        "ERROR runtime-error: cannot reuse already awaited "
        "coroutine");
}

TEST_CASE_METHOD(Watch, "a shared child is claimed, and given up",
                 "[LNK-9][LNK-4]") {
  Value child = coroutine("child", {yields(1), returns(2)}, BATON_BODY_SHARED);
  Value parent =
      coroutine("parent", {awaits(child), returns_sent()}, BATON_BODY_SHARED);
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(child) == "BUSY");
  CHECK(thrown_by(child) ==
        "runtime-error: coroutine is being awaited already");
  CHECK(send(parent) == "RETURN 2");
  CHECK(send(child) == "INVALID_STATE");
}

/* ---- Descriptors ------------------------------------------------------ */

namespace {

std::string awaiting(const baton_type *type) {
  return thrown_by(foreign_of_type(type));
}

}  // namespace

TEST_CASE_METHOD(Watch, "an awaitable of another major is named and released",
                 "[VER-5][VER-1][TYP-2]") {
  static baton_type type = foreign_type();
  type.abi_major = BATON_ABI_MAJOR + 1;
  CHECK(awaiting(&type) ==
        "type-error: 'foreign' cannot be awaited: abi_major differs: release "
        "and name only (VER-2)");
  for (const std::string &line : told()) CHECK(line[0] == 'p');
}

TEST_CASE_METHOD(Watch, "an awaitable with an unknown critical flag is refused",
                 "[TYP-3][VER-1]") {
  for (uint64_t flag : {1ull << 32, 1ull << 63}) {
    static baton_type type;
    type = foreign_type();
    type.flags = flag;
    CHECK(awaiting(&type) ==
          "type-error: 'foreign' cannot be awaited: an unknown critical flag "
          "is set (TYP-3)");
  }
  for (const std::string &line : told()) CHECK(line[0] == 'p');
}

TEST_CASE_METHOD(Watch, "an awaitable with unknown flags to ignore works",
                 "[TYP-3][VER-7]") {
  static baton_type type;
  type = foreign_type();
  type.flags = 0xfffffffe;
  type.reserved0 = 0xdeadbeef;
  type.abi_minor = 99;
  type.struct_size = sizeof type + 64;
  Value parent = coroutine(
      "parent",
      {awaits(foreign_of_type(&type, {{BATON_YIELD, 1}, {BATON_RETURN, 2}})),
       returns_sent()});
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "an awaitable without its mandatory slots is refused",
                 "[TYP-5][VER-1]") {
  static baton_coroutine_methods methods;
  static baton_type type;
  type = foreign_type();
  type.as_coroutine = &methods;
  methods = foreign_coroutine;
  methods.throw_ = nullptr;
  CHECK(awaiting(&type) ==
        "type-error: 'foreign' cannot be awaited: "
        "as_coroutine: `throw_` is null (TYP-5)");
}

namespace {

/* A body that awaits a value with a wrong descriptor, run in a process of its
 * own. @return 0 if it got a type error that names the rule. */
int survives(const baton_type *type, const char *rule) {
  static int object;
  std::string caught;
  Value parent =
      coroutine("parent", {awaits(Value(baton_from_object(type, &object)))
                               .catching({does([&](Call &call) {
                                 caught = describe(call.body->caught);
                               })})});
  Context cx;
  baton_value in = baton_none(), out = baton_none();
  if (baton_send(parent.get(), &cx, &in, &out) != BATON_RETURN) return 1;
  if (caught.find("type-error: ") != 0) return 2;
  return caught.find(rule) == std::string::npos ? 3 : 0;
}

}  // namespace

TEST_CASE_METHOD(Watch, "of what is no descriptor nothing is called or read",
                 "[TYP-2][VER-1][VER-3]") {
  /* Calling release would end the process in another way. */
  static const auto release = [](const baton_value *) -> int32_t { _exit(77); };
  static baton_type type = foreign_type();
  type.release = release;
  type.magic = 0x12345678;
  CHECK(in_process([] {
          return survives(&type, "magic is not BATON_TYPE_MAGIC (TYP-2)");
        }) == "0");
  static baton_type huge = foreign_type();
  huge.release = release;
  huge.struct_size = 65537;
  CHECK(in_process([] { return survives(&huge, "struct_size"); }) == "0");

  GuardedPage page;
  baton_type cut = foreign_type();
  cut.struct_size = 16;
  const baton_type *last = page.put(cut, 16);
  CHECK(in_process([&] { return survives(last, "struct_size"); }) == "0");

  alignas(16) static char bytes[sizeof(baton_type) + 8];
  const auto *odd =
      reinterpret_cast<const baton_type *>(static_cast<void *>(bytes + 4));
  CHECK(in_process([&] { return survives(odd, "not aligned"); }) == "0");
}

TEST_CASE_METHOD(Watch, "a handle that is none is not released either",
                 "[TYP-2][AWT-3]") {
  static baton_type type = foreign_type();
  type.magic = 0;
  type.release = [](const baton_value *) -> int32_t { _exit(77); };
  CHECK(in_process([] {
          static int object;
          std::string caught = thrown_by(awaitable([](auto *, auto *out) {
            *out = baton_from_object(&type, &object);
            return BATON_OWNED;
          }));
          return caught.find(
                     "type-error: awaitable.__await__() must return "
                     "an iterator, not ") == 0
                     ? 0
                     : 1;
        }) == "0");
}

TEST_CASE_METHOD(Watch, "a descriptor without a name is refused all the same",
                 "[TYP-5][VER-1]") {
  static baton_type type = foreign_type();
  type.name = nullptr;
  CHECK(in_process([] {
          return survives(&type, "name, retain or release is null (TYP-5)");
        }) == "0");
  static baton_type unreleased = foreign_type();
  unreleased.release = nullptr;
  CHECK(in_process([] {
          return survives(&unreleased,
                          "name, retain or release is null (TYP-5)");
        }) == "0");
}

TEST_CASE_METHOD(Watch, "a short awaitable next to a page that is not there",
                 "[VER-3][VER-5]") {
  GuardedPage page;
  baton_type prefix = foreign_type();
  prefix.struct_size = BATON_TYPE_PREFIX_SIZE;
  const baton_type *type = page.put(prefix, BATON_TYPE_PREFIX_SIZE);
  CHECK(awaiting(type) ==
        "type-error: 'foreign' cannot be awaited: struct_size does not reach "
        "`query` (VER-1)");
}
