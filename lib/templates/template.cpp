#include "templates/template.hpp"

#include "json/utf8.hpp"
#include "templates/machine.hpp"
#include "templates/parser.hpp"
#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

Fault fault_of(const Trouble& trouble, std::string_view source) {
  Fault fault{trouble.kind, 1, 1, trouble.message};
  const std::size_t end = trouble.at == Trouble::nowhere ? 0 : std::min(trouble.at, source.size());
  for (std::size_t at = 0; at < end; at += json::decode_utf8(source, at).length) {
    if (source[at] == '\n') {
      ++fault.line;
      fault.column = 1;
    } else {
      ++fault.column;
    }
  }
  return fault;
}

}  // namespace

std::string to_string(const Fault& fault) {
  return "line " + std::to_string(fault.line) + ", column " + std::to_string(fault.column) + ": " + fault.message;
}

bool has_template_syntax(std::string_view text) {
  for (std::size_t at = text.find_first_of("{#"); at != std::string_view::npos && at + 1 < text.size();
       at = text.find_first_of("{#", at + 1)) {
    const char next = text[at + 1];
    if (text[at] == '{' ? next == '{' || next == '%' || next == '#' : next == '}') return true;
  }
  return false;
}

Result<Template, Fault> Template::compile(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_template_bytes) {
    return failure(
        Fault{Fault::Kind::limit, 1, 1,
              "the template is too long (max_template_bytes " + std::to_string(limits.max_template_bytes) + ")"});
  }
  const std::string source = text::is_well_formed(text) ? std::string(text) : text::well_formed(text);
  try {
    return Template(std::make_shared<const Program>(Parser(source, limits).parse()));
  } catch (const Trouble& trouble) {
    return failure(fault_of(trouble, source));
  }
}

Result<std::string, Fault> Template::render(json::View variables, Objects objects) const {
  try {
    std::string out = text::to_utf8(Machine(*program_, variables, objects).run());
    const std::size_t limit = program_->limits.max_output_bytes;
    if (out.size() > limit) exceed("the template writes too much", limit, "max_output_bytes");
    return out;
  } catch (const Trouble& trouble) {
    return failure(fault_of(trouble, program_->source));
  }
}

}  // namespace assay::templates
