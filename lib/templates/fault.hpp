#pragma once
#include <cstddef>
#include <string>

namespace assay::templates {

/// Why a template cannot be compiled or rendered, and where in it. Line and column count from 1, columns in characters.
struct Fault {
  enum class Kind {
    syntax,   ///< the template does not parse
    refused,  ///< it asks for what is not in the subset: code, files, other templates, chance
    limit,    ///< it would use more than it may; the message names the limit
    value     ///< a value of the wrong kind at this place; JavaScript would throw too
  };
  Kind kind = Kind::syntax;
  std::size_t line = 1, column = 1;
  std::string message;
};

std::string to_string(const Fault& fault);  ///< "line 1, column 4: …"

}  // namespace assay::templates
