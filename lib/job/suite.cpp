#include "job/suite.hpp"

namespace assay {

std::string_view to_string(AssertionDialect dialect) {
  switch (dialect) {
    case AssertionDialect::prpm: return "prpm";
  }
  return "prpm";
}

}  // namespace assay
