/* SPDX-License-Identifier: MIT */
#ifndef BATON_BATON_H
#define BATON_BATON_H

/** @file
 * The stable contract, all of it. Drafts are included one by one.
 */

#include "context.h"
#include "coroutine.h"
#include "error.h"
#include "ext/async_generator.h"
#include "ext/bytes.h"
#include "ext/introspect.h"
#include "ext/manifest.h"
#include "ext/scalar.h"
#include "ext/text.h"
#include "ext/wait.h"
#include "link.h"
#include "provider.h"
#include "status.h"
#include "type.h"
#include "value.h"
#include "version.h"
#include "wake.h"

#endif
