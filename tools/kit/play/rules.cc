// SPDX-License-Identifier: MIT
#include "rules.h"

#include <string>

#include "type.h"
#include "value.h"

namespace kit {

void check_context(Ledger &ledger, const baton_context *cx, const char *slot) {
  std::string where = std::string("in the context of ") + slot;
  if (cx->struct_size < offsetof(baton_context, waker)) {
    ledger.note("VER-7", "struct_size is the size of a context " + where,
                std::to_string(cx->struct_size));
    return;
  }
  if (cx->abi_major != BATON_ABI_MAJOR)
    ledger.note("VER-7", "the driver's own major " + where,
                std::to_string(cx->abi_major));
  if (cx->reserved0 != 0)
    ledger.note("VER-7", "zero in reserved0 " + where,
                std::to_string(cx->reserved0));
  uint32_t known = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  if (cx->accepts & ~known)
    ledger.note("VER-7", "zero in unknown bits of accepts " + where,
                std::to_string(cx->accepts));
  if ((cx->accepts & BATON_ACCEPT_PENDING) &&
      !KIT_MEMBER(cx, baton_context, waker))
    ledger.note("CTX-5", "a waker, since PENDING is accepted, " + where,
                "null");
}

void check_out(Ledger &ledger, const baton_value *out, const char *slot) {
  if (out->head.tag != BATON_TAG_NONE)
    ledger.note("OWN-1", std::string("none in out on entry of ") + slot,
                out->head.tag < BATON_TAG_LIMIT ? describe(*out) : "an object");
}

void check_scalar(Ledger &ledger, const baton_value &value, const char *slot) {
  if (value.head.tag == BATON_TAG_BOOL && value.payload.u64 > 1)
    ledger.note("VAL-3", std::string("a bool with payload 0 or 1 from ") + slot,
                std::to_string(value.payload.u64));
  if (value.head.tag == BATON_TAG_U64 &&
      value.payload.u64 <= static_cast<uint64_t>(INT64_MAX))
    ledger.note("VAL-3", std::string("an i64, since it fits, from ") + slot,
                "u64 " + std::to_string(value.payload.u64));
}

const char *status_defect(int32_t status) {
  bool refusal = status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN;
  bool known = refusal || status == BATON_RETURN || status == BATON_YIELD ||
               status == BATON_PENDING || status == BATON_ERROR;
  return known ? nullptr : "COR-1";
}

}  // namespace kit
