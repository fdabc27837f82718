/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_MANIFEST_H
#define BATON_EXT_MANIFEST_H

#include "../value.h"

/** @file
 * baton.manifest/1: the contract that a library was built against, as data.
 * Found with `provider->query`.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_MANIFEST "baton.manifest/1"

/** A FlatBuffers `baton.abi.Manifest` (abi/manifest.fbs). Whoever reads it
 * verifies it first: these are untrusted bytes (EXT-3). */
typedef struct baton_manifest {
  uint32_t struct_size; /**< sizeof this struct when it was built */
  uint32_t reserved0;
  const uint8_t *data; /**< aligned to 8; lives as long as the library */
  uint64_t size;       /**< bytes */
} baton_manifest;

#ifdef __cplusplus
}
#endif

#endif
