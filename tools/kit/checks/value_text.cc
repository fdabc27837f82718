// SPDX-License-Identifier: MIT
#include "../play/type.h"
#include "common.h"

/** @file
 * Texts that a provider makes.
 */

namespace kit {
namespace {

using View = int32_t(BATON_CALL *)(const baton_value *, baton_text_view *);

/* The view of an object that is a text; null if it is none. */
View view_of(const Value &value) {
  const void *table = nullptr;
  auto query =
      value.type() ? KIT_MEMBER(value.type(), baton_type, query) : nullptr;
  if (!query || query(value.get(), BATON_EXT_TEXT, &table) != BATON_OK)
    return nullptr;
  return static_cast<const baton_text *>(table)->view;
}

/* The first object with text that a subject gives. */
Value text_of(Bench &bench) {
  Subject subject = driven(bench);
  for (int turn = 0; turn < 100; turn++) {
    Step step = subject.send();
    baton_text_view view{};
    View slot = view_of(step.out);
    if (slot && slot(step.out.get(), &view) == BATON_OK)
      return std::move(step.out);
    if (step.status != BATON_YIELD) break;
  }
  bench.skip("it gives no text");
}

KIT_CHECK_EACH("value-text-view",
               "What a view shows stays as long as the text is held.",
               Tier::values, {"EXT-4"}) {
  Value text = text_of(bench);
  baton_text_view first{}, second{};
  view_of(text)(text.get(), &first);
  std::string was(first.data, first.size);
  Value other = text_of(bench);
  view_of(other)(other.get(), &second);
  other.drop();
  bench.expect(std::string(first.data, first.size) == was, "EXT-4",
               "\"" + was + "\" as long as the text is held",
               "\"" + std::string(first.data, first.size) + "\"");
  view_of(text)(text.get(), &second);
  bench.expect(first.data == second.data && first.size == second.size, "EXT-4",
               "the same place from a second view", "another place");
}

}  // namespace
}  // namespace kit
