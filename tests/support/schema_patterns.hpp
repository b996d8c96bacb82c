#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "regex/regex.hpp"
#include "regex/subject.hpp"
#include "schema/pattern.hpp"
#include "text/javascript_text.hpp"

namespace assay::test {

/// The patterns of schemas, looked for by our regexes.
class SchemaPatterns final : public schema::PatternCompiler {
 public:
  Result<std::unique_ptr<const schema::Pattern>, std::string> compile(std::string_view pattern) const override {
    auto regex = regex::Regex::compile(pattern, "u");
    if (!regex) return failure(regex.error());
    return std::make_unique<const Compiled>(std::move(*regex));
  }
  Result<bool, std::string> readable(std::string_view pattern) const override {
    return regex::Regex::compile(pattern).has_value();
  }

 private:
  class Compiled final : public schema::Pattern {
   public:
    explicit Compiled(regex::Regex regex) : regex_(std::move(regex)) {}
    Result<bool, std::string> found_in(std::string_view text) const override {
      const std::string whole = text::well_formed(text);
      regex::Subject subject(whole);
      return regex_.test(subject);
    }

   private:
    regex::Regex regex_;
  };
};

}  // namespace assay::test
