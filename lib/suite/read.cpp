#include "suite/read.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "json/document.hpp"
#include "suite/prompt.hpp"
#include "suite/sampling.hpp"

namespace assay::suite {
namespace {

using json::View;

/// Reads fields one after another and remembers the first fault; what is read after it does not count.
class Reader {
 public:
  Suite suite(View root) {
    Suite suite;
    if (!expect(root, root.is_object(), "", "an object")) return suite;
    suite.dialect = dialect_ = dialect(root["dialect"]);
    if (prpm()) {
      only(root, "", {"name", "prompt", "cases", "dialect", "on_unknown", "defaults"});
    } else {
      only(root, "", {"name", "prompt", "cases", "dialect", "on_unknown", "defaults", "templates"});
    }
    suite.name = text(root, "", "name");
    if (absent(root["prompt"])) fault("prompt", "is missing");
    suite.prompt = extract_prompt(root["prompt"]);
    suite.templates = truth(root, "", "templates").value_or(dialect_ == AssertionDialect::promptfoo);
    suite.on_unknown = on_unknown(root["on_unknown"]);
    if (!absent(root["defaults"])) suite.defaults = sampling(root["defaults"]);
    const View cases = root["cases"];
    if (!expect(cases, cases.is_array(), "cases", "a list")) return suite;
    suite.cases.reserve(cases.size());
    for (const View test : cases.elements()) suite.cases.push_back(test_case(test, place("cases", suite.cases.size())));
    return suite;
  }

  std::vector<AssertionSpec> assertion_list(View list, AssertionDialect dialect) {
    dialect_ = dialect;
    return assertions(list, "assertions", 0);
  }

  bool failed() const { return failed_; }
  Fault fault() && { return std::move(fault_); }

 private:
  static constexpr std::size_t max_depth = 16;  ///< of sets inside one another

  bool prpm() const { return dialect_ == AssertionDialect::prpm; }
  static bool absent(View value) { return !value.exists() || value.is_null(); }
  static std::string place(const std::string& list, std::size_t index) {
    return list + '[' + std::to_string(index) + ']';
  }
  static std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + '.' + std::string(key);
  }

  void fault(std::string path, std::string message) {
    if (!std::exchange(failed_, true)) fault_ = {std::move(path), std::move(message)};
  }

  bool expect(View value, bool holds, const std::string& path, const char* wanted) {
    if (!holds) fault(path, "is " + std::string(to_string(value.kind())) + "; it must be " + wanted);
    return holds;
  }

  void only(View object, const std::string& path, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
      if (std::find(known.begin(), known.end(), key) == known.end())
        fault(below(path, key), "is not a key this program knows");
    }
  }

  std::string text(View object, const std::string& path, std::string_view key) {
    const View value = object[key];
    expect(value, value.is_string(), below(path, key), "a string");
    return std::string(value.string_or(""));
  }

  std::vector<std::string> texts(View list, const std::string& path) {
    std::vector<std::string> found;
    if (absent(list) || !expect(list, list.is_array(), path, "a list")) return found;
    for (const View value : list.elements()) {
      expect(value, value.is_string(), place(path, found.size()), "a string");
      found.emplace_back(value.string_or(""));
    }
    return found;
  }

  std::optional<bool> truth(View object, const std::string& path, std::string_view key) {
    const View value = object[key];
    if (absent(value)) return std::nullopt;
    expect(value, value.as_bool().has_value(), below(path, key), "true or false");
    return value.as_bool();
  }

  /// An object as JSON text, empty when absent.
  std::string object_text(View object, const std::string& path, std::string_view key) {
    const View value = object[key];
    if (absent(value) || !expect(value, value.is_object(), below(path, key), "an object")) return {};
    return std::string(value.raw());
  }

  TestCase test_case(View value, const std::string& path) {
    TestCase test;
    if (!expect(value, value.is_object(), path, "an object")) return test;
    if (prpm()) {
      only(value, path, {"title", "input", "expected_output", "tags", "assertions"});
    } else {
      only(value, path, {"title", "input", "expected_output", "tags", "assertions", "vars", "threshold", "metadata"});
    }
    test.title = text(value, path, "title");
    if (prpm() || !absent(value["input"])) test.input = text(value, path, "input");
    if (!absent(value["expected_output"])) test.expected_output = text(value, path, "expected_output");
    test.tags = texts(value["tags"], below(path, "tags"));
    test.vars = object_text(value, path, "vars");
    test.threshold = number(value["threshold"], below(path, "threshold"));
    test.metadata = object_text(value, path, "metadata");
    test.assertions = assertions(value["assertions"], below(path, "assertions"), 0);
    return test;
  }

  std::vector<AssertionSpec> assertions(View list, const std::string& path, std::size_t depth) {
    std::vector<AssertionSpec> specs;
    if (absent(list) || !expect(list, list.is_array(), path, "a list")) return specs;
    if (depth >= max_depth) {
      fault(path, "stands inside too many other sets");
      return specs;
    }
    specs.reserve(list.size());
    for (const View one : list.elements()) specs.push_back(assertion(one, place(path, specs.size()), depth));
    return specs;
  }

  AssertionSpec assertion(View value, const std::string& path, std::size_t depth) {
    AssertionSpec spec;
    if (!expect(value, value.is_object(), path, "an object")) return spec;
    if (prpm()) {
      only(value, path, {"type", "value"});
    } else {
      only(value, path, {"type", "value", "threshold", "weight", "metric", "config", "transform", "assert"});
    }
    if (!absent(value["type"])) {
      spec.type = text(value, path, "type");
      if (spec.type.empty()) fault(below(path, "type"), "is empty; leave it out to mean the dialect's own");
    }
    spec.value = value["value"].raw();
    spec.threshold = number(value["threshold"], below(path, "threshold"));
    spec.weight = number(value["weight"], below(path, "weight"));
    if (!absent(value["metric"])) spec.metric = text(value, path, "metric");
    spec.config = object_text(value, path, "config");
    if (!absent(value["transform"])) spec.transform = text(value, path, "transform");
    spec.has_members = value["assert"].is_array();
    spec.members = assertions(value["assert"], below(path, "assert"), depth + 1);
    return spec;
  }

  AssertionDialect dialect(View value) {
    if (absent(value)) return AssertionDialect::prpm;
    const auto named = dialect_named(value.string_or(""));
    if (!named) fault("dialect", "is not one this program knows: prpm, promptfoo, strict");
    return named.value_or(AssertionDialect::prpm);
  }

  OnUnknown on_unknown(View value) {
    if (absent(value) || value.as_string() == "repeat") return OnUnknown::repeat;
    if (value.as_string() != "hold") fault("on_unknown", "must be repeat or hold");
    return OnUnknown::hold;
  }

  std::optional<double> number(View value, const std::string& path) {
    if (absent(value)) return std::nullopt;
    expect(value, value.as_double().has_value(), path, "a number");
    return value.as_double();
  }

  Sampling sampling(View value) {
    auto read = read_sampling(value, "defaults");
    if (read) return std::move(*read);
    fault(std::move(read.error().path), std::move(read.error().message));
    return {};
  }

  AssertionDialect dialect_ = AssertionDialect::prpm;
  bool failed_ = false;
  Fault fault_;
};

json::Limits limits() {
  json::Limits limits;
  limits.max_depth = 1024;
  limits.max_values = 10'000'000;
  limits.duplicates = json::Limits::Duplicates::refuse;
  limits.nul = json::Limits::Nul::refuse;
  return limits;
}

}  // namespace

Result<Suite, Fault> read(std::string_view json_text) {
  const auto document = json::parse(json_text, limits());
  if (!document) return failure(Fault{"", to_string(document.error())});
  Reader reader;
  Suite suite = reader.suite(document->root());
  if (reader.failed()) return failure(std::move(reader).fault());
  return suite;
}

Result<std::vector<AssertionSpec>, Fault> read_assertions(json::View list, AssertionDialect dialect) {
  Reader reader;
  std::vector<AssertionSpec> specs = reader.assertion_list(list, dialect);
  if (reader.failed()) return failure(std::move(reader).fault());
  return specs;
}

}  // namespace assay::suite
