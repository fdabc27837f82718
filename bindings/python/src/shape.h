/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_SHAPE_H
#define BATON_PY_SHAPE_H

#include "face.h"
#include "object.h"

/** scalar/1, text/1, bytes/1 and async_generator/1 of Python objects. */
extern const baton_extension baton_py_shapes[];

#endif
