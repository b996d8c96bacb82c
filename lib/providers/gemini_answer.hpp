#pragma once
#include <optional>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "providers/deployment.hpp"
#include "providers/gathering.hpp"
#include "providers/whole_calls.hpp"

namespace assay::providers {

/// Gathers the pieces of one answer of Gemini's: each is a whole response object with some of the parts. A whole answer
/// is one piece; a stream that lost its `alt=sse` on the way is a list of them.
class GeminiAnswer final : public Gathering {
 public:
  explicit GeminiAnswer(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  News take(json::View piece);
  bool ended() const override;
  bool failed() const override { return broken_.has_value(); }
  std::string_view text() const override { return answer_.text; }
  std::size_t held() const override;
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  bool take_parts(json::View parts);
  void take_candidate(json::View candidate);
  void take_usage(json::View usage);
  std::optional<Failure> withheld(const http::Response& head) const;
  void read_usage();

  const Deployment& deployment_;
  Completion answer_;
  WholeCalls calls_;
  std::string usage_;  // what the pieces said, the last of each field
  std::string block_reason_, finish_message_, response_id_;
  bool any_candidate_ = false;
  std::optional<double> mean_log_prob_;
  std::optional<Failure> broken_;
};

}  // namespace assay::providers
