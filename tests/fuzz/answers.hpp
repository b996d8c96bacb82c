#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/utf8.hpp"
#include "providers/dialect.hpp"
#include "providers/streamed_answer.hpp"

/// What must hold of whatever a dialect makes of any bytes.
namespace assay::providers::fuzz {

inline constexpr std::size_t most = 4096;

inline void check(const Failure& failure) {
  require(json::find_bad_utf8(failure.detail + failure.vendor_code + failure.request_id) == std::string::npos,
          "a failure's texts are fit to store");
  require(failure.detail.size() <= 4096 && failure.vendor_code.size() <= 256, "a failure's texts are short");
  require(!failure.retry_after || (failure.retry_after->count() >= 0 && *failure.retry_after <= std::chrono::hours(24)),
          "a wait is between nothing and a day");
}

inline void check(const Completion& completion) {
  require(json::find_bad_utf8(completion.served_model + completion.finish_reason_raw + completion.usage.raw +
                              completion.request_id + completion.service_tier) == std::string::npos,
          "short texts are fit to store");
  require(completion.usage.prompt_tokens() >= 0 && completion.usage.answer_tokens() >= 0, "no count is negative");
  require(completion.tool_calls.empty() || json::parse(completion.tool_calls).has_value(), "tool calls are JSON");
}

inline std::string outcome(const Result<Completion, Failure>& answer) {
  if (answer) {
    check(*answer);
    return answer->text + '\0' + answer->reasoning + '\0' + answer->tool_calls + '\0' + answer->usage.raw;
  }
  check(answer.error());
  if (answer.error().partial) check(*answer.error().partial);
  return std::string(to_string(answer.error().kind)) + '\0' + answer.error().detail;
}

inline std::string streamed(const Deployment& asked, const char* type, std::string_view body, std::size_t piece) {
  StreamedAnswer answer(asked, most);
  http::Response head;
  head.status = 200;
  head.headers = {{"content-type", type}};
  answer.head(head.status, head.headers);
  for (std::size_t at = 0; at < body.size(); at += piece) answer.feed(body.substr(at, piece));
  return outcome(answer.end(head));
}

/// The first byte says how the rest is cut. The rest as a stream, as a whole answer or an error, as embeddings and as a
/// list of models.
inline void try_everything(const Deployment& asked, const char* type, std::string_view input) {
  if (input.empty()) return;
  const auto first = static_cast<unsigned char>(input[0]);
  const std::string body(input.substr(1));
  require(streamed(asked, type, body, 1 + first % 64) == streamed(asked, type, body, body.size() + 1),
          "a split changes nothing");
  http::Response whole;
  whole.status = first % 2 == 0 ? 200 : 400 + first;
  whole.body = body;
  const Dialect& spoken = dialect(asked.dialect);
  require(outcome(spoken.decode(whole, asked)) == outcome(spoken.decode(whole, asked)), "the same answer twice");
  if (const auto vectors = spoken.decode_embeddings(whole, asked); vectors)
    require(!vectors->vectors.empty(), "an answer has vectors");
  else
    check(vectors.error());
  if (const auto page = spoken.decode_models(whole, asked); !page) check(page.error());
}

}  // namespace assay::providers::fuzz
