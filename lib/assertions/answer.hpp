#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "job/evidence.hpp"
#include "json/document.hpp"
#include "regex/subject.hpp"

namespace assay::assertions {

/// One answer as the checks of one test case see it. Each form is made once, when it is first asked for. Bad bytes
/// count as U+FFFD. Does not own the bytes and the evidence that it was made from; one thread.
class Answer {
 public:
  Answer(std::string_view bytes, const Evidence& evidence);
  explicit Answer(std::string_view bytes);

  std::string_view bytes() const { return bytes_; }  ///< as they came
  std::string_view text() const { return text_; }    ///< well formed
  std::string_view lower();                          ///< text() in JavaScript's lower case
  regex::Subject& subject();                         ///< text() as regexes see it
  std::size_t length() const;                        ///< text() in UTF-16 code units

  bool is_json() const;  ///< as JSON.parse takes it
  /// The answer as JSON; a missing View when it is none. The error names the limit that reading it passed.
  Result<json::View, std::string> json();

  const Evidence& evidence() const { return evidence_; }

 private:
  std::string_view bytes_, text_;
  const Evidence& evidence_;
  bool ascii_ = false;
  std::string repaired_;
  std::optional<std::string> lower_;
  std::optional<regex::Subject> subject_;
  std::optional<Result<json::Document, std::string>> document_;
  mutable std::optional<bool> is_json_;
};

}  // namespace assay::assertions
