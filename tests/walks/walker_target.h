/* SPDX-License-Identifier: MIT */
#ifndef BATON_WALKER_TARGET_H
#define BATON_WALKER_TARGET_H

#include <baton/value.h>

/** @file
 * The executor of walks, for whoever brings a library whose exports make some
 * of the nodes.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** Makes the nodes that have an `as`. */
typedef struct walker_target {
  /** Makes one by the export `kit.NAME`, whose arguments it may take. @return
   * as `create`. */
  int32_t (*make)(const char *name, baton_value *arguments, int count,
                  baton_value *out);
  /** Lets the library collect what nobody holds any more. */
  void (*collect)(void);
  /** Whether it is to do so after each drop: it may let go of things on a
   * thread of its own. */
  int settles;
  /** Told what was made; may be null. */
  void (*made)(const char *name, const baton_value *node);
} walker_target;

/** Runs the walks of standard input, to its end. `target` may be null. */
void walker_run(const walker_target *target);

#ifdef __cplusplus
}
#endif

#endif
