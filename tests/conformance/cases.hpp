#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::conformance {

enum class Form { whole, stream };
std::string_view to_string(Form form);

/// One misbehaviour (or none) of a vendor, and all that must come of it.
struct Case {
  std::string name;
  Form form = Form::whole;
  std::string fake;    ///< the members of the fake provider's rule for the first call, without braces
  std::string vendor;  ///< openai-compatible only: whose profile and manners
  bool alone = false;  ///< needs the machine for itself

  bool answers = false;  ///< else the first call fails
  std::string kind;      ///< the finish reason of an answer, the kind of a failure
  std::string source;    ///< of a failure
  bool may_have_run = false;
  std::string then;                     ///< of a failure: "retried", "put_back" or "given_up"
  std::optional<std::int64_t> wait_ms;  ///< put_back: at least, and at most a tenth more
  std::string money;                    ///< nano-dollars, "bound" or "unknown": what the call is charged

  std::optional<std::string> text, tool_calls, reasoning, refusal, vendor_code;
  std::optional<std::size_t> text_bytes;  ///< instead of text
  std::string flags;                      ///< in the order of their names, blanks between
  std::optional<std::string> usage;  ///< "input cached written output reasoning source", "-" where nothing was told
  std::string served_by, reported;
};

/// The cases of one dialect: those that all vendors share, with what is particular to this one put in their place, and
/// its own. Throws std::runtime_error that names the file and case.
std::vector<Case> cases_of(std::string_view dialect);

}  // namespace assay::conformance
