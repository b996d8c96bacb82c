#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loose/steps.hpp"

namespace assay::loose {

using ValueId = std::uint32_t;

/// A value that was read; lists and maps name their contents by number, so that an alias is cheap.
struct Value {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    text,
    merge,  ///< a plain <<: as a key it merges, elsewhere it is that text
    date,   ///< JavaScript's Date: to a schema an object without members
    list,
    map
  };
  Kind kind = Kind::null;
  bool truth = false;
  bool closed = true;  ///< false while a collection is being read
  double number = 0;
  std::string text;
  std::vector<ValueId> items;
  std::vector<std::pair<std::string, ValueId>> members;  ///< of the same key the last counts
};

/// A plain scalar by YAML's core schema, merge keys and timestamps included (as js-yaml 5 is set up by promptfoo).
Value plain_value(std::string_view text);
/// The value of a scalar with an explicit tag such as "str" or "int"; empty when it does not fit or is not supported.
std::optional<Value> tagged_value(std::string_view tag, std::string_view text);

/// What JavaScript makes of a value as a member's name; empty for collections and dates.
std::optional<std::string> name_of(const Value& value);

/// Compact JSON text; numbers as JavaScript writes them, NaN and infinities null, dates {}, a collection inside itself
/// null. Empty when the steps run out or aliases nest more than 500 deep.
std::optional<std::string> to_json(const std::vector<Value>& values, ValueId root, Steps& steps);

}  // namespace assay::loose
