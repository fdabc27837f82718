/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <initializer_list>
#include <memory>
#include <vector>

#include "support/stress_executor.h"
#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::accept_all;
using stress::answer;
using stress::context;
using stress::counting_waker;
using stress::gate;
using stress::outcome;
using stress::script;
using stress::value;

namespace {

value group_of(uint32_t mode, std::vector<value> children) {
  std::vector<baton_value> given;
  for (value &child : children) given.push_back(child.take());
  value made;
  REQUIRE(baton_group_new(mode, given.data(), given.size(), made.get()) ==
          BATON_OK);
  for (const baton_value &child : given) REQUIRE(baton_is_none(&child));
  return made;
}

/* Gates, and the group of their coroutines. */
struct gates {
  gates(uint32_t mode, std::initializer_list<answer> answers) {
    std::vector<value> children;
    for (answer to_error : answers) {
      all.emplace_back(to_error);
      children.push_back(all.back().coroutine());
    }
    group = group_of(mode, std::move(children));
  }
  gate &operator[](size_t index) { return all[index]; }

  outcome send(baton_value in = baton_none()) {
    return stress::send(group, context(accept_all, &waker), in);
  }
  outcome throw_into(uint32_t kind) {
    return stress::throw_into(group, baton_from_kind(kind),
                              context(accept_all, &waker));
  }
  outcome close(uint32_t accepts) {
    return stress::close(group, context(accepts, accepts ? &waker : nullptr));
  }

  std::deque<gate> all;
  counting_waker waker;
  value group;
};

outcome result_of(const value &group, uint64_t index) {
  outcome result = {0, value()};
  result.status = baton_group_result(group.get(), index, result.out.get());
  return result;
}

int32_t returns_none(baton_context *, baton_value *, baton_value *) {
  return BATON_RETURN;
}

int32_t raise_same(baton_context *, baton_value *error, baton_value *out) {
  *out = baton_take(error);
  return BATON_ERROR;
}

}  // namespace

/* ---- Making ------------------------------------------------------------ */

TEST_CASE("a group refuses what it cannot be and takes nothing",
          "[group][OWN-4]") {
  gate waits;
  value child = waits.coroutine();
  value out;
  CHECK(baton_group_new(3, child.get(), 1, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_group_new(BATON_GROUP_RACE, nullptr, 0, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_group_new(BATON_GROUP_JOIN, nullptr, 1, out.get()) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_group_new(BATON_GROUP_JOIN, child.get(), 1, nullptr) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_group_new(BATON_GROUP_JOIN, child.get(), UINT64_MAX / 2,
                        out.get()) == BATON_NO_MEMORY);
  CHECK_FALSE(child.is_none());
  CHECK(out.is_none());
  CHECK(stress::close(child).status == BATON_RETURN);
}

TEST_CASE("a group of nothing ends at once", "[group]") {
  for (uint32_t mode : {BATON_GROUP_JOIN, BATON_GROUP_FIRST_ERROR}) {
    value group = group_of(mode, {});
    CHECK(stress::state_of(group) == BATON_CREATED);
    outcome end = stress::send(group);
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.is_none());
    CHECK(stress::state_of(group) == BATON_CLOSED);
    CHECK(baton_group_winner(group.get()) == UINT64_MAX);
    CHECK(stress::send(group).status == BATON_INVALID_STATE);
    CHECK(stress::close(group).status == BATON_RETURN);
  }
}

TEST_CASE("a group answers like a coroutine in every state",
          "[group][COR-2][COR-3][COR-5][COR-7][COR-20]") {
  stress::balance balance;
  stress::hooks hooks;
  {
    gates sent(BATON_GROUP_JOIN, {answer::raise});
    outcome early = sent.send(baton_from_i64(1));
    CHECK(early.status == BATON_ERROR);
    CHECK(early.out.kind() == BATON_ERROR_TYPE);
    CHECK(stress::state_of(sent.group) == BATON_CREATED);
    CHECK(stress::throw_into(sent.group, baton_from_i64(1)).status ==
          BATON_INVALID_ARGUMENT);
    CHECK(stress::state_of(sent.group) == BATON_CREATED);

    gates thrown(BATON_GROUP_JOIN, {answer::finish, answer::raise});
    value error(baton_error_new(BATON_ERROR_KEY, "same"));
    value kept = error.copy();
    outcome same = stress::throw_into(thrown.group, error.take());
    CHECK(same.status == BATON_ERROR);
    CHECK(same.out.is(*kept.get()));
    CHECK(thrown[0].throws == 0);
    CHECK(stress::state_of(thrown.group) == BATON_CLOSED);
    CHECK(thrown.throw_into(BATON_ERROR_VALUE).status == BATON_INVALID_STATE);

    gates closed(BATON_GROUP_RACE, {answer::finish, answer::raise});
    CHECK(closed.close(0).status == BATON_RETURN);
    CHECK(closed[0].throws == 0);
    CHECK(stress::state_of(closed.group) == BATON_CLOSED);
    CHECK(sent.close(0).status == BATON_RETURN);
  }
  CHECK(hooks.unawaited == 0);
  CHECK(hooks.unraisable == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("a running group refuses with BUSY", "[group][COR-4]") {
  value group;
  std::vector<int32_t> answers;
  std::vector<value> children;
  children.push_back(script::make([&](baton_context *, baton_value *,
                                      baton_value *) {
    answers.push_back(stress::send(group).status);
    answers.push_back(
        stress::throw_into(group, baton_from_kind(BATON_ERROR_VALUE)).status);
    answers.push_back(stress::close(group).status);
    return BATON_RETURN;
  }));
  group = group_of(BATON_GROUP_JOIN, std::move(children));
  CHECK(stress::send(group).status == BATON_RETURN);
  CHECK(answers == std::vector<int32_t>(3, BATON_BUSY));
}

/* ---- Join -------------------------------------------------------------- */

TEST_CASE("join runs all to their end and keeps each outcome", "[group]") {
  stress::balance balance;
  {
    gates group(BATON_GROUP_JOIN,
                {answer::raise, answer::raise, answer::raise});
    CHECK(result_of(group.group, 0).status == BATON_INVALID_STATE);
    CHECK(group.send().status == BATON_PENDING);
    CHECK(stress::state_of(group.group) == BATON_SUSPENDED);
    group[2].open(30);
    CHECK(group.waker.wakes() == 1);
    CHECK(group.send().status == BATON_PENDING);
    CHECK(result_of(group.group, 0).status == BATON_INVALID_STATE);
    outcome early = result_of(group.group, 2);
    CHECK(early.status == BATON_RETURN);
    CHECK(early.out.number() == 30);
    group[0].open(10);
    group[1].open(20);
    outcome end = group.send();
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.is_none());
    CHECK(result_of(group.group, 0).out.number() == 10);
    CHECK(result_of(group.group, 1).out.number() == 20);
    CHECK(result_of(group.group, 1).status == BATON_INVALID_STATE);
    CHECK(result_of(group.group, 3).status == BATON_INVALID_ARGUMENT);
    CHECK(baton_group_winner(group.group.get()) == UINT64_MAX);
    CHECK(group.waker.clones() == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("join keeps an error as a result like others", "[group]") {
  std::vector<value> children;
  children.push_back(
      script::make([](baton_context *, baton_value *, baton_value *out) {
        *out = baton_error_new(BATON_ERROR_KEY, "lost");
        return BATON_ERROR;
      }));
  children.push_back(script::make(returns_none));
  value joined = group_of(BATON_GROUP_JOIN, std::move(children));
  outcome end = stress::send(joined);
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.is_none());
  outcome failed = result_of(joined, 0);
  CHECK(failed.status == BATON_ERROR);
  CHECK(failed.out.message() == "lost");
  CHECK(result_of(joined, 1).status == BATON_RETURN);
}

TEST_CASE("a group polls only the child that was woken", "[group][WAK-6]") {
  gates group(BATON_GROUP_JOIN, {answer::raise, answer::raise, answer::raise});
  group.send();
  group[1].wake_now();
  CHECK(group.send().status == BATON_PENDING);
  CHECK(group[0].polls == 1);
  CHECK(group[1].polls == 2);
  CHECK(group[2].polls == 1);
  CHECK(group.send().status == BATON_PENDING);
  CHECK(group[0].polls == 1);
  CHECK(group[1].polls == 2);
  group.close(0);
}

TEST_CASE("a child that cannot be awaited fails alone", "[group][AWT-1]") {
  stress::balance balance;
  {
    std::vector<value> children;
    children.push_back(value(baton_from_i64(1)));
    children.push_back(stress::thing::make());
    children.push_back(script::make(returns_none));
    children.push_back(value(baton_none()));
    value group = group_of(BATON_GROUP_JOIN, std::move(children));
    CHECK(stress::send(group).status == BATON_RETURN);
    outcome number = result_of(group, 0);
    CHECK(number.status == BATON_ERROR);
    CHECK(number.out.message() == "'i64' object can't be awaited");
    CHECK(result_of(group, 1).out.message() ==
          "'thing' object can't be awaited");
    CHECK(result_of(group, 2).status == BATON_RETURN);
    CHECK(result_of(group, 3).out.message() ==
          "'none' object can't be awaited");
  }
  CHECK(stress::live_objects() == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("a child's failing am_await is the group's first error",
          "[group][AWT-1]") {
  gate waits;
  std::vector<value> children;
  children.push_back(waits.coroutine());
  children.push_back(stress::thing::make());
  value group = group_of(BATON_GROUP_FIRST_ERROR, std::move(children));
  counting_waker waker;
  outcome end = stress::send(group, context(accept_all, &waker));
  CHECK(end.status == BATON_ERROR);
  CHECK(end.out.kind() == BATON_ERROR_TYPE);
  CHECK(baton_group_winner(group.get()) == 1);
  CHECK(waits.throws == 1);
}

/* ---- Race -------------------------------------------------------------- */

TEST_CASE("a race ends after one more send and closes the stuck child once",
          "[group][WAK-7]") {
  stress::balance balance;
  {
    gates race(BATON_GROUP_RACE, {answer::raise, answer::raise});
    CHECK(race.send().status == BATON_PENDING);
    std::thread timer([&race] { race[1].open(99); });
    timer.join();
    CHECK(race.waker.wakes() == 1);
    outcome end = race.send();
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.number() == 99);
    CHECK(baton_group_winner(race.group.get()) == 1);
    CHECK(race[0].exits == 1);
    CHECK(race[0].throws == 1);
    CHECK(race[0].polls == 1);
    CHECK(race[1].polls == 2);
    CHECK(race[1].throws == 0);
    CHECK(race.waker.clones() == 0);
    CHECK(result_of(race.group, 1).status == BATON_INVALID_STATE);
    outcome stuck = result_of(race.group, 0);
    CHECK(stuck.status == BATON_ERROR);
    CHECK(stuck.out.kind() == BATON_ERROR_GENERATOR_EXIT);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("two that are ready: the race has one winner", "[group]") {
  gates race(BATON_GROUP_RACE, {answer::raise, answer::raise, answer::raise});
  race.send();
  race[2].open(3);
  race[0].open(1);
  outcome end = race.send();
  CHECK(end.out.number() == 3);
  CHECK(baton_group_winner(race.group.get()) == 2);
  CHECK(race[0].polls == 1);
  CHECK(race[0].exits == 1);
}

TEST_CASE("an error wins a race too", "[group]") {
  gate waits;
  std::vector<value> children;
  children.push_back(waits.coroutine());
  children.push_back(value(baton_from_i64(4)));
  value race = group_of(BATON_GROUP_RACE, std::move(children));
  counting_waker waker;
  outcome end = stress::send(race, context(accept_all, &waker));
  CHECK(end.status == BATON_ERROR);
  CHECK(end.out.kind() == BATON_ERROR_TYPE);
  CHECK(waits.exits == 1);
}

TEST_CASE("a race that is cancelled takes a result before an error",
          "[group]") {
  gates race(BATON_GROUP_RACE, {answer::raise, answer::finish});
  race.send();
  outcome end = race.throw_into(BATON_ERROR_CANCELLED);
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.number() == 7);
}

TEST_CASE("a child that ignores its close in a race is reported once",
          "[group]") {
  stress::hooks hooks;
  gates race(BATON_GROUP_RACE, {answer::swallow, answer::raise});
  race.send();
  race[1].open(1);
  outcome end = race.send();
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.number() == 1);
  race.group.drop();
  CHECK(hooks.unraisable >= 1);
  CHECK(hooks.last_error.message() == "coroutine ignored GeneratorExit");
}

/* ---- First error ------------------------------------------------------- */

TEST_CASE("the first error cancels the others and waits for them", "[group]") {
  stress::balance balance;
  {
    std::vector<value> children;
    bool fails = false;
    value group;
    gate cleans(answer::clean_up), finishes(answer::finish);
    gate late(answer::raise);
    const baton_waker *waker_of_failing = nullptr;
    children.push_back(cleans.coroutine());
    children.push_back(finishes.coroutine());
    children.push_back(
        script::make([&](baton_context *cx, baton_value *, baton_value *out) {
          if (!fails) {
            waker_of_failing = stress::clone(cx->waker);
            return BATON_PENDING;
          }
          *out = baton_error_new(BATON_ERROR_KEY, "first");
          return BATON_ERROR;
        }));
    children.push_back(late.coroutine());
    group = group_of(BATON_GROUP_FIRST_ERROR, std::move(children));
    counting_waker waker;
    auto go_on = [&] {
      return stress::send(group, context(accept_all, &waker));
    };
    CHECK(go_on().status == BATON_PENDING);
    fails = true;
    stress::wake(waker_of_failing);
    CHECK(go_on().status == BATON_PENDING);
    CHECK(cleans.throws == 1);
    CHECK(finishes.throws == 1);
    CHECK(finishes.ends == 1);
    CHECK(late.throws == 1);
    CHECK(cleans.ends == 0);
    cleans.open(0);
    outcome end = go_on();
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.message() == "first");
    CHECK(baton_group_winner(group.get()) == 2);
    outcome cleaned = result_of(group, 0);
    CHECK(cleaned.status == BATON_ERROR);
    CHECK(cleaned.out.kind() == BATON_ERROR_CANCELLED);
    CHECK(result_of(group, 1).out.number() == 7);
    CHECK(waker.clones() == 0);
  }
  CHECK(stress::live_objects() == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("without an error, first_error is a join", "[group]") {
  gates group(BATON_GROUP_FIRST_ERROR, {answer::raise, answer::raise});
  group.send();
  group[0].open(1);
  group[1].open(2);
  CHECK(group.send().status == BATON_RETURN);
  CHECK(result_of(group.group, 1).out.number() == 2);
}

/* ---- Throw and close --------------------------------------------------- */

TEST_CASE("an error thrown into a group reaches every child", "[group]") {
  stress::balance balance;
  {
    gates group(BATON_GROUP_JOIN,
                {answer::finish, answer::clean_up, answer::raise});
    group.send();
    CHECK(group.throw_into(BATON_ERROR_CANCELLED).status == BATON_PENDING);
    for (size_t i = 0; i < 3; i++) CHECK(group[i].throws == 1);
    group[1].open(0);
    outcome end = group.send();
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.kind() == BATON_ERROR_CANCELLED);
    CHECK(result_of(group.group, 0).out.number() == 7);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a group whose children all finish anyway returns", "[group]") {
  gates group(BATON_GROUP_JOIN, {answer::finish, answer::finish});
  group.send();
  CHECK(group.throw_into(BATON_ERROR_CANCELLED).status == BATON_RETURN);
  CHECK(result_of(group.group, 1).out.number() == 7);
}

TEST_CASE("a group may be thrown into again while it works on it", "[group]") {
  gates group(BATON_GROUP_JOIN, {answer::swallow, answer::swallow});
  group.send();
  CHECK(group.throw_into(BATON_ERROR_CANCELLED).status == BATON_PENDING);
  CHECK(group.throw_into(BATON_ERROR_CANCELLED).status == BATON_PENDING);
  CHECK(group[0].throws == 2);
  CHECK(group[1].throws == 2);
  group[0].open(1);
  group[1].open(2);
  CHECK(group.send().status == BATON_RETURN);
}

TEST_CASE("a child that refuses a throw fails and is released once",
          "[group]") {
  stress::balance balance;
  for (int32_t refusal : {BATON_UNSUPPORTED, BATON_BUSY, BATON_WRONG_THREAD,
                          BATON_NO_MEMORY, -100}) {
    std::vector<value> children;
    children.push_back(
        script::make([](baton_context *, baton_value *,
                        baton_value *) { return BATON_PENDING; },
                     [refusal](baton_context *, baton_value *, baton_value *) {
                       return refusal;
                     }));
    value group = group_of(BATON_GROUP_JOIN, std::move(children));
    counting_waker waker;
    baton_context cx = context(accept_all, &waker);
    CHECK(stress::send(group, cx).status == BATON_PENDING);
    outcome end =
        stress::throw_into(group, baton_from_kind(BATON_ERROR_CANCELLED), cx);
    CHECK(end.status == BATON_ERROR);
    CHECK(baton_is_error(end.out.get()));
    CHECK(stress::live_objects() == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("closing a group closes each child", "[group][COR-11]") {
  stress::balance balance;
  {
    gates group(BATON_GROUP_JOIN,
                {answer::raise, answer::finish, answer::raise});
    group.send();
    CHECK(group.close(0).status == BATON_RETURN);
    for (size_t i = 0; i < 3; i++) CHECK(group[i].exits == 1);
    CHECK(stress::state_of(group.group) == BATON_CLOSED);
    CHECK(group.waker.clones() == 0);
    CHECK(group.close(0).status == BATON_RETURN);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a close that may wait lets the children clean up", "[group]") {
  stress::balance balance;
  {
    gates group(BATON_GROUP_JOIN,
                {answer::clean_up, answer::raise, answer::clean_up});
    group.send();
    CHECK(group.close(accept_all).status == BATON_PENDING);
    CHECK(group[0].exits == 1);
    CHECK(group[1].ends == 1);
    CHECK(stress::state_of(group.group) == BATON_SUSPENDED);
    group[0].open(0);
    CHECK(group.send().status == BATON_PENDING);
    group[2].open(0);
    CHECK(group.send().status == BATON_RETURN);
    CHECK(group[2].exits == 1);
    CHECK(stress::state_of(group.group) == BATON_CLOSED);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a close tells of a cleanup that failed, whether it may wait or not",
          "[group][COR-8]") {
  for (uint32_t accepts : {0u, accept_all}) {
    INFO("accepts " << accepts);
    stress::hooks hooks;
    gates group(BATON_GROUP_JOIN, {answer::raise, answer::fail});
    group.send();
    outcome end = group.close(accepts);
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.message() == "cleanup failed");
    CHECK(hooks.unraisable == 0);
  }
}

TEST_CASE("a close that may not wait ends a child that would",
          "[group][COR-10]") {
  stress::hooks hooks;
  gates group(BATON_GROUP_JOIN, {answer::clean_up});
  group.send();
  outcome end = group.close(0);
  if (end.status == BATON_ERROR)
    CHECK(end.out.message() == "coroutine ignored GeneratorExit");
  else
    CHECK(hooks.last_error.message() == "coroutine ignored GeneratorExit");
  group.group.drop();
  CHECK(group[0].exits >= 1);
}

TEST_CASE("releasing a group closes its children", "[group][COR-18]") {
  stress::balance balance;
  stress::hooks hooks;
  {
    gates group(BATON_GROUP_JOIN, {answer::raise, answer::raise});
    group.send();
    group.group.drop();
    CHECK(group[0].exits == 1);
    CHECK(group[1].exits == 1);
    CHECK(group.waker.clones() == 0);
    /* The children's wakers are clones: they outlive the group. */
  }
  CHECK(hooks.unraisable == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("a wake after a group's release does nothing", "[group][WAK-8]") {
  stress::balance balance;
  {
    const baton_waker *late[2] = {nullptr, nullptr};
    counting_waker waker;
    std::vector<value> children;
    children.push_back(
        script::make([&late](baton_context *cx, baton_value *, baton_value *) {
          for (const baton_waker *&kept : late) kept = stress::clone(cx->waker);
          return BATON_PENDING;
        }));
    value group = group_of(BATON_GROUP_JOIN, std::move(children));
    CHECK(stress::send(group, context(accept_all, &waker)).status ==
          BATON_PENDING);
    group.drop();
    CHECK(stress::live_objects() == 0);
    for (int i = 0; i < 1000; i++) stress::wake_by_ref(late[0]);
    stress::wake(late[0]);
    late[1]->methods->drop(late[1]);
    CHECK(waker.wakes() == 0);
    CHECK(waker.clones() == 0);
  }
  CHECK(balance.change() == 0);
}

/* ---- Tokens ------------------------------------------------------------ */

TEST_CASE("a child's token that can be waited for stays in the group",
          "[group][WAK-10]") {
  value token = stress::token::make();
  int sends = 0;
  gate waits;
  std::vector<value> children;
  children.push_back(
      script::make([&](baton_context *, baton_value *, baton_value *out) {
        if (sends++) return BATON_RETURN;
        *out = token.copy().take();
        return BATON_YIELD;
      }));
  children.push_back(waits.coroutine());
  value group = group_of(BATON_GROUP_JOIN, std::move(children));
  counting_waker waker;
  baton_context cx = context(accept_all, &waker);
  CHECK(stress::send(group, cx).status == BATON_PENDING);
  CHECK(stress::token::of(token).is_subscribed());
  stress::token::of(token).make_ready();
  CHECK(waker.wakes() == 1);
  CHECK(stress::send(group, cx).status == BATON_PENDING);
  CHECK(sends == 2);
  CHECK(waits.polls == 1);
  CHECK(result_of(group, 0).status == BATON_RETURN);
  CHECK(stress::close(group).status == BATON_RETURN);
}

TEST_CASE("closing a group lets go of the tokens", "[group]") {
  value token = stress::token::make();
  std::vector<value> children;
  children.push_back(
      script::make([&](baton_context *, baton_value *, baton_value *out) {
        *out = token.copy().take();
        return BATON_YIELD;
      }));
  value group = group_of(BATON_GROUP_JOIN, std::move(children));
  counting_waker waker;
  stress::send(group, context(accept_all, &waker));
  CHECK(stress::close(group).status == BATON_RETURN);
  CHECK(stress::token::of(token).unsubscribed == 1);
  CHECK_FALSE(stress::token::of(token).is_subscribed());
}

TEST_CASE("with several children an unknown token is thrown back",
          "[group][WAK-10]") {
  gate waits;
  std::vector<value> children;
  children.push_back(script::make(
      [](baton_context *, baton_value *, baton_value *out) {
        *out = stress::thing::make().take();
        return BATON_YIELD;
      },
      raise_same));
  children.push_back(waits.coroutine());
  value group = group_of(BATON_GROUP_JOIN, std::move(children));
  counting_waker waker;
  CHECK(stress::send(group, context(accept_all, &waker)).status ==
        BATON_PENDING);
  outcome bad = result_of(group, 0);
  CHECK(bad.status == BATON_ERROR);
  CHECK(bad.out.kind() == BATON_ERROR_RUNTIME);
  CHECK(bad.out.message() == "bad yield: thing");
  CHECK(stress::live_objects() == 0);
  stress::close(group);
}

TEST_CASE("the last child's token goes up and the answer comes back to it",
          "[group][WAK-9]") {
  stress::balance balance;
  {
    value thing = stress::thing::make();
    std::vector<int64_t> got;
    std::vector<value> children;
    children.push_back(script::make(returns_none));
    children.push_back(
        script::make([&](baton_context *, baton_value *in, baton_value *out) {
          value given(baton_take(in));
          got.push_back(given.number());
          if (got.size() == 3) return BATON_RETURN;
          *out = thing.copy().take();
          return BATON_YIELD;
        }));
    value group = group_of(BATON_GROUP_JOIN, std::move(children));
    counting_waker waker;
    baton_context cx = context(accept_all, &waker);
    outcome first = stress::send(group, cx);
    CHECK(first.status == BATON_YIELD);
    CHECK(first.out.is(*thing.get()));
    CHECK(stress::send(group, cx, baton_from_i64(5)).status == BATON_YIELD);
    CHECK(stress::send(group, cx, baton_from_i64(6)).status == BATON_RETURN);
    CHECK(got == std::vector<int64_t>{-1, 5, 6});
  }
  CHECK(stress::live_objects() == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("a driver that does not accept values gets none from a group",
          "[group][CTX-3]") {
  std::vector<value> children;
  children.push_back(script::make(
      [](baton_context *, baton_value *, baton_value *out) {
        *out = stress::thing::make().take();
        return BATON_YIELD;
      },
      raise_same));
  value group = group_of(BATON_GROUP_JOIN, std::move(children));
  counting_waker waker;
  CHECK(stress::send(group, context(BATON_ACCEPT_PENDING, &waker)).status ==
        BATON_RETURN);
  CHECK(result_of(group, 0).out.message() == "bad yield: thing");
}

/* ---- Many and nested --------------------------------------------------- */

TEST_CASE("a thousand children cost two polls each", "[group]") {
  stress::balance balance;
  {
    const size_t count = 1000;
    std::deque<gate> all;
    std::vector<value> children;
    for (size_t i = 0; i < count; i++) {
      all.emplace_back();
      children.push_back(all.back().coroutine());
    }
    value group = group_of(BATON_GROUP_JOIN, std::move(children));
    counting_waker waker;
    baton_context cx = context(accept_all, &waker);
    CHECK(stress::send(group, cx).status == BATON_PENDING);
    int32_t status = BATON_PENDING;
    for (size_t i = 0; i < count; i++) {
      size_t index = i * 7919 % count;
      REQUIRE(status == BATON_PENDING);
      all[index].open(static_cast<int64_t>(index));
      status = stress::send(group, cx).status;
    }
    CHECK(status == BATON_RETURN);
    uint64_t polls = 0;
    for (gate &one : all) polls += one.polls;
    CHECK(polls == 2 * count);
    CHECK(waker.wakes() == count);
    for (uint64_t i = 0; i < count; i++)
      REQUIRE(result_of(group, i).out.number() == static_cast<int64_t>(i));
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("groups may be children of groups", "[group]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("nested groups");
    std::deque<gate> all;
    std::vector<value> races;
    for (int i = 0; i < 4; i++) {
      std::vector<value> pair;
      for (int k = 0; k < 2; k++) {
        all.emplace_back();
        pair.push_back(all.back().coroutine());
      }
      races.push_back(group_of(BATON_GROUP_RACE, std::move(pair)));
    }
    value join = group_of(BATON_GROUP_JOIN, std::move(races));
    std::thread opener([&all] {
      for (size_t i = 0; i < 4; i++) {
        while (all[2 * i + 1].polls.load() == 0) std::this_thread::yield();
        all[2 * i].open(static_cast<int64_t>(i));
      }
    });
    CHECK(stress::block_on(join).status == BATON_RETURN);
    opener.join();
    for (uint64_t i = 0; i < 4; i++) {
      CHECK(result_of(join, i).out.number() == static_cast<int64_t>(i));
      CHECK(all[2 * i + 1].exits == 1);
    }
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a group goes on under another driver", "[group][WAK-6]") {
  stress::balance balance;
  {
    gates group(BATON_GROUP_JOIN, {answer::raise, answer::raise});
    counting_waker other;
    group.send();
    CHECK(stress::send(group.group, context(accept_all, &other)).status ==
          BATON_PENDING);
    CHECK(group.waker.clones() == 0);
    group[0].open(1);
    CHECK(other.wakes() == 1);
    CHECK(group.waker.wakes() == 0);
    group[1].open(1);
    CHECK(stress::send(group.group, context(accept_all, &other)).status ==
          BATON_RETURN);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a group keeps its clone of a waker that stays the same",
          "[group][WAK-5]") {
  gates group(BATON_GROUP_JOIN, {answer::raise, answer::raise});
  for (int i = 0; i < 10; i++) group.send();
  CHECK(group.waker.cloned() == 1);
  group.close(0);
  CHECK(group.waker.clones() == 0);
}

TEST_CASE("results are read from no other value", "[group]") {
  value none, thing = stress::thing::make();
  baton_value out = baton_none();
  CHECK(baton_group_result(none.get(), 0, &out) == BATON_INVALID_ARGUMENT);
  CHECK(baton_group_result(thing.get(), 0, &out) == BATON_INVALID_ARGUMENT);
  CHECK(baton_group_winner(thing.get()) == UINT64_MAX);
}
