#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace assay::regex {

/// A text as regexes see it: made once, then asked by any number of them. Each engine's form is made when it is first
/// wanted. Does not own the text; one thread.
class Subject {
 public:
  /// Well formed: UTF-8, in which a lone surrogate stands as its three bytes (text::well_formed).
  explicit Subject(std::string_view text) : text_(text) {}

  /// UTF-8 in which each UTF-16 unit is one character, for RE2. Half of a character above U+FFFF is
  /// shown_pairs + (unit - U+D800), a lone surrogate shown_alone + (unit - U+D800). Characters above U+FFFF are always
  /// shown as two, so these are free, and patterns can tell units, as without the u flag, and characters, as with it.
  std::string_view shown();
  /// UTF-16 units, each in 32 bits.
  std::u32string_view units();
  /// Code points; lone surrogates are themselves.
  std::u32string_view characters();

 private:
  std::string_view text_;
  std::optional<std::string> shown_;  ///< empty when the text is shown as it is
  std::optional<std::u32string> units_, characters_;
};

inline constexpr char32_t shown_pairs = 0x100000, shown_alone = 0x100800, shown_end = 0x101000;

/// Whether a well-formed text is its own shown() form: no surrogates, nothing above U+FFFF.
bool shown_as_it_is(std::string_view text);

}  // namespace assay::regex
