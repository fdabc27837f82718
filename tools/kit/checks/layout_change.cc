/* SPDX-License-Identifier: MIT */
#include <cstring>
#include <map>

#include "../contract/embedded.h"
#include "../load/memory.h"
#include "common.h"

/** @file
 * Descriptors and tables stay as they are while values name them.
 */

namespace kit {
namespace {

/** A copy of a descriptor and of all that it leads to. */
class Snapshot {
 public:
  Snapshot(const Subject &subject, const Contract &contract) {
    const baton_type *type = subject.value().type();
    keep("descriptor", type);
    keep("table as_async", type->as_async);
    keep("table as_coroutine", type->as_coroutine);
    keep("table as_link", type->as_link);
    keep("table as_error", type->as_error);
    for (const Extension &extension : contract.extensions) {
      if (extension.found_with != on_type) continue;
      keep("table " + extension.id, subject.extension(extension.id.c_str()));
    }
    name_ = type->name;
  }

  /** "" or what has changed since. */
  std::string change(const Subject &subject) const {
    for (const auto &[what, part] : parts_) {
      if (bytes_of(part.address) != part.bytes) return "another " + what;
    }
    const baton_type *type = subject.value().type();
    return name_ == type->name ? "" : std::string("the name ") + type->name;
  }

 private:
  struct Part {
    const void *address;
    std::vector<uint8_t> bytes;
  };

  /** As many as the struct tells at its beginning. */
  static std::vector<uint8_t> bytes_of(const void *address) {
    uint32_t size = 0;
    if (!is_readable(address, sizeof size)) return {};
    std::memcpy(&size, address, sizeof size);
    if (size > 65536 || !is_readable(address, size)) return {};
    const auto *bytes = static_cast<const uint8_t *>(address);
    return std::vector<uint8_t>(bytes, bytes + size);
  }
  void keep(const std::string &what, const void *address) {
    if (address) parts_[what] = {address, bytes_of(address)};
  }

  std::map<std::string, Part> parts_;
  std::string name_;
};

void expect_unchanged(Bench &bench, const Snapshot &before,
                      const Subject &subject, const char *when) {
  const std::string change = before.change(subject);
  bench.expect(change.empty(), "TYP-4",
               std::string("the same descriptor and tables ") + when, change);
}

}  // namespace

KIT_CHECK_EACH("layout-unchanged",
               "A descriptor and its tables stay as they are.", Tier::core,
               {"TYP-4"}) {
  const Embedded own = embedded_manifest(bench.library.provider());
  const Contract &contract = own.contract ? *own.contract : bench.contract;
  Subject subject = driven(bench);
  const Snapshot before(subject, contract);
  const Step first = subject.send();
  expect_unchanged(bench, before, subject, "after the first send");
  Subject second = bench.subject();
  if (suspends(first)) subject.throw_(bench.error(BATON_ERROR_VALUE, "end it"));
  expect_unchanged(bench, before, subject, "after a throw");
  subject.close();
  expect_unchanged(bench, before, subject, "after close");
  if (second.value().type() == subject.value().type()) {
    second.drain(20);
    second.close();
    expect_unchanged(bench, before, subject, "after another one has run");
  }
}

}  // namespace kit
