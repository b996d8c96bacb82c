#include "tests/conformance/cases.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "json/document.hpp"

namespace assay::conformance {
namespace {

json::Document read(const std::string& name) {
  const std::string path = std::string(ASSAY_SOURCE_DIR) + "/tests/data/conformance/" + name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  auto document = json::parse(text.str());
  if (!document) throw std::runtime_error(path + ": " + to_string(document.error()));
  return std::move(*document);
}

[[noreturn]] void wrong(const json::View& view, const std::string& what) {
  throw std::runtime_error("conformance case " + view.path() + ": " + what);
}

std::string text_of(const json::View& view) {
  return std::string(view.is_string() ? view.string_or("") : std::string_view(view.number_text()));
}

/// "answer stop" or "failure cut_off vendor ran retried" or "failure rate_limited vendor put_back 2000".
void read_outcome(const json::View& view, Case& out) {
  std::istringstream words{std::string(view.string_or(""))};
  std::string word;
  words >> word;
  if (word != "answer" && word != "failure") wrong(view, "an outcome begins with answer or failure");
  out.answers = word == "answer";
  words >> out.kind;
  out.may_have_run = false;
  out.wait_ms.reset();
  out.source.clear();
  out.then.clear();
  if (out.answers) return;
  words >> out.source;
  while (words >> word) {
    if (word == "ran") {
      out.may_have_run = true;
    } else if (word == "retried" || word == "put_back" || word == "given_up") {
      out.then = word;
    } else {
      out.wait_ms = std::stoll(word);
    }
  }
  if (out.then.empty()) wrong(view, "what is done about a failure?");
}

void read_members(const json::View& object, Case& out) {
  for (const auto& [key, value] : object.members()) {
    if (key == "name") {
      out.name = value.string_or("");
    } else if (key == "fake") {
      const std::string text = value.dump();
      out.fake = text.substr(1, text.size() - 2);
    } else if (key == "vendor") {
      out.vendor = value.string_or("");
    } else if (key == "alone") {
      out.alone = value.as_bool().value_or(false);
    } else if (key == "is") {
      read_outcome(value, out);
    } else if (key == "money") {
      out.money = text_of(value);
    } else if (key == "text") {
      out.text = value.string_or("");
    } else if (key == "text_bytes") {
      out.text_bytes = static_cast<std::size_t>(value.as_int64().value_or(0));
    } else if (key == "tool_calls") {
      out.tool_calls = value.string_or("");
    } else if (key == "reasoning") {
      out.reasoning = value.string_or("");
    } else if (key == "refusal") {
      out.refusal = value.string_or("");
    } else if (key == "vendor_code") {
      out.vendor_code = value.string_or("");
    } else if (key == "flags") {
      out.flags = value.string_or("");
    } else if (key == "usage") {
      out.usage = value.string_or("");
    } else if (key == "served_by") {
      out.served_by = value.string_or("");
    } else if (key == "reported") {
      out.reported = text_of(value);
    } else if (key != "form" && key != "leave_out" && key != "why") {
      wrong(value, "not a word of a case");
    }
  }
}

void check(const json::View& view, const Case& one) {
  if (one.name.empty() || one.kind.empty() || one.money.empty()) wrong(view, "a case has a name, an outcome and money");
}

std::vector<Form> forms_of(const json::View& object) {
  const std::string_view form = object["form"].string_or("both");
  if (form == "whole") return {Form::whole};
  if (form == "stream") return {Form::stream};
  return {Form::whole, Form::stream};
}

/// What a dialect's file says of a shared case: {"name": …, "form": …, and the members that differ}.
struct Differences {
  json::Document file;
  std::set<std::string> used;

  json::View of(const Case& one) {
    for (json::View other : file["differs"].elements()) {
      if (other["name"].string_or("") != one.name) continue;
      for (const Form form : forms_of(other)) {
        if (form != one.form) continue;
        used.insert(other.path());
        return other;
      }
    }
    return {};
  }

  void all_were_used() const {
    for (json::View other : file["differs"].elements()) {
      if (!used.contains(other.path()))
        wrong(other, "differs from no shared case: " + std::string(other["name"].string_or("")));
    }
  }
};

}  // namespace

std::string_view to_string(Form form) {
  return form == Form::whole ? "whole" : "stream";
}

std::vector<Case> cases_of(std::string_view dialect) {
  const json::Document common = read("common.json");
  Differences differences{read(std::string(dialect) + ".json"), {}};
  const std::string source(differences.file["source"].string_or("vendor"));
  const std::string vendor(differences.file["vendor"].string_or(""));
  std::vector<Case> cases;
  const auto add = [&](const json::View& view, bool shared) {
    for (const Form form : forms_of(view)) {
      Case one;
      one.form = form;
      one.vendor = vendor;
      read_members(view, one);
      if (shared && one.source == "vendor") one.source = source;
      if (shared) {
        const json::View other = differences.of(one);
        if (other["leave_out"].as_bool().value_or(false)) continue;
        if (other) read_members(other, one);
      }
      check(view, one);
      cases.push_back(std::move(one));
    }
  };
  for (json::View view : common["cases"].elements()) add(view, true);
  for (json::View view : differences.file["cases"].elements()) add(view, false);
  differences.all_were_used();
  return cases;
}

}  // namespace assay::conformance
