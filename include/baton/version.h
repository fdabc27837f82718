/* SPDX-License-Identifier: MIT */
#ifndef BATON_VERSION_H
#define BATON_VERSION_H

/** @file
 * The version of the contract, and the words that every header uses.
 *
 * The contract (ABI) and the product (library) have different version names
 * that are never compared: `BATON_ABI_*` here, `BATON_LIB_*` in
 * `baton/runtime.h`. While the major is 0 a minor may break (VER-6).
 *
 * Every slot's comment ends in a line that starts with "Slot:". Its words:
 *
 * - *driver thread*: called by the one driver that owns the object now;
 *   *any thread*: may be called from every thread at any time.
 * - *any state* or the states in which the call does its work. In the others
 *   it refuses or does what the comment says.
 * - *re-entrant*: may be called again, for the same object, from inside.
 * - *runs code*: may run code of the author or of a host;
 *   *leaf call*: runs no foreign code and takes no lock that such code holds.
 * - *takes x*: may move `*x` out, writing none into it; *gives out*: moves a
 *   value into `*out`; *lends out*: `*out` stays the callee's.
 */

#define BATON_ABI_MAJOR 0
#define BATON_ABI_MINOR 1

/** Calling convention of every slot and entry point. */
#if defined(_WIN32) && (defined(_M_IX86) || defined(__i386__))
#define BATON_CALL __cdecl
#else
#define BATON_CALL
#endif

#endif
