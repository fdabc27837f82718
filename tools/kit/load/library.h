/* SPDX-License-Identifier: MIT */
#ifndef KIT_LIBRARY_H
#define KIT_LIBRARY_H

#include <baton/provider.h>

#include <optional>
#include <string>
#include <vector>

/** @file
 * A target that is loaded. Only workers load: what a constructor does happens
 * to them.
 */

namespace kit {

/** Says in one line why a target cannot be checked, and what to do. If that is
 * because it breaks a rule, says which. */
struct LoadError {
  std::string text;
  std::string requirement = {};
};

/** Looks at the file without loading it: it is there, a shared library, for
 * this machine, and exports the symbol. @return nothing if it is. */
std::optional<LoadError> inspect_file(const std::string &path);

class Library {
 public:
  /** Loads, calls the entry, reads the provider's prefix.
   * @throws LoadError: no such file, not loadable, no symbol, another major,
   * a null or misaligned provider. What is wrong beyond that is for checks. */
  explicit Library(const std::string &path);

  const std::string &path() const { return path_; }
  const baton_provider *provider() const { return provider_; }
  baton_provider_entry entry() const { return entry_; }
  void *handle() const { return handle_; }

  /** Exports, as far as they can be read: entries that are null or too short
   * are left out here and found by the checks of PRV. */
  const std::vector<const baton_export *> &exports() const { return exports_; }
  const baton_export *find(const std::string &name) const;

 private:
  std::string path_;
  void *handle_ = nullptr;
  baton_provider_entry entry_ = nullptr;
  const baton_provider *provider_ = nullptr;
  std::vector<const baton_export *> exports_;
};

}  // namespace kit

#endif
