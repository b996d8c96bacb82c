#pragma once
#include <optional>
#include <string>

#include "json/document.hpp"
#include "providers/deployment.hpp"
#include "providers/gathering.hpp"
#include "providers/whole_calls.hpp"

namespace assay::providers {

/// Gathers the lines of one answer of Ollama's; a whole answer is its only line. The line with `done: true` is the last
/// and has the counts.
class OllamaAnswer final : public Gathering {
 public:
  explicit OllamaAnswer(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  News take(json::View line);
  bool ended() const override { return done_; }
  bool failed() const override { return broken_.has_value(); }
  std::string_view text() const override { return answer_.text; }
  std::size_t held() const override;
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  bool take_message(json::View message);
  void take_end(json::View line);

  const Deployment& deployment_;
  Completion answer_;
  WholeCalls calls_;
  bool done_ = false;
  std::optional<Failure> broken_;
};

}  // namespace assay::providers
