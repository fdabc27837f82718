/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"

/* The provider: an export for each function, with its own parameters. */

namespace interop {

namespace {

template <class A>
A argument(baton_value *from) {
  value taken = value::adopt(baton_take(from));
  if constexpr (std::same_as<A, value>)
    return taken;
  else if constexpr (std::same_as<A, witness>)
    return witness(taken);
  else
    return taken.to<A>();
}

template <class R, class... A, std::size_t... I>
value call(R (*function)(A...), baton_value *from, std::index_sequence<I...>) {
  if constexpr (std::is_void_v<R>) {
    function(argument<A>(&from[I])...);
    return {};
  } else {
    return function(argument<A>(&from[I])...);
  }
}

template <class R, class... A>
value call(R (*function)(A...), baton_value *from, std::uint64_t count) {
  if (count != sizeof...(A))
    throw baton::error(baton::kind::type, "a wrong number of arguments");
  return call(function, from, std::index_sequence_for<A...>());
}

template <auto function>
std::int32_t BATON_CALL create(const baton_export *, baton_context *,
                               baton_value *arguments, std::uint64_t count,
                               baton_value *out) noexcept {
  try {
    *out = call(function, arguments, count).release();
    return BATON_OK;
  } catch (...) {
    *out = baton::error_value(std::current_exception()).release();
    return BATON_ERROR;
  }
}

void drive_it(value object, std::string script, witness hears) {
  drive(std::move(object), script, hears);
}

value blocks() {
  baton_counters counters;
  baton_thread_flush();
  baton_read_counters(&counters);
  return counters.blocks + counters.leaked;
}

template <auto function>
constexpr baton_export entry(const char *name) {
  return {sizeof(baton_export), 0, name, name, create<function>};
}

constexpr std::array entries = {
    entry<give>("give"),
    entry<echo>("echo"),
    entry<turns>("turns"),
    entry<fail>("fail"),
    entry<fail_os>("fail_os"),
    entry<fail_because>("fail_because"),
    entry<panic>("panic"),
    entry<hold>("hold"),
    entry<guard>("guard"),
    entry<relay>("relay"),
    entry<rescue>("rescue"),
    entry<catch_>("catch"),
    entry<answer>("answer"),
    entry<ignore>("ignore"),
    entry<replace>("replace"),
    entry<act>("act"),
    entry<interop::sleep>("sleep"),
    entry<collect>("collect"),
    entry<items>("items"),
    entry<items_fail>("items_fail"),
    entry<items_echo>("items_echo"),
    entry<items_catch>("items_catch"),
    entry<items_await>("items_await"),
    entry<drive_it>("drive"),
    entry<blocks>("blocks"),
    entry<ring>("ring"),
};

constexpr auto pointers = [] {
  std::array<const baton_export *, entries.size()> made = {};
  for (std::size_t i = 0; i < entries.size(); i++) made[i] = &entries[i];
  return made;
}();

/* The scenarios drop some on purpose. */
void BATON_CALL unawaited(void *, const baton_value *) {}

}  // namespace

}  // namespace interop

extern "C" __attribute__((visibility("default")))
const baton_provider *BATON_CALL
baton_provider_v0() {
  static const baton_provider provider = {sizeof provider,
                                          BATON_ABI_MAJOR,
                                          BATON_ABI_MINOR,
                                          BATON_PROVIDER_MAGIC,
                                          0,
                                          "interop-cpp",
                                          "0",
                                          "c++",
                                          interop::pointers.data(),
                                          interop::pointers.size(),
                                          nullptr,
                                          nullptr};
  baton_set_unawaited_hook(interop::unawaited, nullptr);
  return &provider;
}
