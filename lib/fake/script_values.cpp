#include "fake/script_values.hpp"

#include <algorithm>

namespace assay::fake {

void wrong(const json::View& where, const std::string& what) {
  const std::string path = where.path();
  throw Wrong((path.empty() ? "the script" : path) + ": " + what);
}

double number(const json::View& view) {
  const auto value = view.as_double();
  if (!value || *value < 0) wrong(view, "expected a number that is not negative");
  return *value;
}

std::int64_t whole(const json::View& view) {
  const auto value = view.as_int64();
  if (!value || *value < 0) wrong(view, "expected a whole number that is not negative");
  return *value;
}

double chance(const json::View& view) {
  const double value = number(view);
  if (value > 1) wrong(view, "expected a number from 0 to 1");
  return value;
}

std::string text(const json::View& view) {
  const auto value = view.as_string();
  if (!value) wrong(view, "expected a text");
  return std::string(*value);
}

std::string text_or_number(const json::View& view) {
  return view.is_number() ? std::string(view.number_text()) : text(view);
}

bool boolean(const json::View& view) {
  const auto value = view.as_bool();
  if (!value) wrong(view, "expected true or false");
  return *value;
}

json::Elements list(const json::View& view) {
  if (!view.is_array()) wrong(view, "expected a list");
  return view.elements();
}

std::string verbatim(const json::View& view) {
  return view.is_string() ? text(view) : view.dump();
}

Take into(std::string& place) {
  return [&place](const json::View& value) { place = text(value); };
}

Take into(double& place) {
  return [&place](const json::View& value) { place = number(value); };
}

Take into(bool& place) {
  return [&place](const json::View& value) { place = boolean(value); };
}

Words& Words::add(const Words& more) {
  words_.insert(words_.end(), more.words_.begin(), more.words_.end());
  return *this;
}

void Words::read(const json::View& object) const {
  if (!object.is_object()) wrong(object, "expected an object");
  for (const auto& [key, value] : object.members()) {
    const auto known =
        std::find_if(words_.begin(), words_.end(), [&key = key](const Word& word) { return word.first == key; });
    if (known == words_.end()) wrong(value, "not a word of the script");
    known->second(value);
  }
}

}  // namespace assay::fake
