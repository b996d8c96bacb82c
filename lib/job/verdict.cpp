#include "job/verdict.hpp"

namespace assay {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::error: return "error";
    case Verdict::unchecked: return "unchecked";
  }
  return "error";
}

}  // namespace assay
