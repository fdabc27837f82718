// SPDX-License-Identifier: MIT
#include "library.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "../contract/utf8.h"
#include "image.h"
#include "memory.h"

namespace kit {
namespace {

constexpr size_t shown_symbols = 5;
constexpr uint64_t most_exports = 1u << 16; /**< no library has more */

/** "a, b and 3 more"; those with `part` in their names. */
std::string list_those_with(const std::vector<std::string> &symbols,
                            const std::string &part) {
  std::string text;
  size_t count = 0;
  for (const std::string &symbol : symbols) {
    if (symbol.find(part) == std::string::npos) continue;
    if (++count <= shown_symbols) text += (text.empty() ? "" : ", ") + symbol;
  }
  if (count > shown_symbols)
    text += " and " + std::to_string(count - shown_symbols) + " more";
  return text.empty() ? "none" : text;
}

LoadError no_symbol(const std::string &path, const Image &image) {
  const std::string near = list_those_with(image.symbols, "baton");
  if (near.find("baton_provider_v") != std::string::npos)
    return {path + " is of another ABI major: it exports " + near +
            ", this kit checks " BATON_PROVIDER_SYMBOL
            "; use the kit of that major"};
  return {path +
          " exports no " BATON_PROVIDER_SYMBOL " (its symbols with 'baton': " +
          near + "); export the function that baton/provider.h tells of"};
}

/** Whether a struct that says its size reaches to the end of a member. */
bool reaches(uint32_t size, size_t offset, size_t member) {
  return size >= offset + member;
}

void check_prefix(const std::string &path, const baton_provider *provider) {
  if (!provider)
    throw LoadError{path + ": the entry gives null, and no provider", "PRV-2"};
  if (reinterpret_cast<uintptr_t>(provider) % alignof(baton_provider) != 0)
    throw LoadError{path + ": the provider is not aligned", "PRV-2"};
  if (!is_readable(provider, offsetof(baton_provider, name)))
    throw LoadError{path + ": the provider is no memory", "PRV-2"};
  if (provider->magic != BATON_PROVIDER_MAGIC)
    throw LoadError{path + ": the provider's magic is wrong", "PRV-2"};
  if (provider->abi_major != BATON_ABI_MAJOR)
    throw LoadError{
        path + " is built for ABI " + std::to_string(provider->abi_major) +
        "." + std::to_string(provider->abi_minor) + ", this kit checks major " +
        std::to_string(BATON_ABI_MAJOR) + "; use the kit of that major"};
}

bool is_usable(const baton_export *one) {
  return is_readable(one, sizeof one->struct_size) &&
         reaches(one->struct_size, offsetof(baton_export, create),
                 sizeof one->create) &&
         is_readable(one,
                     offsetof(baton_export, create) + sizeof one->create) &&
         is_text(one->name) && is_printable_utf8(one->name) && *one->name &&
         one->create;
}

}  // namespace

std::optional<LoadError> inspect_file(const std::string &path) {
  try {
    const Image image = read_image(path);
    const auto &names = image.symbols;
    if (image.has_symbols && std::find(names.begin(), names.end(),
                                       BATON_PROVIDER_SYMBOL) == names.end())
      return no_symbol(path, image);
  } catch (const LoadError &error) {
    return error;
  }
  return std::nullopt;
}

Library::Library(const std::string &path) : path_(path) {
  if (auto error = inspect_file(path)) throw *error;
  // A bare name would be searched in the system's folders.
  const bool bare = path.find('/') == std::string::npos;
  handle_ = dlopen(((bare ? "./" : "") + path).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle_) {
    const char *why = dlerror();
    throw LoadError{path + " cannot be loaded: " + (why ? why : "no reason") +
                    "; link it with what it needs, or set LD_LIBRARY_PATH"};
  }
  void *symbol = dlsym(handle_, BATON_PROVIDER_SYMBOL);
  if (!symbol) throw no_symbol(path, read_image(path));
  std::memcpy(&entry_, &symbol, sizeof symbol);
  provider_ = entry_();
  check_prefix(path, provider_);
  if (!reaches(provider_->struct_size, offsetof(baton_provider, export_count),
               sizeof provider_->export_count))
    return;
  const uint64_t count = provider_->export_count;
  if (count > most_exports)
    throw LoadError{path + ": the provider says that it has " +
                        std::to_string(count) + " exports",
                    "PRV-2"};
  for (uint64_t i = 0; i < count; i++) {
    if (!is_readable(provider_->exports + i, sizeof(void *))) break;
    if (is_usable(provider_->exports[i]))
      exports_.push_back(provider_->exports[i]);
  }
}

const baton_export *Library::find(const std::string &name) const {
  for (const baton_export *one : exports_)
    if (name == one->name) return one;
  return nullptr;
}

}  // namespace kit
