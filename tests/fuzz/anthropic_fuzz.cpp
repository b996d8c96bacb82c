#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/utf8.hpp"
#include "providers/dialect.hpp"
#include "providers/streamed_answer.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

constexpr std::size_t most = 4096;

void check(const Completion& completion) {
  require(json::find_bad_utf8(completion.served_model + completion.finish_reason_raw + completion.usage.raw) ==
              std::string::npos,
          "short texts are fit to store");
  require(completion.usage.prompt_tokens() >= 0 && completion.usage.answer_tokens() >= 0, "no count is negative");
  require(completion.tool_calls.empty() || json::parse(completion.tool_calls).has_value(), "tool calls are JSON");
}

std::string outcome(const Result<Completion, Failure>& answer) {
  if (!answer) {
    require(json::find_bad_utf8(answer.error().detail) == std::string::npos, "a failure's text is fit to store");
    require(answer.error().detail.size() <= 4096, "a failure's text is short");
    return std::string(to_string(answer.error().kind)) + answer.error().detail;
  }
  check(*answer);
  return answer->text + '\0' + answer->reasoning + '\0' + answer->tool_calls + '\0' + answer->usage.raw;
}

Deployment deployment() {
  Deployment deployment;
  deployment.dialect = DialectKind::anthropic_messages;
  deployment.provider = "anthropic";
  deployment.base_url = "https://vendor.test";
  deployment.model = "claude-sonnet-4-20250514";
  return deployment;
}

std::string streamed(const Deployment& asked, std::string_view body, std::size_t piece) {
  StreamedAnswer answer(asked, most);
  http::Response head;
  head.status = 200;
  head.headers = {{"content-type", "text/event-stream"}};
  answer.head(head.status, head.headers);
  for (std::size_t at = 0; at < body.size(); at += piece) answer.feed(body.substr(at, piece));
  return outcome(answer.end(head));
}

}  // namespace

/// The first byte says how the rest is cut. Any bytes as a stream, as a whole answer, and as a list of models.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(data + 1, data + size);
  const Deployment asked = deployment();
  require(streamed(asked, body, 1 + data[0] % 64) == streamed(asked, body, body.size() + 1), "a split changes nothing");
  http::Response whole;
  whole.status = data[0] % 2 == 0 ? 200 : 400;
  whole.body = body;
  outcome(dialect(asked.dialect).decode(whole, asked));
  static_cast<void>(dialect(asked.dialect).decode_models(whole, asked));
  return 0;
}
