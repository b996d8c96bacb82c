#include <cstddef>
#include <cstdint>
#include <string>

#include "base/require.hpp"
#include "json/equal.hpp"
#include "schema/schema.hpp"

using namespace assay;

namespace {

/// Every pattern is a text to be found: the engine has its own fuzzer.
class Substrings final : public schema::PatternCompiler {
 public:
  Result<std::unique_ptr<const schema::Pattern>, std::string> compile(std::string_view pattern) const override {
    return std::make_unique<const Substring>(pattern);
  }
  Result<bool, std::string> readable(std::string_view pattern) const override { return !pattern.empty(); }

 private:
  struct Substring final : schema::Pattern {
    explicit Substring(std::string_view text) : text(text) {}
    Result<bool, std::string> found_in(std::string_view subject) const override {
      return subject.find(text) != std::string_view::npos;
    }
    std::string text;
  };
};

void judge(std::string_view text, json::View instance, schema::Options options) {
  options.patterns = std::make_shared<Substrings>();
  const auto schema = schema::Schema::compile(text, options);
  if (!schema) return;
  schema::Budget budget{.steps = 20'000, .depth = 200, .max_violations = 3};
  const auto outcome = schema->validate(instance, budget);
  const auto again = schema->validate(instance, budget);
  require(outcome.has_value() == again.has_value(), "the same question has the same answer");
  if (!outcome) return;
  require(outcome->valid == again->valid && outcome->valid == outcome->violations.empty(), "what is broken is named");
  for (const schema::Violation& violation : outcome->violations) (void)to_string(violation);
}

}  // namespace

/// Input: a schema, NUL, an instance. Any schema ends in a fault or judges any value within its budget, the same twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  const std::size_t cut = std::min(input.find('\0'), input.size());
  const std::string text = input.substr(0, cut);
  const auto instance = json::parse(cut < size ? input.substr(cut + 1) : text, json::Limits::foreign());
  if (!instance) return 0;
  judge(text, instance->root(), {});
  judge(text, instance->root(), schema::Options::ajv());
  require(json::deep_equal(instance->root(), instance->root()), "a value equals itself");
  return 0;
}
