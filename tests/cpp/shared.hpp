/* SPDX-License-Identifier: MIT */
#ifndef CPP_SHARED_HPP
#define CPP_SHARED_HPP

#include <baton/baton.hpp>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/drive.h"
#include "support/place_bodies.h"

/** @file
 * What the tests of the C++ binding have in common. */

namespace cpp_test {

/** Gives a coroutine to the drivers of support/drive.h. */
template <class C>
support::Value wrap(C made) {
  return support::Value(baton::value(std::move(made)).release());
}

inline baton::value unwrap(support::Value held) {
  return baton::value::adopt(held.give());
}

/** A coroutine in C with `part` in its frame. */
inline baton::value in_c(const baton_body *body, baton::value part) {
  baton_value made;
  REQUIRE(baton_coro_new(body, &made) == BATON_OK);
  static_cast<place_frame *>(baton_coro_frame(&made))->part = part.release();
  return baton::value::adopt(made);
}

/** Checks that everything that libbaton has given is back. */
class Balance {
 public:
  Balance() : before_(blocks()) {}
  Balance(const Balance &) = delete;
  Balance &operator=(const Balance &) = delete;
  ~Balance() { CHECK(blocks() == before_); }

 private:
  static std::uint64_t blocks() {
    baton_counters counters;
    baton_read_counters(&counters);
    return counters.blocks;
  }
  std::uint64_t before_;
};

/** Writes its name when it is destroyed. */
class Watch {
 public:
  Watch(std::string *log, const char *name) : log_(log), name_(name) {}
  Watch(Watch &&from) noexcept
      : log_(std::exchange(from.log_, nullptr)), name_(from.name_) {}
  Watch &operator=(Watch &&) = delete;
  ~Watch() {
    if (log_) *log_ += std::string(log_->empty() ? "" : " ") + name_;
  }

 private:
  std::string *log_;
  const char *name_;
};

/** The frames of an error, the innermost first: "inner outer". */
inline std::string functions(const baton_value *held) {
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  std::uint32_t kept = 0;
  std::uint64_t elided = 0;
  std::string names;
  if (!baton_is_object(held)) return "no frames";
  held->head.type->as_error->frames(held, frames, 2 * BATON_FRAMES_KEPT, &kept,
                                    &elided);
  for (std::uint32_t i = 0; i < kept; i++)
    names += std::string(i ? " " : "") + frames[i].function;
  return names;
}

/** The names of a chain, the outermost first. */
inline std::string chain(const baton_value *root) {
  std::string names;
  baton_await_chain(
      root,
      [](void *arg, const baton_value *, baton_text_view name, std::uint32_t,
         std::uint32_t, const baton_frame *) {
        auto *all = static_cast<std::string *>(arg);
        if (!all->empty()) *all += " ";
        all->append(name.data, name.size);
      },
      &names);
  return names;
}

/** What an await or a call throws, as "type: message". */
template <class F>
std::string failure(F call) {
  try {
    call();
  } catch (const baton::error &thrown) {
    return std::string("baton ") +
           baton_kind_name(static_cast<std::uint32_t>(thrown.kind())) + ": " +
           thrown.what();
  } catch (const std::exception &thrown) {
    return std::string("std: ") + thrown.what();
  } catch (...) {
    return "something else";
  }
  return "nothing";
}

}  // namespace cpp_test

#endif
