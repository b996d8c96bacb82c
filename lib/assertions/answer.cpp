#include "assertions/answer.hpp"

#include "assertions/javascript_text.hpp"
#include "assertions/re2_text.hpp"

namespace assay::assertions {

Answer::Answer(std::string_view bytes) : bytes_(bytes), text_(bytes), ascii_(is_ascii(bytes)) {
  if (ascii_ || is_well_formed(bytes)) return;
  repaired_ = well_formed(bytes);
  text_ = repaired_;
}

std::string_view Answer::lower() {
  if (!lower_) lower_ = to_lower_case(text_);
  return *lower_;
}

std::string_view Answer::regex_subject() {
  if (ascii_) return text_;
  if (!subject_) subject_ = repaired_.empty() && shown_as_it_is(text_) ? std::string() : subject_for_re2(text_);
  return subject_->empty() ? text_ : std::string_view(*subject_);
}

std::size_t Answer::length() const {
  return ascii_ ? text_.size() : utf16_length(text_);
}

}  // namespace assay::assertions
