/* SPDX-License-Identifier: MIT */
#ifndef KIT_DESCRIPTOR_H
#define KIT_DESCRIPTOR_H

#include <baton/type.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "closure.h"
#include "plan.h"
#include "proxy.h"

/** @file
 * The descriptor of the proxies of one type, with its tables.
 */

namespace kit {

class Descriptor;
class Proxy;

/** A slot of one of its tables. */
struct Entry {
  Descriptor *owner;
  Plan plan;
  void *inner; /**< the same slot of the type that is wrapped */
  std::unique_ptr<Closure> closure;
};

class Descriptor {
 public:
  /** @param contract says what the tables look like; outlives this.
   * @throws std::runtime_error if a slot of the type cannot be stood for. */
  Descriptor(const Contract &contract, const baton_type *inner, Side side,
             Means means);
  ~Descriptor();
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  const baton_type *type() const { return type_; }
  const baton_type *inner() const { return inner_; }
  const Contract &contract() const { return contract_; }
  Side side() const { return side_; }
  Means means() const { return means_; }
  /** Whether `inner` still is what this was made of: descriptors may be freed
   * when no value names them, and others may come to lie there. */
  bool is_current() const;

  /** The table that stands for one which query of the inner type gave. Null if
   * the contract does not tell what it looks like, or a slot was refused. */
  const void *extension(const std::string &id, const void *inner);
  /** Which slot of the table was refused, and why; or empty. */
  std::string refused(const std::string &id) const;

  /** Remembers what query answered. @return whether it is the first answer, or
   * the same as the first (TYP-10). */
  bool same_answer(const std::string &id, int32_t status, const void *table);

  /** Null if it is no object of this type. */
  Proxy *find(const void *payload) const;
  /** The one with references that stands for this object; or null. */
  Proxy *standing_for(const void *inner_payload) const;
  void add(Proxy *proxy);

  /** Of the thunk with so many arguments and this number; null if no slot has
   * got it. */
  const Entry *entry(size_t arity, size_t thunk) const;
  /** The one whose type this is; null if it is no proxy's. Any thread. */
  static Descriptor *of(const baton_type *type);

 private:
  void *table(const Struct &record, const void *inner);
  void fill_slot(const Struct &record, const Field &field, void *place);
  void fill_suite(const Field &field, void *place);
  void *code_for(Entry &entry);

  const Contract &contract_;
  const baton_type *inner_;
  Side side_;
  Means means_;
  std::vector<uint8_t> image_; /**< the inner descriptor's bytes */
  std::vector<std::unique_ptr<uint64_t[]>> tables_;
  std::vector<std::unique_ptr<Entry>> entries_;
  baton_type *type_;

  mutable std::mutex mutex_; /* of what follows, and of both above */
  std::map<size_t, std::vector<const Entry *>> by_thunk_; /**< by arity */
  std::map<std::string, void *> extensions_;
  std::map<std::string, std::string> refused_;
  std::map<std::string, std::pair<int32_t, const void *>> answers_;
  std::set<const void *> objects_;
  std::map<const void *, Proxy *> by_inner_;
};

/** Runs a slot. Throws nothing. */
int32_t enter(const Entry &entry, void **arguments) noexcept;
/** The same for the thunk with so many arguments and this number. */
int32_t enter_thunk(size_t arity, size_t thunk, void **arguments) noexcept;

}  // namespace kit

#endif
