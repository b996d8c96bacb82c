#pragma once
#include <optional>
#include <string_view>

#include "yaml/tree.hpp"

namespace assay::yaml {

/// What a plain scalar means by the core schema of YAML 1.2, read as js-yaml reads it: null (empty, ~, null), boolean
/// (true, True, TRUE, …), number (decimal with any leading zeros, 0x, 0o, .5, 1e3, .inf, .nan), else text. `yes`, `on`
/// and 1_000 are text.
struct Meaning {
  enum class Kind { null, boolean, number, text };
  Kind kind = Kind::text;
  bool truth = false;
  double number = 0;
};
Meaning meaning_of(std::string_view plain);

/// The same for a node: quoted text is text, whatever it holds. A list or a map counts as text; ask its kind first.
Meaning meaning_of(const Node& node);

/// A node that is text, a number, a boolean; empty when it is something else.
std::optional<std::string_view> as_text(const Node& node);
std::optional<double> as_number(const Node& node);
std::optional<bool> as_boolean(const Node& node);

/// Whether YAML 1.1 readers would make a date or a time of a plain scalar (2024-02-30, 2001-12-14t21:59:43.10-05:00).
/// The core schema does not: it is text.
bool looks_like_a_date(std::string_view plain);

}  // namespace assay::yaml
