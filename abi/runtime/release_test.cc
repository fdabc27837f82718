/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/process.h"
#include "support/script.h"
#include "support/watch.h"

/* The last release: what is reported, what is closed, and where errors go. */

using namespace support;

TEST_CASE_METHOD(Watch, "a coroutine that was never awaited is reported, once",
                 "[COR-19]") {
  coroutine("lost", {returns(1)});
  CHECK(told_unawaited() == Lines{"lost"});
  CHECK(told() == Lines());
  Value made = coroutine("shared", {}, BATON_BODY_SHARED);
  Value other = made;
  made.drop();
  CHECK(told_unawaited() == Lines());
  other.drop();
  CHECK(told_unawaited() == Lines{"shared"});
  coroutine("affine", {}, BATON_BODY_AFFINE);
  CHECK(told_unawaited() == Lines{"affine"});
}

TEST_CASE_METHOD(Watch, "nothing else is reported", "[COR-19][COR-7]") {
  generator("generator", {yields(1)});
  async_generator("numbers", {items(1)});
  Value made = coroutine("closed", {});
  close(made);
  made = coroutine("thrown into", {});
  throw_in(made, kind(BATON_ERROR_KEY));
  made = coroutine("ended", {});
  send(made);
  made = coroutine("suspended", {yields(1)});
  send(made);
  made = coroutine("awaited", {});
  send(coroutine("parent", {awaits(made)}));
  made = coroutine("not started", {});
  CHECK(send(made, 5).status == BATON_ERROR);
  close(made);
  made.drop();
  CHECK(unawaited == Lines());
}

TEST_CASE_METHOD(Watch, "a coroutine that failed to start is reported",
                 "[COR-19][COR-2]") {
  Value made = coroutine("body", {});
  CHECK(send(made, 5).status == BATON_ERROR);
  made.drop();
  CHECK(told_unawaited() == Lines{"body"});
}

TEST_CASE_METHOD(Watch, "the never-awaited hook may keep what it is told of",
                 "[COR-19][OWN-6]") {
  static Value kept;
  static int calls;
  calls = 0;
  baton_set_unawaited_hook(
      [](void *, const baton_value *self) {
        calls++;
        if (kept.none()) baton_copy(self, kept.get());
      },
      nullptr);
  coroutine("body", {returns(7)});
  CHECK(calls == 1);
  REQUIRE(!kept.none());
  /* It was closed meanwhile. */
  CHECK(state(kept) == "CLOSED");
  kept.drop();
  CHECK(calls == 1);
  CHECK(told() == Lines());
}

TEST_CASE_METHOD(Watch, "a suspended coroutine is closed by its release",
                 "[COR-18]") {
  uint32_t accepts = 99;
  const baton_waker *waker = nullptr;
  bool extensions = true;
  Value made = coroutine(
      "body", {yields(1).catching({does([&](Call &call) {
                                     accepts = call.cx->accepts;
                                     waker = call.cx->waker;
                                     extensions = call.cx->query != nullptr;
                                   }),
                                   reraises()})});
  send(made);
  told();
  made.drop();
  CHECK(told() == Lines{"body ! generator-exit"});
  CHECK(accepts == 0);
  CHECK(waker == nullptr);
  CHECK(!extensions);
}

TEST_CASE_METHOD(Watch, "a chain is closed from its innermost link",
                 "[COR-18][COR-8]") {
  Value leaf = coroutine("leaf", {yields(1)});
  Value middle = coroutine("middle", {awaits(leaf)});
  Value outer = coroutine("outer", {awaits(middle)});
  leaf.drop();
  middle.drop();
  send(outer);
  told();
  outer.drop();
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! generator-exit",
                        "outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "a value that the closed body returns is dropped",
                 "[COR-18][OWN-7]") {
  Value made = coroutine("body", {yields(1).catching({returns(counted())})});
  send(made);
  made.drop();
}

TEST_CASE_METHOD(Watch, "an error of a release goes to the unraisable hook",
                 "[COR-18]") {
  Value made = coroutine(
      "body", {yields(1).catching({raises(error(BATON_ERROR_OS, "disk"))})});
  send(made);
  made.drop();
  CHECK(told_unraisable() == Lines{"os-error: disk in body"});
  made = generator(
      "body", {yields(1).catching({raises(kind(BATON_ERROR_STOP_ITERATION))})});
  send(made);
  made.drop();
  CHECK(told_unraisable() ==
        Lines{"runtime-error: generator raised StopIteration in body"});
}

TEST_CASE_METHOD(Watch, "a body that ignores a release is abandoned",
                 "[COR-18][COR-10]") {
  for (const Step &stop : {yields(counted()), waits()}) {
    Value made = coroutine("body", {yields(1).catching({stop, returns(3)})});
    send(made);
    told();
    made.drop();
    CHECK(told_unraisable() ==
          Lines{"runtime-error: coroutine ignored GeneratorExit in body"});
    CHECK(told() == Lines{"body ! generator-exit"});
  }
}

TEST_CASE_METHOD(Watch, "an abandoned body lets go of what it awaits",
                 "[COR-18][LNK-7]") {
  Value child = coroutine("child", {waits(), returns(3)});
  Value made = coroutine("body", {yields(1).catching({awaits(child)})});
  send(made);
  made.drop();
  CHECK(told_unraisable() ==
        Lines{"runtime-error: coroutine ignored GeneratorExit in body"});
  CHECK(state(child) == "SUSPENDED");
  CHECK(send(child) == "RETURN 3");
}

TEST_CASE_METHOD(Watch, "a leaf that ignores a release lives on for others",
                 "[COR-18][COR-10]") {
  Value leaf = coroutine("leaf", {yields(1).catching({yields(2), returns(3)})});
  Value outer = coroutine("outer", {awaits(leaf)});
  send(outer);
  outer.drop();
  CHECK(told_unraisable() ==
        Lines{"runtime-error: coroutine ignored GeneratorExit in outer"});
  CHECK(send(leaf) == "RETURN 3");
}

TEST_CASE_METHOD(Watch, "a body may be kept by its own cleanup",
                 "[COR-18][OWN-6]") {
  Value kept;
  Value made = coroutine("body", {yields(1).catching({does([&](Call &call) {
                           baton_copy(call.self, kept.get());
                         })})});
  send(made);
  made.drop();
  REQUIRE(!kept.none());
  CHECK(state(kept) == "CLOSED");
  CHECK(send(kept) == "INVALID_STATE");
  kept.drop();
}

TEST_CASE_METHOD(Watch,
                 "a body that was kept and will not end is released later",
                 "[COR-18]") {
  Value kept;
  Value made = coroutine(
      "body", {yields(1).catching(
                  {does([&](Call &call) { baton_copy(call.self, kept.get()); }),
                   yields(2), returns(3)})});
  send(made);
  made.drop();
  CHECK(told_unraisable() ==
        Lines{"runtime-error: coroutine ignored GeneratorExit in body"});
  REQUIRE(!kept.none());
  CHECK(state(kept) == "SUSPENDED");
  CHECK(send(kept) == "RETURN 3");
}

TEST_CASE_METHOD(Watch, "a foreign child is closed, then released",
                 "[COR-18][COR-8]") {
  Value outer = coroutine("outer", {awaits(foreign({{BATON_YIELD, 1}}))});
  send(outer);
  told();
  outer.drop();
  CHECK(told() == Lines{"foreign.close", "outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "many objects that hold one another are released",
                 "[OWN-7][LNK-17]") {
  for (int i = 0; i < 100; i++) {
    Value made = coroutine("leaf", {yields(1)});
    for (int depth = 0; depth < 50; depth++)
      made = coroutine("link", {awaits(made)});
    send(made);
  }
  told();
}

TEST_CASE_METHOD(Watch, "a release of a sibling in a cleanup is served",
                 "[COR-18]") {
  auto sibling = std::make_shared<Value>(coroutine("sibling", {yields(1)}));
  send(*sibling);
  Value made = coroutine(
      "body", {yields(1).catching({does([=](Call &) { sibling->drop(); })})});
  send(made);
  told();
  made.drop();
  CHECK(told() == Lines{"body ! generator-exit", "sibling ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "the default hooks print, and a null brings them back",
                 "[COR-18][COR-19]") {
  baton_set_unawaited_hook(nullptr, nullptr);
  baton_set_unraisable_hook(nullptr, nullptr);
  CHECK(stderr_of([] { coroutine("lost", {}); }) ==
        "coroutine 'lost' was never awaited\n");
  CHECK(stderr_of([] {
          Value numbers = async_generator("numbers", {});
          Context cx;
          Value step;
          numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx,
                                                       step.get());
        }) == "coroutine method 'asend' of 'numbers' was never awaited\n");
  CHECK(stderr_of([] {
          Value made = generator(
              "body",
              {yields(1).catching({raises(error(BATON_ERROR_OS, "disk"))})});
          send(made);
        }) ==
        "Exception ignored while closing generator\n"
        "os-error: disk\n"
        "  at body (script.c:101) [c]\n");
  CHECK(unawaited == Lines());
}
