#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/document.hpp"
#include "templates/fault.hpp"
#include "templates/limits.hpp"

namespace assay::templates {

struct Program;

/// How a variable that is an object reads where text is expected.
enum class Objects : unsigned char {
  javascript,  ///< as Nunjucks has it: "[object Object]", members can be reached
  json         ///< as promptfoo hands variables to a judge's prompt: JSON text, also for the objects of a list
};

/// Whether Nunjucks would find anything but plain text: an opening tag, or the end of a comment, which is a fault. A
/// text without needs no template. One look at each byte.
bool has_template_syntax(std::string_view text);

/// A template of the Nunjucks subset that docs/templates.md describes: no code, no files, no chance; the same variables
/// give the same text everywhere. Compiled once, rendered often; never changes, so threads may share it. Copies are
/// cheap.
class Template {
 public:
  /// Faults: what does not parse, what is not in the subset, unknown filters and tests, limits.
  static Result<Template, Fault> compile(std::string_view text, const Limits& limits = {});

  /// Variables are an object; anything else counts as none. An unknown variable is the empty text. The result is
  /// UTF-8; a lone surrogate stands as its three bytes.
  Result<std::string, Fault> render(json::View variables, Objects objects = Objects::javascript) const;

 private:
  explicit Template(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace assay::templates
