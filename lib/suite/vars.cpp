#include "suite/vars.hpp"

#include <utility>

#include "json/writer.hpp"
#include "templates/template.hpp"

namespace assay::suite {
namespace {

constexpr int most_rounds = 5;

json::Limits limits() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

bool has_templates(json::View vars) {
  for (const auto& [key, value] : vars.members()) {
    if (templates::has_template_syntax(value.string_or(""))) return true;
  }
  return false;
}

/// All variables once more, those that are templates rendered.
Result<std::string, std::string> rendered_once(const Vars& vars) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  for (const auto& [key, value] : vars.view().members()) {
    writer.key(key);
    if (!templates::has_template_syntax(value.string_or(""))) {
      writer.view(value);
      continue;
    }
    auto text = vars.render(*value.as_string());
    if (!text) return failure("vars." + std::string(key) + ": " + text.error());
    writer.string(*text);
  }
  writer.end_object();
  return out;
}

}  // namespace

Vars::Vars(const std::string& json_object) {
  if (json_object.empty()) return;
  if (auto document = json::parse(json_object, limits())) document_.emplace(std::move(*document));
}

Result<Vars, std::string> Vars::resolved(const std::string& json_object) {
  Vars vars(json_object);
  for (int round = 0; round < most_rounds && has_templates(vars.view()); ++round) {
    auto rendered = rendered_once(vars);
    if (!rendered) return failure(std::move(rendered.error()));
    vars = Vars(*rendered);
  }
  return vars;
}

Result<std::string, std::string> Vars::render(std::string_view text) const {
  if (!templates::has_template_syntax(text)) return std::string(text);
  const auto compiled = templates::Template::compile(text);
  if (!compiled) return failure(to_string(compiled.error()));
  auto rendered = compiled->render(view());
  if (!rendered) return failure(to_string(rendered.error()));
  return std::move(*rendered);
}

}  // namespace assay::suite
