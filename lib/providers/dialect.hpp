#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "job/suite.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

/// One thing asked of a model, without regard to who answers it.
struct Question {
  std::string system;       ///< the package's prompt; not sent when empty
  std::string input;        ///< the test's input: the one user message
  Sampling sampling;        ///< what is unset is not sent, except Anthropic's max_tokens (default_max_tokens)
  std::string call_id;      ///< travels as X-Request-ID
  std::string traceparent;  ///< W3C trace context; not sent when empty
  std::chrono::milliseconds timeout{};  ///< told to a proxy, so that it gives up when we do; zero: not told
  std::size_t max_response_bytes = 16u << 20;
};

/// Anthropic refuses a request without max_tokens.
inline constexpr std::int64_t default_max_tokens = 4096;

/// A wire format: pure functions from values to values, in one file each. Stateless; any thread.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// The request, ready to be sent. The deployment names a model and a base URL (require). Parameters that the model's
  /// family refuses are left out (family_rules.hpp); dropped_parameters() names them.
  virtual http::Request encode(const Question& question, const Deployment& deployment) const = 0;

  /// Reads any answer. What can be judged is a Completion: an empty text, a refusal, a stop at the length limit are. A
  /// failure's text is redacted, valid UTF-8 without NUL, at most 4 KiB; so are all short texts of a Completion except
  /// its text and refusal, which hold the model's bytes as they came.
  /// Counts: absent, null, negative and senseless ones are empty, zero is zero; the classes are disjoint and sum to
  /// what the provider calls its prompt and answer. `usage.raw` is the provider's object, byte for byte; empty when it
  /// is beyond 16 KiB or holds what jsonb cannot.
  virtual Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const = 0;

  /// The question's sampling parameters that encode() leaves out for this model, by our names.
  virtual std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const = 0;
};

/// The one dialect of each kind; lives as long as the program.
const Dialect& dialect(DialectKind kind);

/// What a call without an answer means. `may_have_run` when the request had left us whole, for then the vendor may have
/// worked and billed. An answer that was cut after an error status is that status.
Failure from_transport(const http::Failure& failure, const Deployment& deployment);

}  // namespace assay::providers
