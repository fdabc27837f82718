/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_WITNESS_H
#define INTEROP_WITNESS_H

#include <baton/baton.h>

/** @file
 * What the harness offers to bodies and consumers, in every language: a value
 * whose type has this extension. Python gets the same as methods.
 */

#define INTEROP_WITNESS "interop.witness/1"

typedef struct interop_witness {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Appends a line to the trace. Any thread. */
  void(BATON_CALL *say)(const char *line, uint64_t size);

  /** Has the harness do what it knows by this name, such as "open" for the
   * gate; done when it returns. Any thread. */
  void(BATON_CALL *act)(const char *name, uint64_t size);

  /** The number of an object of the harness, -1 for any other value. */
  int64_t(BATON_CALL *identify)(const baton_value *value);
} interop_witness;

#endif
