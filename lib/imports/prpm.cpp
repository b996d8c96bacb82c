#include <algorithm>

#include "imports/json_tree.hpp"
#include "imports/sources.hpp"
#include "json/writer.hpp"
#include "text/javascript_text.hpp"
#include "yaml/scalar.hpp"
#include "yaml/to_json.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

const std::vector<std::string>& case_keys() {
  static const std::vector<std::string> keys = {"title",
                                                "input",
                                                "description",
                                                "expected_output",
                                                "expected_criteria",
                                                "assertions",
                                                "tags",
                                                "difficulty",
                                                "test_type",
                                                "id",
                                                "package_id",
                                                "confidence_score",
                                                "generated_at",
                                                "version_generated_from",
                                                "is_active",
                                                "usage_count",
                                                "success_rate",
                                                "created_at",
                                                "updated_at"};
  return keys;
}

/// A model wraps its JSON in a fence now and then: the text inside, with the lines before it kept for their numbers.
std::string without_fence(std::string_view text) {
  const std::string_view core = text::trim(text);
  if (!core.starts_with("```") || !core.ends_with("```") || core.size() < 6) return std::string(text);
  const std::size_t begin = text.find('\n', static_cast<std::size_t>(core.data() - text.data()));
  const std::size_t end = text.rfind("```");
  if (begin == text.npos || begin >= end) return std::string(text);
  std::string made(text.substr(0, end));
  std::replace_if(
      made.begin(), made.begin() + static_cast<std::ptrdiff_t>(begin), [](char c) { return c != '\n'; }, ' ');
  return made;
}

class CaseReader {
 public:
  CaseReader(Report& report, bool& graded) : report_(report), graded_(graded) {}

  /// The case in the suite's form; empty text when it is wrong or switched off.
  std::string read(const Node& node) {
    if (node.kind != Node::Kind::map) return wrong(node.place, "a test case must be an object with title and input");
    for (const auto& [key, place, value] : node.members) {
      if (std::find(case_keys().begin(), case_keys().end(), key) == case_keys().end())
        report_.unknown_key(place, "a test case", key, case_keys());
    }
    const Node* active = node.find("is_active");
    if (active && yaml::as_boolean(*active) == false) {
      report_.warning(active->place, "is_active: this case is switched off; it is not carried over");
      return "";
    }
    std::string text;
    json::Writer out(text);
    out.begin_object();
    put_text(out, node, "title", true);
    put_text(out, node, "input", true);
    put_text(out, node, "expected_output", false);
    tags(out, node);
    metadata(out, node);
    assertions(out, node);
    out.end_object();
    return text;
  }

 private:
  std::string wrong(const Place& place, std::string message) {
    report_.error(place, std::move(message));
    return "";
  }

  void put_text(json::Writer& out, const Node& node, const std::string& key, bool needed) {
    const Node* value = node.find(key);
    if (!value || value->kind == Node::Kind::null) {
      if (needed) wrong(node.place, "a test case must have " + key + ", as text");
    } else if (const auto text = yaml::as_text(*value)) {
      out.field(key, *text);
    } else {
      wrong(value->place, key + ": must be text");
    }
  }

  std::vector<std::string> texts(const Node& node, const std::string& key) {
    std::vector<std::string> found;
    const Node* list = node.find(key);
    if (!list || list->kind == Node::Kind::null) return found;
    if (list->kind != Node::Kind::list) wrong(list->place, key + ": must be a list of texts");
    for (const Node& item : list->items) {
      if (const auto text = yaml::as_text(item))
        found.emplace_back(*text);
      else
        wrong(item.place, key + ": must be a list of texts");
    }
    return found;
  }

  void tags(json::Writer& out, const Node& node) {
    std::vector<std::string> all = texts(node, "tags");
    for (const char* key : {"difficulty", "test_type"}) {
      const Node* value = node.find(key);
      if (value && yaml::as_text(*value)) all.push_back(value->text);
    }
    if (all.empty()) return;
    out.key("tags").begin_array();
    for (const std::string& tag : all) out.string(tag);
    out.end_array();
  }

  void metadata(json::Writer& out, const Node& node) {
    bool any = false;
    for (const auto& [key, place, value] : node.members) {
      const bool kept = key == "id" || key == "package_id" || key == "description" || key == "confidence_score" ||
                        key == "generated_at" || key == "version_generated_from";
      if (!kept || value.kind == Node::Kind::null) continue;
      if (!any) out.key("metadata").begin_object();
      any = true;
      out.key(key).raw(yaml::to_json(value));
    }
    if (any) out.end_object();
  }

  void assertions(json::Writer& out, const Node& node) {
    out.key("assertions").begin_array();
    if (const Node* list = node.find("assertions"); list && list->kind != Node::Kind::null) {
      if (list->kind != Node::Kind::list) wrong(list->place, "assertions: must be a list");
      for (const Node& item : list->items) assertion(out, item);
    }
    for (const std::string& criterion : texts(node, "expected_criteria")) {
      out.begin_object().field("type", "llm-rubric").field("value", criterion).end_object();
      graded_ = true;
    }
    out.end_array();
  }

  void assertion(json::Writer& out, const Node& node) {
    static const std::vector<std::string> keys = {"type", "value"};
    if (node.kind != Node::Kind::map) {
      wrong(node.place, "an assertion must be an object with type and value");
      return;
    }
    out.begin_object();
    for (const auto& [key, place, value] : node.members) {
      if (key != "type" && key != "value")
        report_.unknown_key(place, "an assertion", key, keys);
      else if (key == "type" && value.kind != Node::Kind::null && !yaml::as_text(value))
        wrong(value.place, "type: must be text");
      else if (value.kind != Node::Kind::null || key == "value")
        out.key(key).raw(yaml::to_json(value));
    }
    out.end_object();
  }

  Report& report_;
  bool& graded_;
};

const Node* list_in(const Node& root) {
  if (root.kind == Node::Kind::list) return &root;
  for (const char* key : {"generated_tests", "test_cases", "cases"}) {
    if (const Node* list = root.find(key); list && list->kind == Node::Kind::list) return list;
  }
  return nullptr;
}

}  // namespace

std::vector<ImportedSuite> import_prpm(const Job& job) {
  Report& report = job.report;
  const auto root = read_json(job.source, without_fence(job.text));
  if (!root) {
    report.error(root.error().place, root.error().message);
    return {};
  }
  const Node* list = list_in(*root);
  if (!list) report.error(root->place, "must be a list of test cases, or an object with generated_tests");
  if (job.options.prompt.empty())
    report.error({job.source, 0, 0}, "test cases hold no prompt; give the package's content");
  if (!list) return {};
  if (list->items.empty()) report.error(list->place, "there is no test case");
  if (list->items.size() > job.options.limits.cases)
    report.error(list->place, std::to_string(list->items.size()) + " cases; an import makes at most " +
                                  std::to_string(job.options.limits.cases));
  bool graded = false;
  std::string cases;
  std::size_t count = 0;
  for (const Node& item : list->items) {
    const std::string one = CaseReader(report, graded).read(item);
    if (one.empty()) continue;
    cases += (cases.empty() ? "" : ",") + one;
    ++count;
  }
  if (graded)
    report.warning(list->place, "expected_criteria become llm-rubric assertions, which a judge model must judge");
  const std::string name = suite_name(job, "");
  std::string text;
  json::Writer(text)
      .begin_object()
      .field("name", name)
      .field("prompt", job.options.prompt)
      .field("dialect", "prpm")
      .key("cases")
      .raw("[" + cases + "]")
      .end_object();
  return {{name, std::move(text), {}, count}};
}

}  // namespace assay::imports
