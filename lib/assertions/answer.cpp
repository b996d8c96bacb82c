#include "assertions/answer.hpp"

#include "assertions/javascript_text.hpp"
#include "assertions/re2_text.hpp"

namespace assay::assertions {

Answer::Answer(std::string_view bytes) : bytes_(bytes), text_(bytes) {
  if (is_well_formed(bytes)) return;
  repaired_ = well_formed(bytes);
  text_ = repaired_;
}

std::string_view Answer::lower() {
  if (!lower_) lower_ = to_lower_case(text_);
  return *lower_;
}

std::string_view Answer::regex_subject() {
  if (!subject_) subject_ = shown_as_it_is(text_) ? std::string() : subject_for_re2(text_);
  return subject_->empty() ? text_ : std::string_view(*subject_);
}

}  // namespace assay::assertions
