#include "schema/schema.hpp"

#include <optional>
#include <utility>

#include "base/require.hpp"
#include "schema/metaschema.hpp"
#include "schema/program.hpp"
#include "schema/reader.hpp"
#include "schema/run.hpp"

namespace assay::schema {
namespace {

/// Compiled once. Formats are left out, as in Ajv: patterns and references are read one by one when they are needed.
const Schema::Program& metaschema() {
  static const std::unique_ptr<const Schema::Program> compiled = [] {
    auto program = std::make_unique<Schema::Program>(Options{});
    const auto root = program->resources.add_root(metaschema_text());
    require(root && !Reader(*program).read(*root), "the metaschema is a schema");
    const auto is_format = [](const Rule& rule) { return std::holds_alternative<FormatRule>(rule); };
    for (Node& node : program->nodes) std::erase_if(node.rules, is_format);
    return program;
  }();
  return *compiled;
}

/// What a schema breaks of draft-07 itself, reachable or not.
std::optional<Fault> fault_of(json::View schema) {
  Budget budget;
  budget.depth = 2048;
  const auto outcome = Run(metaschema(), budget).go(schema);
  if (!outcome) return Fault{"#", outcome.error().message};
  if (outcome->valid) return std::nullopt;
  const Violation& first = outcome->violations.front();
  return Fault{'#' + first.instance_path, "expected " + first.expected + ", found " + first.found};
}

}  // namespace

Options Options::ajv() {
  Options options;
  options.dialect = Dialect::ajv;
  options.unknown = Unknown::refuse;
  return options;
}

std::string to_string(const Fault& fault) {
  return fault.path + ": " + fault.message;
}

std::string to_string(const Violation& violation) {
  return (violation.instance_path.empty() ? std::string("the value") : violation.instance_path) + ": expected " +
         violation.expected + ", found " + violation.found + " (" + violation.schema_path + ')';
}

Schema::Schema(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema, Fault> Schema::compile(std::string_view text, const Options& options) {
  auto program = std::make_unique<Program>(options);
  const auto root = program->resources.add_root(text);
  if (!root) return failure(root.error());
  if (auto fault = fault_of(root->view)) return failure(std::move(*fault));
  if (auto fault = Reader(*program).read(*root)) return failure(std::move(*fault));
  return Schema(std::move(program));
}

Result<Outcome, LimitError> Schema::validate(json::View instance, const Budget& budget) const {
  return Run(*program_, budget).go(instance);
}

const std::vector<Remark>& Schema::remarks() const {
  return program_->remarks;
}

}  // namespace assay::schema
