/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* Children that refuse, and statuses that there are not: of a child without a
 * link, of a link, of am_await. */

using namespace support;

/* ---- Refusals in mid-chain -------------------------------------------- */

namespace {

struct Refusal {
  int32_t status;
  const char *message; /* %s: the name of the type */
};

const Refusal refusals[] = {
    {BATON_BUSY, "value-error: coroutine already executing"},
    {BATON_INVALID_STATE,
     "runtime-error: cannot reuse already awaited coroutine"},
    {BATON_UNSUPPORTED, "type-error: '%s' does not support this operation"},
    {BATON_NO_MEMORY, "no-memory"},
    {BATON_VERSION_MISMATCH,
     "runtime-error: '%s' needs another version of the contract than 0.1"},
    {BATON_WRONG_THREAD, "runtime-error: '%s' belongs to another thread"},
    {BATON_INVALID_ARGUMENT,
     "runtime-error: '%s' was called against the contract"},
    {-23, "runtime-error: '%s' refused with unknown status -23"},
    {-255, "runtime-error: '%s' refused with unknown status -255"},
};

std::string message_of(const Refusal &refusal, const std::string &name) {
  std::string message = refusal.message;
  const size_t at = message.find("%s");
  return at == std::string::npos ? message : message.replace(at, 2, name);
}

const Argument arguments[] = {Argument::takes, Argument::forgets};

}  // namespace

TEST_CASE_METHOD(Watch, "a refused send of a foreign child is thrown above it",
                 "[LNK-13][OWN-3][OWN-4]") {
  for (const Refusal &refusal : refusals) {
    for (Argument argument : arguments) {
      for (const Value &garbage : {Value(), counted()}) {
        Value child =
            foreign({{BATON_YIELD, 1}, {refusal.status, garbage, argument}});
        Value parent = coroutine(
            "parent", {awaits(child).catching({yields(2), returns(3)})});
        CHECK(send(parent) == "YIELD 1");
        told();
        CHECK(send(parent, counted()) == "YIELD 2");
        CHECK(told() == Lines{"foreign.send counted",
                              "parent ! " + message_of(refusal, "foreign")});
        CHECK(state(parent) == "SUSPENDED");
        CHECK(send(parent) == "RETURN 3");
      }
    }
  }
}

TEST_CASE_METHOD(Watch, "a refused throw of a foreign child is thrown above it",
                 "[LNK-13][OWN-3]") {
  for (const Refusal &refusal : refusals) {
    if (refusal.status == BATON_UNSUPPORTED) continue;
    for (Argument argument : arguments) {
      for (const Value &garbage : {Value(), counted()}) {
        Value child =
            foreign({{BATON_YIELD, 1}}, {{refusal.status, garbage, argument}});
        Value parent = coroutine("parent", {awaits(child).catching({})});
        send(parent);
        told();
        CHECK(throw_in(parent, host_error(BATON_ERROR_KEY)) == "RETURN none");
        CHECK(told() == Lines{"foreign.throw key-error",
                              "parent ! " + message_of(refusal, "foreign")});
      }
    }
  }
}

TEST_CASE_METHOD(Watch,
                 "a throw that a foreign child does not support goes "
                 "to its parent",
                 "[LNK-13][OWN-4]") {
  for (const Value &garbage : {Value(), counted()}) {
    Value child = foreign({{BATON_YIELD, 1}},
                          {{BATON_UNSUPPORTED, garbage, Argument::forgets}});
    Value parent = coroutine("parent", {awaits(child).catching({reraises()})});
    Value outer = coroutine("outer", {awaits(parent)});
    send(outer);
    Value given = host_error(BATON_ERROR_KEY);
    Outcome outcome = throw_in(outer, given);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(outcome.out.is(given));
  }
}

TEST_CASE_METHOD(Watch, "a refused close of a foreign child is a failure",
                 "[LNK-13][COR-8][OWN-3]") {
  for (const Refusal &refusal : refusals) {
    for (const Value &garbage : {Value(), counted()}) {
      Value child =
          foreign({{BATON_YIELD, 1}}, {}, {{refusal.status, garbage}});
      Value parent = coroutine("parent", {awaits(child).catching({})});
      send(parent);
      told();
      CHECK(close(parent) == "RETURN none");
      const std::string got = refusal.status == BATON_UNSUPPORTED
                                  ? "generator-exit"
                                  : message_of(refusal, "foreign");
      CHECK(told() == Lines{"foreign.close", "parent ! " + got});
    }
  }
}

TEST_CASE_METHOD(Watch, "a link that refuses is taken off, its state as it was",
                 "[LNK-13][COR-12]") {
  for (const Refusal &refusal : refusals) {
    /* A body that refuses has only its own words: UNSUPPORTED too. */
    for (const Value &garbage : {Value(), counted()}) {
      Value leaf = coroutine(
          "leaf", {gives(refusal.status, garbage), yields(2), returns(3)});
      Value parent = coroutine("parent", {awaits(leaf).catching({})});
      told();
      CHECK(send(parent) == "RETURN none");
      CHECK(told() == Lines{"parent < none", "leaf < none",
                            "parent ! " + message_of(refusal, "coroutine")});
      CHECK(state(leaf) == "CREATED");
      CHECK(send(leaf) == "YIELD 2");
      CHECK(send(leaf) == "RETURN 3");
    }
  }
}

TEST_CASE_METHOD(Watch, "a suspended link that refuses stays suspended",
                 "[LNK-13][COR-12]") {
  for (unsigned flags : {0u, BATON_BODY_SHARED}) {
    Value leaf =
        coroutine("leaf", {yields(1), gives(BATON_NO_MEMORY), returns(2)},
                  static_cast<uint16_t>(flags));
    Value parent = coroutine("parent", {awaits(leaf).catching({})});
    CHECK(send(parent) == "YIELD 1");
    CHECK(send(parent) == "RETURN none");
    CHECK(state(leaf) == "SUSPENDED");
    CHECK(send(leaf) == "RETURN 2");
  }
}

TEST_CASE_METHOD(Watch, "a shared link that refuses to start stays usable",
                 "[LNK-13][COR-12]") {
  Value leaf = coroutine("leaf", {gives(BATON_NO_MEMORY), returns(2)},
                         BATON_BODY_SHARED);
  Value parent =
      coroutine("parent", {awaits(leaf).catching({})}, BATON_BODY_SHARED);
  CHECK(send(parent) == "RETURN none");
  CHECK(state(leaf) == "CREATED");
  CHECK(send(leaf) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "a driven link that refuses later ends with the error",
                 "[LNK-13][COR-12]") {
  for (const Refusal &refusal : refusals) {
    Value parent = coroutine(
        "parent", {awaits(coroutine("leaf", {})), gives(refusal.status)});
    CHECK(send(parent) == "ERROR " + message_of(refusal, "coroutine"));
    CHECK(state(parent) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch,
                 "a refusal by am_await is thrown into the awaiting link",
                 "[LNK-13][AWT-1]") {
  for (const Refusal &refusal : refusals) {
    for (const Value &garbage : {Value(), counted()}) {
      Value parent = coroutine(
          "parent",
          {awaits(awaitable_giving(refusal.status, garbage)).catching({})});
      told();
      CHECK(send(parent) == "RETURN none");
      CHECK(told() == Lines{"parent < none", "am_await",
                            "parent ! " + message_of(refusal, "awaitable")});
    }
  }
}

/* ---- Unknown statuses ------------------------------------------------- */

namespace {

const int32_t unknown[] = {77, BATON_AWAIT, BATON_ITEM, 5, -2, -15, -256};

}  // namespace

TEST_CASE_METHOD(Watch,
                 "an unknown status of a foreign child closes it, and is "
                 "thrown above it",
                 "[COR-13][COR-1][OWN-3]") {
  for (int32_t status : unknown) {
    for (Argument argument : arguments) {
      for (const Value &garbage : {Value(), counted()}) {
        Value child = foreign({{BATON_YIELD, 1}, {status, garbage, argument}},
                              {}, {{BATON_RETURN, counted()}});
        Value parent =
            coroutine("parent", {awaits(child).catching({returns(3)})});
        send(parent);
        told();
        CHECK(send(parent, counted()) == "RETURN 3");
        CHECK(told() == Lines{"foreign.send counted", "foreign.close",
                              "parent ! runtime-error: unknown status " +
                                  std::to_string(status) + " from foreign"});
      }
    }
  }
}

TEST_CASE_METHOD(Watch, "an unknown status of a throw closes the child too",
                 "[COR-13][OWN-3]") {
  for (int32_t status : unknown) {
    Value child = foreign({{BATON_YIELD, 1}}, {{status, counted()}},
                          {{BATON_ERROR, host_error(BATON_ERROR_OS)}});
    Value parent = coroutine("parent", {awaits(child)});
    Value outer = coroutine("outer", {awaits(parent).catching({returns(3)})});
    send(outer);
    told();
    CHECK(throw_in(outer, host_error(BATON_ERROR_KEY)) == "RETURN 3");
    const std::string got = "runtime-error: unknown status " +
                            std::to_string(status) + " from foreign";
    CHECK(told() == Lines{"foreign.throw key-error", "foreign.close",
                          "parent ! " + got, "outer ! " + got});
  }
}

TEST_CASE_METHOD(Watch, "an unknown status of a close is a failure",
                 "[COR-13][COR-8]") {
  for (int32_t status : unknown) {
    Value child = foreign({{BATON_YIELD, 1}}, {}, {{status, counted()}});
    Value parent = coroutine("parent", {awaits(child)});
    send(parent);
    CHECK(close(parent) == "ERROR runtime-error: unknown status " +
                               std::to_string(status) + " from foreign");
    CHECK(state(parent) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "an unknown status in mid-chain ends that link only",
                 "[COR-13]") {
  for (int32_t status : {77, 4, -256}) {
    Value leaf = coroutine("leaf", {gives(status, counted())});
    Value middle =
        coroutine("middle", {awaits(leaf).catching({yields(2), returns(3)})});
    Value outer = coroutine("outer", {awaits(middle), returns_sent()});
    CHECK(send(outer) == "YIELD 2");
    CHECK(told().back() == "middle ! runtime-error: unknown status " +
                               std::to_string(status) + " from coroutine");
    CHECK(state(leaf) == "CLOSED");
    CHECK(state(middle) == "SUSPENDED");
    CHECK(send(outer) == "RETURN 3");
  }
}

TEST_CASE_METHOD(Watch,
                 "an unknown status of am_await is thrown, its value "
                 "dropped",
                 "[COR-13][AWT-1]") {
  for (int32_t status : {77, 2, -2}) {
    Value parent =
        coroutine("parent", {awaits(awaitable_giving(status, counted()))});
    CHECK(send(parent) == "ERROR runtime-error: unknown status " +
                              std::to_string(status) + " from awaitable");
  }
}
