#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/utf8.hpp"
#include "providers/dialect.hpp"
#include "providers/streamed_answer.hpp"
#include "tests/support/aws_frames.hpp"

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
  deployment.dialect = DialectKind::bedrock;
  deployment.provider = "bedrock";
  deployment.base_url = "https://vendor.test";
  deployment.model = "openai.gpt-oss-120b-1:0";
  return deployment;
}

std::string streamed(const Deployment& asked, std::string_view body, std::size_t piece) {
  StreamedAnswer answer(asked, most);
  http::Response head;
  head.status = 200;
  head.headers = {{"content-type", "application/vnd.amazon.eventstream"}};
  answer.head(head.status, head.headers);
  for (std::size_t at = 0; at < body.size(); at += piece) answer.feed(body.substr(at, piece));
  return outcome(answer.end(head));
}

/// Each line of the input is an event: its name up to the first blank, and its payload. "!" before the name makes it an
/// exception.
std::string framed(std::string_view lines) {
  std::string stream;
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const bool exception = line.starts_with('!');
    if (exception) line.remove_prefix(1);
    const std::string_view name = line.substr(0, std::min<std::size_t>(line.find(' '), 40));
    const std::string_view payload = line.substr(std::min(name.size() + 1, line.size()));
    stream += exception ? support::aws_exception(name, payload) : support::aws_event(name, payload);
  }
  return stream;
}

}  // namespace

/// The first byte says how the rest is cut. Any bytes as a stream, any names and payloads in right frames, any bytes as
/// a whole answer, as vectors and as a list of models.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(data + 1, data + size);
  const Deployment asked = deployment();
  for (const std::string& stream : {body, framed(body)}) {
    require(streamed(asked, stream, 1 + data[0] % 64) == streamed(asked, stream, stream.size() + 1),
            "a split changes nothing");
  }
  http::Response whole;
  whole.status = data[0] % 2 == 0 ? 200 : 400;
  whole.body = body;
  outcome(dialect(asked.dialect).decode(whole, asked));
  static_cast<void>(dialect(asked.dialect).decode_models(whole, asked));
  static_cast<void>(dialect(asked.dialect).decode_embeddings(whole, asked));
  return 0;
}
