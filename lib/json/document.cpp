#include "json/document.hpp"

#include <charconv>
#include <cmath>

#include "json/number.hpp"
#include "json/tape.hpp"
#include "json/writer.hpp"

namespace assay::json {
namespace {

constexpr double two_to_53 = 9007199254740992.0;

/// The source text of a string, quotes included.
std::string_view quoted(std::string_view source, std::size_t begin) {
  std::size_t at = begin + 1;
  while (at < source.size() && source[at] != '"') at += source[at] == '\\' ? 2 : 1;
  return source.substr(begin, at + 1 - begin);
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::missing:
      return "nothing";
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::array:
      return "an array";
    case Kind::object:
      return "an object";
  }
  return "nothing";
}

std::string to_string(const ParseError& error) {
  return "line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + ": " + error.message;
}

Document::Document(std::unique_ptr<const Tape> tape) : tape_(std::move(tape)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

View Document::root() const {
  return tape_ ? View(tape_.get(), 0) : View();
}

Kind View::kind() const {
  return tape_ ? tape_->nodes[node_].kind : Kind::missing;
}

View View::get(std::string_view key) const {
  View found;
  for (const auto& [name, value] : members()) {
    if (name == key) found = value;
  }
  return found;
}

View View::at(std::size_t index) const {
  if (index >= size()) return {};
  for (const View element : elements()) {
    if (index-- == 0) return element;
  }
  return {};
}

std::size_t View::size() const {
  return is_array() || is_object() ? tape_->nodes[node_].count : 0;
}

Elements View::elements() const {
  Elements range;
  if (!is_array()) return range;
  range.tape_ = tape_;
  range.first_ = node_ + 1;
  range.end_ = tape_->nodes[node_].next;
  return range;
}

Members View::members() const {
  Members range;
  if (!is_object()) return range;
  range.tape_ = tape_;
  range.first_ = node_ + 1;
  range.end_ = tape_->nodes[node_].next;
  return range;
}

std::optional<std::string_view> View::as_string() const {
  if (!is_string()) return std::nullopt;
  return tape_->text_of(tape_->nodes[node_]);
}

std::optional<bool> View::as_bool() const {
  if (kind() != Kind::boolean) return std::nullopt;
  return tape_->nodes[node_].count == 1;
}

std::optional<double> View::as_double() const {
  const auto number = parse_number(number_text());
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> View::as_int64() const {
  const std::string_view text = number_text();
  if (text.empty()) return std::nullopt;
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc() && end == text.data() + text.size()) return whole;
  const auto number = as_double();
  if (!number || std::trunc(*number) != *number || std::abs(*number) >= two_to_53) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::string_view View::number_text() const {
  return is_number() ? raw() : std::string_view();
}

std::string_view View::raw() const {
  if (!tape_) return {};
  const Node& node = tape_->nodes[node_];
  const std::string_view source = tape_->source;
  return node.kind == Kind::string ? quoted(source, node.begin) : source.substr(node.begin, node.length);
}

std::string View::dump() const {
  std::string out;
  if (exists()) Writer(out).view(*this);
  return out;
}

std::string View::path() const {
  std::string path;
  if (!tape_) return path;
  View here(tape_, 0);
  const auto holds = [this](const View& child) {
    return child.node_ <= node_ && node_ < tape_->nodes[child.node_].next;
  };
  while (here.node_ != node_) {
    View below = here;
    std::size_t index = 0;
    for (const View element : here.elements()) {
      if (holds(element)) {
        path += '[' + std::to_string(index) + ']';
        below = element;
        break;
      }
      ++index;
    }
    for (const auto& [key, value] : here.members()) {
      if (!holds(value)) continue;
      if (!path.empty()) path += '.';
      path += key;
      below = value;
      break;
    }
    if (below.node_ == here.node_) break;
    here = below;
  }
  return path;
}

View Elements::Iterator::operator*() const {
  return View(tape_, node_);
}
Elements::Iterator& Elements::Iterator::operator++() {
  node_ = tape_->nodes[node_].next;
  return *this;
}

Member Members::Iterator::operator*() const {
  return Member{tape_->text_of(tape_->nodes[node_]), View(tape_, node_ + 1)};
}
Members::Iterator& Members::Iterator::operator++() {
  node_ = tape_->nodes[node_ + 1].next;
  return *this;
}

}  // namespace assay::json
