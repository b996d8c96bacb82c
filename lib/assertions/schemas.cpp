#include "assertions/schemas.hpp"

#include <utility>

#include "assertions/regexes.hpp"
#include "regex/regex.hpp"
#include "regex/regex_gate.hpp"
#include "text/javascript_text.hpp"
#include "yaml/to_json.hpp"

namespace assay::assertions {
namespace {

class SchemaPattern final : public schema::Pattern {
 public:
  explicit SchemaPattern(regex::Regex regex) : regex_(std::move(regex)) {}
  Result<bool, std::string> found_in(std::string_view text) const override {
    const std::string whole = text::well_formed(text);
    regex::Subject subject(whole);
    return regex_.test(subject);
  }

 private:
  regex::Regex regex_;
};

class SchemaPatterns final : public schema::PatternCompiler {
 public:
  Result<std::unique_ptr<const schema::Pattern>, std::string> compile(std::string_view pattern) const override {
    auto regex = regex::Regex::compile(pattern, "u");
    if (!regex) return failure(std::move(regex.error()));
    return std::make_unique<const SchemaPattern>(std::move(*regex));
  }

  Result<bool, std::string> readable(std::string_view pattern) const override {
    const auto read = regex::read_regex(pattern);
    if (read) return true;
    if (is_senseless(read.error().refusal)) return false;
    return failure("whether it is a regex cannot be told: " + std::string(to_string(read.error().refusal)));
  }
};

}  // namespace

schema::Options schema_options(bool strict) {
  schema::Options options = strict ? schema::Options() : schema::Options::ajv();
  options.patterns = std::make_shared<const SchemaPatterns>();
  return options;
}

Schemas::Compiled Schemas::get(json::View value, bool strict) {
  std::string text(value.raw());
  if (const auto yaml = value.as_string()) {
    auto read = yaml::to_json(*yaml);
    if (!read) return failure("the schema is neither JSON nor YAML: " + read.error());
    text = std::move(*read);
  }
  if (const auto known = known_.find(text); known != known_.end()) return known->second;
  auto schema = schema::Schema::compile(text, schema_options(strict));
  Compiled compiled = failure(std::string());
  if (schema) {
    compiled = std::make_shared<const schema::Schema>(std::move(*schema));
  } else {
    compiled = failure("the schema cannot be used: " + to_string(schema.error()));
  }
  known_.emplace(std::move(text), compiled);
  return compiled;
}

}  // namespace assay::assertions
