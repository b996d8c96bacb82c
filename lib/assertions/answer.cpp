#include "assertions/answer.hpp"

#include "json/grammar.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

const Evidence no_evidence{};

json::Limits limits() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

}  // namespace

Answer::Answer(std::string_view bytes) : Answer(bytes, no_evidence) {}

Answer::Answer(std::string_view bytes, const Evidence& evidence)
    : bytes_(bytes), text_(bytes), evidence_(evidence), ascii_(text::is_ascii(bytes)) {
  if (ascii_ || text::is_well_formed(bytes)) return;
  repaired_ = text::well_formed(bytes);
  text_ = repaired_;
}

std::string_view Answer::lower() {
  if (!lower_) lower_ = text::to_lower_case(text_);
  return *lower_;
}

regex::Subject& Answer::subject() {
  if (!subject_) subject_.emplace(text_);
  return *subject_;
}

std::size_t Answer::length() const {
  return ascii_ ? text_.size() : text::utf16_length(text_);
}

bool Answer::is_json() const {
  if (!is_json_) is_json_ = json::is_json(bytes_);
  return *is_json_;
}

Result<json::View, std::string> Answer::json() {
  if (!is_json()) return json::View();
  if (!document_) {
    auto parsed = json::parse(text_, limits());
    if (parsed) {
      document_.emplace(std::move(*parsed));
    } else {
      document_.emplace(failure("the answer's JSON is beyond a limit: " + to_string(parsed.error())));
    }
  }
  if (!*document_) return failure(document_->error());
  return (*document_)->root();
}

}  // namespace assay::assertions
