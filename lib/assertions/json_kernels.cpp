#include "assertions/json_kernels.hpp"

#include <memory>
#include <utility>

#include "assertions/operand.hpp"
#include "json/equal.hpp"
#include "json/number.hpp"
#include "json/pointer.hpp"
#include "loose/find_json.hpp"
#include "schema/schema.hpp"
#include "similarity/json_likeness.hpp"

namespace assay::assertions {
namespace {

using Judged = Result<Finding, std::string>;
using SharedSchema = std::shared_ptr<const schema::Schema>;
constexpr std::size_t steps_per_byte = 16;

json::Limits deep() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

/// An assertion's value that outlives its compilation.
std::shared_ptr<const json::Document> keep(json::View value) {
  auto document = json::parse(value.raw(), deep());
  return document ? std::make_shared<const json::Document>(std::move(*document)) : nullptr;
}

Made plain_json() {
  return made([](Answer& answer) -> Judged { return answer.is_json() ? decided(true, {}) : missed(answer.text()); },
              "JSON");
}

Made equal_text(std::string wanted) {
  std::string shown = wanted;
  return made(
      [wanted = std::move(wanted)](Answer& answer) -> Judged {
        return answer.text() == wanted ? hit(answer.text(), 0) : missed(answer.text());
      },
      std::move(shown));
}

Made equal_json(json::View value, json::Numbers numbers) {
  return made_heavy(
      [wanted = keep(value), numbers](Answer& answer) -> Judged {
        const auto found = answer.json();
        if (!found) return failure(found.error());
        Finding finding = missed(answer.text());
        finding.holds = found->exists() && json::deep_equal(wanted->root(), *found, numbers);
        return finding;
      },
      steps_per_byte, value.dump());
}

/// Whether a value fits the schema, and what it breaks.
Judged checked(const schema::Schema& schema, json::View value) {
  const auto outcome = schema.validate(value);
  if (!outcome) return failure(outcome.error().message);
  if (outcome->valid) return decided(true, {});
  Finding finding = decided(false, to_string(outcome->violations.front()));
  finding.where = outcome->violations.front().instance_path;
  return finding;
}

/// A schema, or why there is none: then promptfoo raises as soon as there is something to be checked.
struct WantedSchema {
  SharedSchema schema;
  std::string fault;

  Judged check(json::View value) const {
    if (!fault.empty()) return failure(fault);
    return checked(*schema, value);
  }
};

/// promptfoo's falsy values ask for no schema.
bool asks_for_schema(const Build& build) {
  const json::View value = build.value;
  if (!value.exists() || value.is_null()) return false;
  if (build.strict) return true;
  return value.as_string() != "" && value.as_bool() != false && value.as_double() != 0.0;
}

Result<WantedSchema, std::string> wanted_schema(const Build& build) {
  const json::View value = build.value;
  if (!value.is_object() && !value.is_string()) {
    std::string fault = wrong_kind(value, "a schema: an object, or text that holds one");
    if (build.strict) return failure(std::move(fault));
    return WantedSchema{nullptr, std::move(fault)};
  }
  auto compiled = build.schemas.get(value, build.strict);
  if (compiled) return WantedSchema{std::move(*compiled), {}};
  if (build.strict) return failure(std::move(compiled.error()));
  return WantedSchema{nullptr, std::move(compiled.error())};
}

/// Looks at the JSON pieces of a text until one fits.
template <class Pieces>
Judged some_piece(Pieces pieces, const std::optional<WantedSchema>& schema, std::string_view text) {
  Finding last = missed(text);
  for (;;) {
    const auto piece = pieces.next();
    if (!piece) return failure(piece.error());
    if (!*piece) return last;
    if (!schema) return hit(text, (*piece)->offset);
    const auto document = json::parse((*piece)->json, deep());
    if (!document) return failure("a piece of JSON is beyond a limit: " + to_string(document.error()));
    auto finding = schema->check(document->root());
    if (!finding) return finding;
    if (finding->holds) return hit(text, (*piece)->offset);
    last = std::move(*finding);
  }
}

struct JsonPath {
  std::string path;
  std::shared_ptr<const json::Document> equals;  ///< null: that something stands there is enough

  Judged operator()(Answer& answer) const {
    const auto root = answer.json();
    if (!root) return failure(root.error());
    if (!root->exists()) return missed(answer.text());
    const auto found = json::at_path(*root, path);
    Finding finding = decided(found && found->exists(), {});
    finding.where = path;
    finding.found = finding.holds ? found->dump() : "nothing";
    if (equals) finding.holds = finding.holds && json::deep_equal(*found, equals->root(), json::Numbers::equal);
    return finding;
  }
};

}  // namespace

Result<Made, std::string> make_equals(const Build& build) {
  const json::View value = build.value;
  if (build.strict && !value.exists()) return failure(wrong_kind(value, ""));
  const bool structured = value.is_object() || value.is_array() || value.is_null();
  if (structured) return equal_json(value, build.strict ? json::Numbers::equal : json::Numbers::same_value);
  return equal_text(javascript_string(value));
}

Result<Made, std::string> make_is_json(const Build& build) {
  if (!asks_for_schema(build)) return plain_json();
  auto wanted = wanted_schema(build);
  if (!wanted) return failure(std::move(wanted.error()));
  return made_heavy(
      [wanted = std::move(*wanted)](Answer& answer) -> Judged {
        const auto value = answer.json();
        if (!value) return failure(value.error());
        return value->exists() ? wanted.check(*value) : missed(answer.text());
      },
      steps_per_byte, "JSON that fits the schema " + build.value.dump());
}

Result<Made, std::string> make_contains_json(const Build& build) {
  std::optional<WantedSchema> wanted;
  if (asks_for_schema(build)) {
    auto schema = wanted_schema(build);
    if (!schema) return failure(std::move(schema.error()));
    wanted = std::move(*schema);
  }
  std::string shown = wanted ? "JSON inside that fits the schema " + build.value.dump() : "JSON inside";
  return made_heavy(
      [wanted = std::move(wanted), strict = build.strict](Answer& answer) -> Judged {
        if (strict) return some_piece(loose::StrictJson(answer.text()), wanted, answer.text());
        return some_piece(loose::LooseObjects(answer.text()), wanted, answer.text());
      },
      8 * steps_per_byte, std::move(shown));
}

Result<Made, std::string> make_json_diff(const Build& build) {
  if (!build.value.exists()) return failure(wrong_kind(build.value, ""));
  return made_heavy(
      [wanted = keep(build.value), threshold = build.threshold()](Answer& answer) -> Judged {
        const auto found = answer.json();
        if (!found) return failure(found.error());
        if (!found->exists()) {
          Finding finding = missed(answer.text());
          finding.score = 0;
          return finding;
        }
        const auto likeness = similarity::json_likeness(*found, wanted->root());
        if (!likeness) return failure(likeness.error());
        return scored(*likeness, threshold);
      },
      8 * steps_per_byte, "at least " + json::javascript_number(build.threshold()) + " against: " + build.value.dump());
}

Result<Made, std::string> make_json_path(const Build& build) {
  const json::View value = build.value;
  const auto path = value["path"].as_string();
  if (!value.is_object() || !path)
    return failure(std::string("the value must be an object with path, and equals if wanted"));
  for (const auto& [key, part] : value.members()) {
    if (key != "path" && key != "equals")
      return failure("the value has the key \"" + std::string(key) + "\", which means nothing here");
  }
  if (!json::at_path(value, *path)) return failure("the value's path is malformed: " + std::string(*path));
  return made_heavy(JsonPath{std::string(*path), value["equals"].exists() ? keep(value["equals"]) : nullptr},
                    steps_per_byte, value.dump());
}

Result<Made, std::string> make_prpm_is_json(const Build&) {
  return plain_json();
}

}  // namespace assay::assertions
