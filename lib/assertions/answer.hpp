#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::assertions {

/// One answer as the checks of one test case see it. Each form is made once, when it is first asked for. Bad bytes
/// count as U+FFFD. Does not own the bytes it was made from; one thread.
class Answer {
 public:
  explicit Answer(std::string_view bytes);

  std::string_view bytes() const { return bytes_; }  ///< as they came
  std::string_view text() const { return text_; }    ///< well formed
  std::string_view lower();                          ///< text() in JavaScript's lower case
  std::string_view regex_subject();                  ///< text() as regexes see it
  std::size_t length() const;                        ///< text() in UTF-16 code units

 private:
  std::string_view bytes_, text_;
  bool ascii_ = false;
  std::string repaired_;
  std::optional<std::string> lower_, subject_;
};

}  // namespace assay::assertions
