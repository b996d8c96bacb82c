#include "job/cell_result.hpp"

namespace assay {

std::string_view to_string(Purpose purpose) {
  switch (purpose) {
    case Purpose::answer: return "answer";
    case Purpose::judge: return "judge";
    case Purpose::embedding: return "embedding";
  }
  return "answer";
}

}  // namespace assay
