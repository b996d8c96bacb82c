#pragma once
#include <map>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "json/document.hpp"
#include "schema/schema.hpp"

namespace assay::assertions {

/// JSON Schemas of one suite, each compiled once; their patterns are JavaScript's.
class Schemas {
 public:
  using Compiled = Result<std::shared_ptr<const schema::Schema>, std::string>;

  /// From an object, or from text that holds one as JSON or YAML. Strict: draft-07, where unknown keywords say nothing;
  /// else as promptfoo's Ajv reads it.
  Compiled get(json::View value, bool strict);

 private:
  std::map<std::string, Compiled> known_;
};

/// How schemas are read: see Schemas::get.
schema::Options schema_options(bool strict);

}  // namespace assay::assertions
