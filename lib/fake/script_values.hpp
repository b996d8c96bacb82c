#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.hpp"

/// Reading a script's JSON strictly: what is of the wrong kind, or not a word of the script, ends the reading.
namespace assay::fake {

/// Leaves the reader; read_script() turns it into its error. Its text begins with the path of the place.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void wrong(const json::View& where, const std::string& what);

double number(const json::View& view);       ///< not negative
std::int64_t whole(const json::View& view);  ///< not negative
double chance(const json::View& view);       ///< from 0 to 1
std::string text(const json::View& view);
std::string text_or_number(const json::View& view);
bool boolean(const json::View& view);
json::Elements list(const json::View& view);
/// A JSON value's own text; a string is taken as it is.
std::string verbatim(const json::View& view);

template <class Value, std::size_t count>
Value one_of(const json::View& view, const std::array<std::pair<std::string_view, Value>, count>& known) {
  const std::string name = text(view);
  for (const auto& [word, value] : known) {
    if (word == name) return value;
  }
  wrong(view, "'" + name + "' is none of the known ones");
}

/// Takes a member's value to where it belongs, which must outlive the Take.
using Take = std::function<void(const json::View&)>;
Take into(std::string& place);
Take into(double& place);
Take into(bool& place);
template <class Number>
Take into(Number& place) {
  return [&place](const json::View& value) { place = static_cast<Number>(whole(value)); };
}
template <class Number>
Take into(std::optional<Number>& place) {
  return [&place](const json::View& value) { place = static_cast<Number>(whole(value)); };
}

/// An object's members by their names.
class Words {
 public:
  using Word = std::pair<std::string_view, Take>;
  Words(std::initializer_list<Word> words) : words_(words) {}

  Words& add(const Words& more);
  /// Takes every member of the object. Throws Wrong for one that is not among the words.
  void read(const json::View& object) const;

 private:
  std::vector<Word> words_;
};

}  // namespace assay::fake
