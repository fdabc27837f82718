/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_WATCH_H
#define SUPPORT_WATCH_H

#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "script.h"

/** @file
 * The fixture of most tests: at its end everything that was made is gone, and
 * no notice came that the test did not ask for.
 */

namespace support {

class Watch {
 public:
  Watch() {
    lines.clear();
    baton_thread_flush();
    objects_ = live_objects;
    blocks_ = blocks();
    baton_set_unawaited_hook(on_unawaited, this);
    baton_set_unraisable_hook(on_unraisable, this);
  }

  ~Watch() {
    baton_set_unawaited_hook(nullptr, nullptr);
    baton_set_unraisable_hook(nullptr, nullptr);
    baton_thread_flush();
    CHECK(live_objects == objects_);
    CHECK(blocks() == blocks_);
    CHECK(unawaited == Lines());
    CHECK(unraisable == Lines());
  }

  Watch(const Watch &) = delete;
  Watch &operator=(const Watch &) = delete;

  Lines unawaited;  /**< names of what was never awaited */
  Lines unraisable; /**< "ERROR in NAME" */

  /** Takes the notices. */
  Lines told_unawaited() { return std::exchange(unawaited, Lines()); }
  Lines told_unraisable() { return std::exchange(unraisable, Lines()); }

  static uint64_t blocks() {
    baton_counters counters;
    baton_read_counters(&counters);
    return counters.blocks;
  }

 private:
  static std::string name_of(const baton_value *value) {
    const auto *table = static_cast<const baton_introspect *>(
        baton_find(value, BATON_EXT_INTROSPECT));
    baton_text_view view = {nullptr, 0};
    if (!table || table->name(value, &view) != BATON_OK)
      return baton_type_name(value);
    return std::string(view.data, view.size);
  }

  static void BATON_CALL on_unawaited(void *arg, const baton_value *self) {
    static_cast<Watch *>(arg)->unawaited.push_back(name_of(self));
  }

  static void BATON_CALL on_unraisable(void *arg, const baton_value *error,
                                       const baton_value *where) {
    static_cast<Watch *>(arg)->unraisable.push_back(describe(error) + " in " +
                                                    name_of(where));
  }

  int objects_;
  uint64_t blocks_;
};

}  // namespace support

#endif
