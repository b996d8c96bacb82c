#include "imports/expected.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "imports/assertion_types.hpp"
#include "imports/code.hpp"
#include "json/number.hpp"
#include "text/javascript_text.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

Node assertion(std::string type, const source::Place& place) {
  Node node;
  node.kind = Node::Kind::map;
  node.place = place;
  node.members.push_back({"type", place, text_node(std::move(type), place)});
  return node;
}

void set(Node& node, std::string key, Node value) {
  const source::Place place = value.place;
  node.members.push_back({std::move(key), place, std::move(value)});
}

/// type[(threshold)][:value]
struct Parts {
  std::string type;
  std::optional<double> threshold;
  std::optional<std::string_view> value;
};

/// What follows a type's name: nothing, a threshold, a value, or both; else this was not its name.
std::optional<Parts> after_type(std::string_view rest) {
  Parts parts;
  if (rest.starts_with('(')) {
    std::string_view number = rest.substr(1);
    std::size_t length = count_digits(number);
    if (length > 0 && number.substr(length).starts_with('.')) {
      const std::size_t more = count_digits(number.substr(length + 1));
      if (more > 0) length += 1 + more;
    }
    if (length == 0 || !number.substr(length).starts_with(')')) return std::nullopt;
    parts.threshold = number_in_cell(number.substr(0, length));
    rest = number.substr(length + 1);
  }
  if (rest.starts_with(':')) parts.value = rest.substr(1);
  return rest.empty() || parts.value ? std::optional(parts) : std::nullopt;
}

std::optional<Parts> split(std::string_view expected) {
  const bool negated = expected.starts_with("not-");
  const std::string_view text = negated ? expected.substr(4) : expected;
  for (const std::string& type : base_types()) {
    if (!text.starts_with(type)) continue;
    auto parts = after_type(text.substr(type.size()));
    if (!parts) continue;
    parts->type = (negated ? "not-" : "") + type;
    return parts;
  }
  return std::nullopt;
}

/// A comma list: fields trimmed, empty ones skipped; a field may be quoted.
class List {
 public:
  explicit List(std::string_view text) : text_(text) {}

  Result<std::vector<std::string>, std::string> read() {
    while (skip_separators(), at_ < text_.size()) {
      if (text_[at_] != '"') {
        const std::size_t end = std::min(text_.find(',', at_), text_.size());
        fields_.emplace_back(text::trim(text_.substr(at_, end - at_)));
        at_ = end;
      } else if (!quoted()) {
        return failure(std::string("a quoted item of the list is never closed"));
      } else if (skip_space(), at_ < text_.size() && text_[at_] != ',') {
        return failure(std::string("after a quoted item of the list there must be a comma"));
      }
    }
    return fields_;
  }

 private:
  void skip_space() { at_ = text_.size() - trimmed_front(text_.substr(at_)).size(); }
  static std::string_view trimmed_front(std::string_view text) {
    const std::string_view core = text::trim(text);
    return core.empty() ? core : text.substr(static_cast<std::size_t>(core.data() - text.data()));
  }
  void skip_separators() {
    for (skip_space(); at_ < text_.size() && text_[at_] == ','; skip_space()) ++at_;
  }
  bool quoted() {
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      const bool escaped = (text_[at_] == '\\' && (next == '"' || next == '\\')) || (text_[at_] == '"' && next == '"');
      if (escaped) {
        field += next;
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        fields_.push_back(std::move(field));
        return true;
      } else {
        field += text_[at_];
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> fields_;
};

Result<Node, std::string> from_parts(const Parts& parts, const source::Place& place) {
  Node node = assertion(parts.type, place);
  const std::string_view type = std::string_view(parts.type).substr(parts.type.starts_with("not-") ? 4 : 0);
  if (is_one_of(type, {"contains-all", "contains-any", "icontains-all", "icontains-any"})) {
    if (!parts.value) return node;
    Node list;
    list.kind = Node::Kind::list;
    list.place = place;
    auto fields = List(*parts.value).read();
    if (!fields) return failure(std::move(fields.error()));
    for (std::string& field : *fields) list.items.push_back(text_node(std::move(field), place));
    if (parts.value->empty()) list = text_node("", place);
    set(node, "value", std::move(list));
    return node;
  }
  const bool as_written = is_one_of(type, {"contains-json", "is-json"});
  if (parts.value)
    set(node, "value", text_node(std::string(as_written ? *parts.value : text::trim(*parts.value)), place));
  if (is_one_of(type, {"answer-relevance", "classifier", "context-faithfulness", "context-recall", "context-relevance",
                       "cost", "latency", "levenshtein", "perplexity-score", "perplexity", "rouge-n", "similar",
                       "starts-with"})) {
    const double usual = type == "similar" ? 0.8 : 0.75;
    set(node, "threshold", number_node(parts.threshold.value_or(usual), place));
  }
  return node;
}

}  // namespace

std::optional<double> number_in_cell(std::string_view cell) {
  std::string_view text = text::trim(cell);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t whole = count_digits(text);
  std::size_t at = whole, fraction = 0;
  if (text.substr(at).starts_with('.')) {
    fraction = count_digits(text.substr(at + 1));
    at += 1 + fraction;
  }
  if (whole + fraction == 0) return std::nullopt;
  std::string clean(text.substr(0, whole));
  clean.erase(0, std::min(clean.find_first_not_of('0'), clean.size()));
  if (clean.empty()) clean = "0";
  if (fraction > 0) clean += "." + std::string(text.substr(whole + 1, fraction));
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    const std::string_view exponent = text.substr(at + 1);
    const std::size_t sign = exponent.starts_with('-') || exponent.starts_with('+') ? 1 : 0;
    const std::size_t digits = count_digits(exponent.substr(sign));
    if (digits == 0 || sign + digits != exponent.size()) return std::nullopt;
    clean += "e" + std::string(exponent);
  }
  const auto value = json::parse_number(clean);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return negative ? -*value : *value;
}

Result<Node, std::string> assertion_from_text(std::string_view expected, const source::Place& place) {
  for (const std::string_view prefix : {"javascript:", "fn:", "eval:"}) {
    if (!expected.starts_with(prefix)) continue;
    Node node = assertion("javascript", place);
    set(node, "value", text_node(std::string(text::trim(expected.substr(prefix.size()))), place));
    return node;
  }
  for (const std::string_view prefix : {"grade:", "llm-rubric:"}) {
    if (!expected.starts_with(prefix)) continue;
    Node node = assertion("llm-rubric", place);
    set(node, "value", text_node(std::string(expected.substr(prefix.size())), place));
    return node;
  }
  const bool python_file =
      expected.starts_with("file://") && (expected.ends_with(".py") || expected.find(".py:") != expected.npos);
  if (expected.starts_with("python:") || python_file) {
    Node node = assertion("python", place);
    set(node, "value", text_node(std::string(text::trim(expected.substr(7))), place));
    return node;
  }
  if (expected.starts_with("file://") && is_javascript_file(expected)) {
    Node node = assertion("javascript", place);
    set(node, "value", text_node(std::string(expected), place));
    return node;
  }
  if (const auto parts = split(expected)) return from_parts(*parts, place);
  Node node = assertion("equals", place);
  set(node, "value", text_node(std::string(expected), place));
  return node;
}

}  // namespace assay::imports
