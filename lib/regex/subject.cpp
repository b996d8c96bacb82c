#include "regex/subject.hpp"

#include <algorithm>
#include <cstddef>

#include "json/utf8.hpp"
#include "text/surrogate.hpp"

namespace assay::regex {
namespace {

bool is_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}

bool is_pair(std::u32string_view units, std::size_t at) {
  return at + 1 < units.size() && units[at] >= 0xD800 && units[at] <= 0xDBFF && units[at + 1] >= 0xDC00 &&
         units[at + 1] <= 0xDFFF;
}

std::u32string units_of(std::string_view text) {
  std::u32string units;
  units.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = json::skip_ascii(text, at);
    units.insert(units.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                 text.begin() + static_cast<std::ptrdiff_t>(run));
    if (run == text.size()) break;
    const text::Step step = text::next_character(text, run);
    if (step.code_point > 0xFFFF) {
      units += 0xD800 + ((step.code_point - 0x10000) >> 10);
      units += 0xDC00 + ((step.code_point - 0x10000) & 0x3FF);
    } else {
      units += step.code_point;
    }
    at = run + step.length;
  }
  return units;
}

std::u32string characters_of(std::u32string_view units) {
  std::u32string characters;
  characters.reserve(units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (!is_pair(units, at)) {
      characters += units[at];
    } else {
      characters += 0x10000 + ((units[at] - 0xD800) << 10) + (units[at + 1] - 0xDC00);
      ++at;
    }
  }
  return characters;
}

std::string shown_of(std::u32string_view units) {
  std::string shown;
  shown.reserve(units.size() + units.size() / 4);
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (is_pair(units, at)) {
      json::append_utf8(shown, shown_pairs + (units[at] - 0xD800));
      json::append_utf8(shown, shown_pairs + (units[at + 1] - 0xD800));
      ++at;
    } else {
      json::append_utf8(shown, is_surrogate(units[at]) ? shown_alone + (units[at] - 0xD800) : units[at]);
    }
  }
  return shown;
}

}  // namespace

std::string_view Subject::shown() {
  if (!shown_) shown_ = shown_as_it_is(text_) ? std::string() : shown_of(units());
  return shown_->empty() ? text_ : std::string_view(*shown_);
}

std::u32string_view Subject::units() {
  if (!units_) units_ = units_of(text_);
  return *units_;
}

std::u32string_view Subject::characters() {
  if (!characters_) {
    const std::u32string_view all = units();
    characters_ = std::any_of(all.begin(), all.end(), is_surrogate) ? characters_of(all) : std::u32string();
  }
  return characters_->empty() ? units() : std::u32string_view(*characters_);
}

bool shown_as_it_is(std::string_view text) {
  for (std::size_t at = json::skip_ascii(text, 0); at < text.size(); at = json::skip_ascii(text, at + 1)) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0xF0) return false;
    if (byte == 0xED && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return false;
  }
  return true;
}

}  // namespace assay::regex
