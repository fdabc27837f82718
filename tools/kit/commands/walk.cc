// SPDX-License-Identifier: MIT
#include "walk.h"

#include <baton/ext/async_generator.h>
#include <baton/ext/introspect.h>
#include <baton/inline.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "../load/library.h"
#include "tests/walks/walker_target.h"

namespace kit {
namespace {

/** There is one library in a process that runs walks. */
const Library *library = nullptr;

int32_t make(const char *name, baton_value *arguments, int count,
             baton_value *out) {
  const baton_export *found = library->find(std::string("kit.") + name);
  if (!found) return BATON_UNSUPPORTED;
  baton_context cx{};
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  return found->create(found, &cx, arguments, static_cast<uint64_t>(count),
                       out);
}

void collect() {
  baton_value out = baton_none();
  make("live", nullptr, 0, &out);
  baton_drop(&out);
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/** Some hosts tell it to their own threads alone. */
bool tells_state(const baton_value *node) {
  const auto *table = static_cast<const baton_introspect *>(
      baton_find(node, BATON_EXT_INTROSPECT));
  uint32_t state;
  return table && table->state(node, &state) == BATON_OK;
}

/** Writes what can be seen of what an export makes. */
void describe(const char *name, const baton_value *node) {
  std::printf("made %s", name);
  if (baton_is_object(node) && node->head.type->as_link) std::printf(" link");
  if (tells_state(node)) std::printf(" state");
  if (baton_find(node, BATON_EXT_ASYNC_GENERATOR)) std::printf(" asend");
  std::printf("\n");
}

}  // namespace

int walk_command(const std::vector<std::string> &words) {
  const std::string how = words.size() == 2 ? words[1] : "";
  const bool describes = how == "--describe", settles = how == "--settle";
  if (words.empty() || words.size() > 2 ||
      (words.size() == 2 && !describes && !settles)) {
    std::fputs("usage: baton-kit walk LIB [--describe|--settle]\n", stderr);
    return 2;
  }
  try {
    const Library loaded(words[0]);
    const walker_target target{make, collect, settles,
                               describes ? describe : nullptr};
    library = &loaded;
    walker_run(&target);
    // What the library does at an exit is no part of a walk.
    std::fflush(nullptr);
    _exit(0);
  } catch (const LoadError &error) {
    std::fprintf(stderr, "baton: %s\n", error.text.c_str());
    return 2;
  }
}

}  // namespace kit
