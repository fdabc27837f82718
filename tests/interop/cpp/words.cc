/* SPDX-License-Identifier: MIT */
#include "words.hpp"

#include <bit>
#include <charconv>

namespace interop {

using baton::value;

static std::string hex(std::string_view data) {
  static const char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned char byte : data) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text.empty() ? "-" : text;
}

static std::string unhex(std::string_view text) {
  std::string data;
  if (text == "-") return data;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    data += static_cast<char>(
        std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return data;
}

/* The tag of the scalar that it is or stands for; LIMIT for others. */
static std::uintptr_t tag_of(const value &told) {
  const baton_value *raw = told.get();
  if (!baton_is_object(raw)) return raw->head.tag;
  const auto *scalar =
      static_cast<const baton_scalar *>(baton_find(raw, BATON_EXT_SCALAR));
  baton_value got = baton_none();
  if (scalar && scalar->get(raw, &got) == BATON_OK) return got.head.tag;
  return BATON_TAG_LIMIT;
}

static std::string object_words(const witness &hears, const value &told) {
  if (baton_find(told.get(), BATON_EXT_TEXT)) {
    baton_text_view view;
    if (baton_text_of(told.get(), &view) == BATON_OK)
      return "text " + hex(told.to<std::string>());
  }
  baton_bytes_view view;
  if (baton_bytes_of(told.get(), &view) == BATON_OK) {
    auto bytes = told.to<std::span<const std::byte>>();
    return "bytes " +
           hex({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
  }
  return "object " + std::to_string(hears.identify(told));
}

std::string value_words(const witness &hears, const value &told) {
  switch (tag_of(told)) {
    case BATON_TAG_NONE:
      return "none";
    case BATON_TAG_BOOL:
      return told.to<bool>() ? "true" : "false";
    case BATON_TAG_I64:
      return "i64 " + std::to_string(told.to<std::int64_t>());
    case BATON_TAG_U64:
      return "u64 " + std::to_string(told.to<std::uint64_t>());
    case BATON_TAG_F64: {
      char text[24];
      std::snprintf(text, sizeof text, "f64 %016llx",
                    std::bit_cast<unsigned long long>(told.to<double>()));
      return text;
    }
    default:
      return object_words(hears, told);
  }
}

std::string error_words(const witness &hears, std::exception_ptr thrown) {
  baton::error error(baton::error_value(thrown));
  std::string text = "error " +
                     std::to_string(static_cast<std::uint32_t>(error.kind())) +
                     " " + hex(error.message());
  value payload = error.payload(), cause = error.cause();
  if (tag_of(payload) == BATON_TAG_I64)
    text += " payload " + std::to_string(payload.to<std::int64_t>());
  if (!cause.is_none())
    text += " cause " + error_words(hears, std::make_exception_ptr(
                                               baton::error(std::move(cause))));
  return text;
}

value read_value(std::string_view text) {
  std::size_t space = text.find(' ');
  std::string_view word = text.substr(0, space);
  std::string rest(space == text.npos ? "" : text.substr(space + 1));
  if (word == "true" || word == "false") return word == "true";
  if (word == "i64") return std::stoll(rest);
  if (word == "u64") return std::stoull(rest);
  if (word == "f64")
    return std::bit_cast<double>(std::stoull(rest, nullptr, 16));
  if (word == "text") return unhex(rest);
  if (word == "bytes") {
    std::string data = unhex(rest);
    return value(std::as_bytes(std::span(data)));
  }
  return {};
}

baton::error read_error(std::string_view text) {
  std::size_t space = text.find(' ');
  auto number = std::stoul(std::string(text.substr(0, space)));
  return baton::error(static_cast<baton::kind>(number),
                      unhex(text.substr(space + 1)));
}

}  // namespace interop
