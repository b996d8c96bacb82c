#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "templates/value.hpp"

namespace assay::templates {

/// What a filter or a test is called with. The first argument is what stands before the | or the `is`.
class Arguments {
 public:
  Arguments(const Value* first, std::size_t count) : first_(first), count_(count) {}

  std::size_t size() const { return count_; }
  const Value& operator[](std::size_t index) const {
    static const Value undefined;
    return index < count_ ? first_[index] : undefined;
  }

 private:
  const Value* first_;
  std::size_t count_;
};

/// Nunjucks' built-in filters, and promptfoo's `load`, with their exact meaning. Throws Trouble where JavaScript would
/// throw; pays from the budget.
std::optional<std::int32_t> find_filter(std::string_view name);
Value apply_filter(std::int32_t filter, Budget& budget, const Arguments& arguments);
std::string_view filter_name(std::int32_t filter);
std::vector<std::string_view> filter_names();

}  // namespace assay::templates
