#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/document.hpp"

namespace assay::suite {

/// The variables of one test case, for its templates. Immutable.
class Vars {
 public:
  /// Vars that are text may be templates over the others: they are rendered, up to five times, before anything sees
  /// them. The error names the variable.
  static Result<Vars, std::string> resolved(const std::string& json_object);
  /// As they are.
  explicit Vars(const std::string& json_object);

  json::View view() const { return document_ ? document_->root() : json::View(); }
  /// A template's text. The error is a sentence with the place in the template.
  Result<std::string, std::string> render(std::string_view text) const;

 private:
  std::optional<json::Document> document_;
};

}  // namespace assay::suite
