/* SPDX-License-Identifier: MIT */
#ifndef KIT_GUARDED_H
#define KIT_GUARDED_H

#include <cstddef>
#include <cstring>

#include "../base/bench.h"

/** @file
 * Structs behind which nothing can be read (VER-3).
 */

namespace kit {

/** Memory that ends where a page begins that cannot be read. It stays until
 * the process ends. A touch of that page is remembered, and then reads zeros.
 */
class Guarded {
 public:
  /** @param size a multiple of 8. */
  explicit Guarded(size_t size);

  /** A copy of the first `size` bytes of a struct. */
  template <typename Struct>
  static Struct *copy(const Struct &of, size_t size = sizeof(Struct)) {
    void *memory = Guarded(size).memory();
    std::memcpy(memory, static_cast<const void *>(&of), size);
    return static_cast<Struct *>(memory);
  }

  void *memory() const { return memory_; }

  /** Whether anyone has touched a page behind any of them, since the last of
   * them was made. */
  static bool touched();

 private:
  void *memory_;
};

/** Ends the check with VER-3 if so. */
void expect_untouched(Bench &bench, const char *what);

}  // namespace kit

#endif
