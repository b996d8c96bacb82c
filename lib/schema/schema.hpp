#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"
#include "schema/pattern.hpp"

namespace assay::schema {

/// How a schema is read.
struct Options {
  enum class Dialect {
    draft07,  ///< the standard: siblings of $ref do not count, numbers are compared by their digits
    ajv       ///< as Ajv 8 reads draft-07: siblings of $ref count, numbers are doubles, `nullable` is known
  };
  enum class Unknown {
    report,  ///< a keyword or format that is not known, or that has no effect, is a Remark
    refuse   ///< … is a Fault
  };
  Dialect dialect = Dialect::draft07;
  Unknown unknown = Unknown::report;
  /// Further documents by URI that a $ref may name. Nothing is ever fetched; draft-07's own metaschema is known.
  std::map<std::string, std::string> documents;
  std::shared_ptr<const PatternCompiler> patterns;  ///< without it a schema with a pattern is a Fault
  std::size_t max_bytes = std::size_t{1} << 20;     ///< of the schema, and of each further document

  /// What raises in promptfoo's Ajv (strictSchema, ajv-formats "full") is a Fault here.
  static Options ajv();
};

/// Why a text is no schema that can be used, and where in it: a JSON pointer as a fragment, "#/properties/a".
struct Fault {
  std::string path;
  std::string message;
};
std::string to_string(const Fault& fault);

/// Something in the schema that does not take part in judging.
struct Remark {
  std::string path;  ///< of the subschema
  std::string keyword;
  std::string message;
};

/// What one value breaks. All texts are short.
struct Violation {
  std::string instance_path;  ///< JSON pointer: "/items/0"; "" for the whole
  std::string schema_path;    ///< where the keyword stands: "#/properties/items/maxItems"
  std::string keyword;        ///< "false schema" for the schema `false`
  std::string expected;       ///< "at most 3 elements"
  std::string found;          ///< "an array of 4 elements"
};
std::string to_string(const Violation& violation);

struct Outcome {
  bool valid = true;
  /// The first ones, in an order that depends on schema and instance alone. One at least unless valid.
  std::vector<Violation> violations;
};

/// How much one validation may take. A step is one subschema applied to one value, one member or element looked at,
/// 64 bytes of text measured, or 16 bytes of value compared.
struct Budget {
  std::uint64_t steps = 1u << 22;
  std::size_t depth = 1024;        ///< subschemas applied inside one another; at most 2048
  std::size_t max_violations = 1;  ///< how many are described; one ends the search soonest
};

/// No verdict: a limit was reached, or a pattern could not be run.
struct LimitError {
  enum class Limit { steps, depth, pattern };
  Limit limit = Limit::steps;
  std::string message;
};

/// A JSON Schema (draft-07), compiled once. Immutable; may be used from several threads. Owns its texts.
class Schema {
 public:
  static Result<Schema, Fault> compile(std::string_view text, const Options& options);
  static Result<Schema, Fault> compile(json::View schema, const Options& options) {
    return compile(schema.raw(), options);
  }

  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  Result<Outcome, LimitError> validate(json::View instance, const Budget& budget) const;
  Result<Outcome, LimitError> validate(json::View instance) const { return validate(instance, Budget{}); }

  /// What was not understood or has no effect; outer subschemas first.
  const std::vector<Remark>& remarks() const;

  struct Program;  ///< what it is compiled to; for this room alone

 private:
  explicit Schema(std::unique_ptr<const Program> program);
  std::unique_ptr<const Program> program_;
};

}  // namespace assay::schema
