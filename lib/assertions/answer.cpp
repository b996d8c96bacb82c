#include "assertions/answer.hpp"

#include "regex/re2_text.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {

Answer::Answer(std::string_view bytes) : bytes_(bytes), text_(bytes), ascii_(text::is_ascii(bytes)) {
  if (ascii_ || text::is_well_formed(bytes)) return;
  repaired_ = text::well_formed(bytes);
  text_ = repaired_;
}

std::string_view Answer::lower() {
  if (!lower_) lower_ = text::to_lower_case(text_);
  return *lower_;
}

std::string_view Answer::regex_subject() {
  if (ascii_) return text_;
  if (!subject_)
    subject_ = repaired_.empty() && regex::shown_as_it_is(text_) ? std::string() : regex::subject_for_re2(text_);
  return subject_->empty() ? text_ : std::string_view(*subject_);
}

std::size_t Answer::length() const {
  return ascii_ ? text_.size() : text::utf16_length(text_);
}

}  // namespace assay::assertions
