// SPDX-License-Identifier: MIT
//
// A shared library that exports coroutines of C++ to every language.
#include <baton/baton.hpp>

// [provider]
baton::task<std::string> greet(std::string name) { co_return "hello " + name; }

baton::generator<int> count(int end) {
  for (int i = 0; i < end; i++) co_yield i;
}

BATON_CPP_PROVIDER("numbers", "1.0", baton::exported<greet>("greet", "Greets."),
                   baton::exported<count>("count", "Counts to a number."))
// [/provider]
