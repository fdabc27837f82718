// SPDX-License-Identifier: MIT
#include <cstdlib>

#include "trace/trace.h"

/** @file
 * libFuzzer: the reader of traces survives any bytes, and what it reads can be
 * written and read again.
 */

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string error;
  const std::optional<kit::Trace> trace = kit::read_trace(data, size, &error);
  if (!trace) return 0;
  const std::vector<uint8_t> written = kit::write_trace(*trace);
  if (!kit::read_trace(written.data(), written.size(), &error)) std::abort();
  return 0;
}
