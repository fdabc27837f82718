/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"

/* The provider. */

namespace {

/* kit.items takes any number of arguments, which `exported` has no word for. */
std::int32_t BATON_CALL create_items(const baton_export *, baton_context *,
                                     baton_value *arguments,
                                     std::uint64_t count,
                                     baton_value *out) noexcept {
  try {
    std::vector<baton::value> given;
    given.reserve(count);
    for (std::uint64_t i = 0; i < count; i++) {
      baton_value copy;
      baton::detail::check(baton_copy(&arguments[i], &copy), &arguments[i]);
      given.push_back(baton::value::adopt(copy));
    }
    *out = baton::value(good::items(std::move(given))).release();
  } catch (...) {
    *out = baton::error_value(std::current_exception()).release();
    return BATON_ERROR;
  }
  for (std::uint64_t i = 0; i < count; i++) baton_drop(&arguments[i]);
  return BATON_OK;
}

}  // namespace

BATON_CPP_PROVIDER(
    "good-cpp", "1.0.0", baton::exported<good::give>("kit.give", "returns v"),
    baton::exported<good::echo>("kit.echo", "yields v, returns what is sent"),
    baton::exported<good::fail>("kit.fail", "throws a kind, with a message"),
    baton::exported<good::raise>("kit.raise", "throws e"),
    baton::exported<good::panic>("kit.panic", "throws a panic"),
    baton::exported<good::nil>("kit.nil", "returns none"),
    baton::exported<good::truth>("kit.true", "returns true"),
    baton::exported<good::one>("kit.one", "returns 1"),
    baton::exported<good::relay>("kit.relay", "awaits x"),
    baton::exported<good::pair>("kit.pair", "awaits x, then y"),
    baton::exported<good::rescue>("kit.rescue", "returns the error of x"),
    baton::exported<good::guard>("kit.guard", "awaits x, finally y"),
    baton::exported<good::both>("kit.both", "awaits x and y at once"),
    baton::exported<good::alike>("kit.alike", "whether x and y fail alike"),
    baton::exported<good::last>("kit.last", "returns the last item of x"),
    baton::exported<good::nap>("kit.nap", "is woken by a thread"),
    baton::exported<good::count>("kit.count", "yields 0 ... n-1"),
    baton::exported<good::delegate>("kit.delegate", "delegates to x"),
    baton::exported<good::mirror>("kit.mirror", "hands what it is sent"),
    baton::exported<good::tidy>("kit.tidy", "hands v twice, finally awaits y"),
    baton::exported<good::stubborn>("kit.stubborn",
                                    "hands v, and again when it is closed"),
    baton::exported<good::run>("kit.run", "drives x to its end"),
    baton::exported<good::same>("kit.same", "whether two are one"),
    baton::exported<good::live>("kit.live", "counts blocks"),
    baton_export{sizeof(baton_export), 0, "kit.items", "hands its arguments",
                 create_items})
