/* SPDX-License-Identifier: MIT */
#ifndef KIT_VISIT_H
#define KIT_VISIT_H

#include "object.h"

/** @file
 * One call that passes through a proxy, and the rules of both sides.
 */

namespace kit {

class Visit {
 public:
  Visit(const Entry &entry, Proxy &proxy, void **arguments);

  /** Calls what is behind, between the checks. @return its status. */
  int32_t run();

 private:
  /** The argument at a position that is a pointer; null if there is none. */
  template <typename Pointer>
  Pointer argument(size_t position) const {
    if (position == Plan::absent) return nullptr;
    return *static_cast<Pointer *>(arguments_[position]);
  }
  int32_t call_inner();
  void note(const char *requirement, const std::string &expected,
            const std::string &came) const;

  /* caller_rules.cc */
  void check_caller() const;

  /* callee_rules.cc */
  void check_callee(int32_t status) const;
  void check_cells(int32_t status) const;
  void check_status(int32_t status) const;
  void check_state(int32_t status) const;
  void check_created(int32_t status) const;
  void check_closed(int32_t status) const;
  void check_given(int32_t status) const;
  bool is_same_error() const;
  /** "ERROR error type", for people. */
  std::string text(int32_t status) const;

  void follow(int32_t status);
  std::optional<uint32_t> next(int32_t status) const;
  void wrap(int32_t status);

  const Entry &entry_;
  const Plan &plan_;
  Proxy &proxy_;
  void **arguments_;
  baton_context *context_;
  baton_value *in_, *out_;
  baton_value sent_{};
  std::optional<uint32_t> before_, after_;
};

/** Wraps the value in `*place`. @param lender whose it is if it was lent. */
void wrap_value(Ledger &ledger, const Contract &contract, baton_value *place,
                Side side, Means means, Proxy *lender = nullptr);

inline bool is_refusal(int32_t status) {
  return status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN;
}

/** Bit for bit, but for the bytes that have no meaning. */
inline bool same_bits(const baton_value &a, const baton_value &b) {
  return a.head.tag == b.head.tag &&
         (a.head.tag == BATON_TAG_NONE || a.payload.u64 == b.payload.u64);
}

}  // namespace kit

#endif
