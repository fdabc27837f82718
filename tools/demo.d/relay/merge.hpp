/* SPDX-License-Identifier: MIT */
#ifndef DEMO_RELAY_MERGE_HPP
#define DEMO_RELAY_MERGE_HPP

#include <baton/baton.hpp>

/** Everything that `streams`, which are async generators, give, in the order in
 * which it comes. Each is one item ahead at most. Calls `left` in its cleanup.
 */
baton::async_generator<baton::value> merge(std::vector<baton::value> streams,
                                           std::function<void()> left);

/** An awaitable that ends one of the streams: what Python's `aclose` gives. */
baton::value aclose(const baton::value &stream);

#endif
