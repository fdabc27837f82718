/* SPDX-License-Identifier: MIT */
#ifndef GOOD_BODIES_HPP
#define GOOD_BODIES_HPP

#include <baton/baton.hpp>
#include <cstdint>
#include <vector>

/** @file
 * The bodies, as C++ writes them.
 */

namespace good {

using baton::async_generator;
using baton::generator;
using baton::task;
using baton::value;
using number = std::int64_t;

task<value> give(value given);
task<value> echo(value given);
task<value> fail(number kind, value message);
task<value> raise(value failure);
task<value> panic(value message);
task<void> nil();
task<bool> truth();
task<number> one();

task<value> relay(value awaited);
task<value> pair(value first, value second);
task<value> rescue(value awaited);
task<value> guard(value awaited, value cleanup);
task<value> both(value first, value second);
task<bool> alike(value first, value second);
task<value> last(value items);
task<void> nap();

generator<number, number> count(number end);
generator<value, value> delegate(value iterator);

async_generator<value> items(std::vector<value> given);
async_generator<value> mirror(value given);
async_generator<value> tidy(value given, value cleanup);
async_generator<value> stubborn(value given);

value run(value awaited);
bool same(value first, value second);
std::uint64_t live();

}  // namespace good

#endif
