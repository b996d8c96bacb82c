#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "framing/framing.hpp"
#include "http/message.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"
#include "providers/gathering.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// A wire format: pure functions from values to values, in one file each. Stateless; any thread.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// The request, ready to be sent. The deployment names a model and a base URL (require). Parameters that the model's
  /// family or the provider's profile refuses are left out; dropped_parameters() names them.
  /// With question.stream the answer comes piece by piece (`Accept` names the framing, no compression is offered).
  virtual http::Request encode(const Question& question, const Deployment& deployment) const = 0;

  /// Reads any whole answer. What can be judged is a Completion: an empty text, a refusal, a stop at the length limit
  /// are. A failure's text is redacted, valid UTF-8 without NUL, at most 4 KiB; so are all short texts of a Completion
  /// except its text, reasoning, tool calls and refusal, which hold the model's bytes as they came. Counts: absent,
  /// null, negative and senseless ones are empty, zero is zero; the classes are disjoint and sum to what the provider
  /// calls its prompt and answer. `usage.raw` is the provider's object, byte for byte; empty when it is beyond 16 KiB
  /// or holds what jsonb cannot.
  virtual Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const = 0;

  /// How a streamed answer is cut into events, and what gathers them: a new one for each answer. StreamedAnswer uses
  /// both.
  virtual framing::Kind framing() const { return framing::Kind::sse; }  // most vendors
  virtual std::unique_ptr<Gathering> gathering(const Deployment& deployment) const = 0;

  /// What encode() leaves out for this model, by our names: "temperature", "seed", "tools", "response_format", …
  virtual std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const = 0;

  /// How many texts one request for embeddings may hold; 0: this provider makes none, and the two below fail or throw.
  virtual std::size_t most_embeddings(const Deployment& deployment) const;
  virtual http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const;
  virtual Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                        const Deployment& deployment) const;

  /// Asks what the provider serves; `page` is ModelPage::next of the page before, empty for the first.
  virtual http::Request encode_models(const Deployment& deployment, std::string_view page = {}) const = 0;
  virtual Result<ModelPage, Failure> decode_models(const http::Response& response,
                                                   const Deployment& deployment) const = 0;

  /// Asks whether the provider is there and takes our key, without a paid call. Any 2xx is health; anything else is
  /// read with failure_from(). The default is the first page of models.
  virtual http::Request encode_probe(const Deployment& deployment) const;
};

/// The one dialect of each kind; lives as long as the program.
const Dialect& dialect(DialectKind kind);

/// What a call without an answer means. `may_have_run` when the request had left us whole, for then the vendor may have
/// worked and billed. An answer that was cut after an error status is that status.
Failure from_transport(const http::Failure& failure, const Deployment& deployment);

}  // namespace assay::providers
