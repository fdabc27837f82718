/* SPDX-License-Identifier: MIT */
#ifndef KIT_OBJECT_H
#define KIT_OBJECT_H

#include <baton/baton.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "../play/ledger.h"
#include "descriptor.h"

/** @file
 * A proxy: an object that stands for another one, and knows its state.
 */

namespace kit {

/** Each reference to it that somebody holds is one of the object behind it,
 * which it retains and releases as the proxy is. What was lent is the
 * exception: its first reference is the lender's, and is none behind. */
class Proxy : public Thing {
 public:
  Proxy(Ledger &ledger, Descriptor &descriptor, baton_value inner);

  const baton_value &inner() const { return inner_; }
  Descriptor &descriptor() const { return descriptor_; }
  /** Names this; owns nothing. */
  baton_value value();
  bool checks(Side side) const { return descriptor_.side() == side; }

  int32_t retain_both(const Entry &entry);
  int32_t release_both(const Entry &entry);
  /** Keeps what was lent until this ends, by the reference that a new proxy
   * has, or by one more. */
  void lend(Proxy *handle, bool is_new);

  /** A call begins. @return whether another thread drives meanwhile. */
  bool begin(bool drives);
  /** It ends; a release that came too early is done now. */
  void finish(bool drives);
  bool running() const;

  /** BATON_CREATED ... BATON_CLOSED as far as it can be known: what the object
   * says of itself, else what its calls have shown. */
  std::optional<uint32_t> state() const;
  /** What the object says of itself; nothing if it does not. */
  std::optional<uint32_t> told_state() const;
  void set_state(std::optional<uint32_t> state);
  /** From now on only later calls show it. */
  void forget_state();
  std::optional<uint32_t> kind() const { return kind_; }
  bool shared() const { return shared_; }

  /** An unknown status has come: only close may follow (COR-13). */
  std::atomic<bool> is_odd{false};

 protected:
  void end() override;

 private:
  void ask_link();
  void ask_introspection();
  int32_t release_inner();

  Descriptor &descriptor_;
  const baton_value inner_;
  std::atomic<const baton_introspect *> introspect_{nullptr};
  std::optional<uint32_t> kind_;
  bool shared_ = false;

  mutable std::mutex mutex_;
  std::optional<uint32_t> state_;
  int calls_ = 0, drives_ = 0, deferred_ = 0;
  std::thread::id driver_;
  std::vector<Proxy *> lent_;
};

}  // namespace kit

#endif
