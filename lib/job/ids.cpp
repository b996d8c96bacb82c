#include "job/ids.hpp"

namespace assay {

std::string to_string(const CallId& id) {
  return std::to_string(id.job.value) + '.' + std::to_string(id.cell.value) + '.' + std::to_string(id.seq);
}

}  // namespace assay
