#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/utf8.hpp"
#include "templates/template.hpp"

using namespace assay;

/// The input is a template, a NUL and its variables as JSON. Any bytes end in a text or a fault inside the template,
/// and in the same one each time; a text without tags is left as it is; no text is longer than it may be.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view text = bytes.substr(0, bytes.find('\0'));
  const auto variables = json::parse(bytes.substr(std::min(text.size() + 1, size)), json::Limits::foreign());

  templates::Limits limits;
  limits.max_steps = 20'000;
  limits.max_iterations = 2'000;
  limits.max_built_bytes = std::size_t{1} << 20;
  limits.max_output_bytes = std::size_t{1} << 16;
  const auto compiled = templates::Template::compile(text, limits);
  if (!compiled) {
    require(compiled.error().line >= 1 && compiled.error().column >= 1, "a fault has a place");
    return 0;
  }
  const json::View view = variables ? variables->root() : json::View();
  for (const auto objects : {templates::Objects::javascript, templates::Objects::json}) {
    const auto first = compiled->render(view, objects), second = compiled->render(view, objects);
    require(first.has_value() == second.has_value() && (!first || *first == *second), "the same gives the same");
    if (!first) continue;
    require(first->size() <= limits.max_output_bytes, "output is bounded");
    const bool plain = !templates::has_template_syntax(text);
    if (plain && json::find_bad_utf8(text) == std::string_view::npos) require(*first == text, "plain text stays");
  }
  return 0;
}
