/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_H
#define BATON_CYTHON_H

/** @file
 * Baton in Cython: what `cimport baton` brings into a module.
 *
 * Headers only. A module that carries the shim is compiled with BATON_SHIM, the
 * name of the shim's header with its quotes or brackets; any other needs the
 * package `baton` at run time. Everything here wants the GIL.
 */

#include "cython/delegate.h"
#include "cython/function.h"
#include "cython/method.h"
#include "cython/result.h"

#endif
