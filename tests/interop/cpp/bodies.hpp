/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_BODIES_HPP
#define INTEROP_BODIES_HPP

#include "words.hpp"

/** @file
 * The bodies that every language has, in C++: see ../README.md.
 */

namespace interop {

using baton::async_generator;
using baton::task;
using baton::value;
using number = std::int64_t;

task<value> give(value given);
task<value> echo(value given);
task<number> turns(number count);
task<value> fail(number kind, std::string message);
task<value> fail_os(number code, std::string message);
task<value> fail_because();
task<value> panic(std::string message);
task<value> hold(witness hears, value held);
task<value> guard(witness hears, value awaited);
task<value> relay(value awaited);
task<value> rescue(witness hears, value awaited);
task<value> catch_(witness hears);
task<value> answer(witness hears);
task<value> ignore();
task<value> replace();
task<value> act(witness hears, std::string name);
task<value> sleep(witness hears);
task<number> collect(witness hears, value items, number last);

async_generator<number> items(witness hears, number count);
async_generator<number> items_fail();
async_generator<value> items_echo();
async_generator<number> items_catch(witness hears);
async_generator<value> items_await(value first, value second);

/** Wakes what sleeps: 0 wakes, 1 opens and wakes, 2 shuts and lets go. */
void ring(number what);

}  // namespace interop

#endif
