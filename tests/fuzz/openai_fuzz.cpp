#include <array>
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

constexpr std::array kinds{DialectKind::openai_chat, DialectKind::openai_responses, DialectKind::azure_openai};
constexpr std::array<std::string_view, 4> vendors{"", "openrouter", "litellm", "huggingface"};
constexpr std::size_t most = 4096;

/// The first byte chooses who answers and how it is cut.
Deployment deployment(std::uint8_t choice) {
  Deployment deployment;
  deployment.provider = "fuzz";
  deployment.dialect = kinds[choice % kinds.size()];
  deployment.base_url = "https://vendor.test/v1";
  deployment.model = "gpt-4o";
  deployment.key = Secret("sk-0123456789abcdefghij");
  deployment.profile = vendor_profile(vendors[choice / 4 % vendors.size()]);
  deployment.is_proxy = choice % 2 == 1;
  return deployment;
}

void check_short(const std::string& text) {
  require(text.size() <= 256 && json::find_bad_utf8(text) == std::string::npos && text.find('\0') == std::string::npos,
          "a short text is fit to store");
}

void check(const Completion& completion) {
  for (const std::string* text :
       {&completion.finish_reason_raw, &completion.served_model, &completion.request_id, &completion.service_tier,
        &completion.fingerprint, &completion.served_by, &completion.reported_cost})
    check_short(*text);
  require(completion.usage.prompt_tokens() >= 0 && completion.usage.answer_tokens() >= 0, "counts are counts");
  require(completion.tool_calls.empty() || json::parse(completion.tool_calls).has_value(), "tool calls are JSON");
}

void check(const Failure& failure) {
  require(failure.detail.size() <= 4096 && json::find_bad_utf8(failure.detail) == std::string::npos,
          "what is said of a failure is fit to store");
  check_short(failure.vendor_code);
  if (failure.partial) check(*failure.partial);
}

std::string show(const Result<Completion, Failure>& answer) {
  if (!answer) {
    check(answer.error());
    return std::string(to_string(answer.error().kind)) + answer.error().detail;
  }
  check(*answer);
  std::string text = answer->text + '|' + answer->reasoning + '|' + answer->refusal + '|' + answer->tool_calls + '|' +
                     answer->finish_reason_raw + '|' + answer->usage.raw;
  for (const std::string& flag : answer->flags) text += ',' + flag;
  return text;
}

std::string streamed(const Deployment& deployment, std::string_view bytes, std::size_t piece) {
  StreamedAnswer answer(deployment, most);
  http::Response head;
  head.status = 200;
  head.headers = {{"content-type", "text/event-stream"}};
  answer.head(head.status, head.headers);
  for (std::size_t at = 0; at < bytes.size(); at += piece) answer.feed(bytes.substr(at, piece));
  return show(answer.end(head));
}

}  // namespace

/// Any bytes end in an answer or a failure that can be stored: whole, as a list of models or vectors, and as a stream,
/// where no split changes anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Deployment asked = deployment(data[0]);
  const Dialect& dialect = providers::dialect(asked.dialect);
  http::Response response;
  response.status = 200;
  response.body.assign(data + 1, data + size);
  show(dialect.decode(response, asked));
  if (const auto page = dialect.decode_models(response, asked); page) {
    for (const ModelPage::Model& model : page->models) check_short(model.name);
  }
  if (const auto embeddings = dialect.decode_embeddings(response, asked); embeddings) {
    for (const auto& vector : embeddings->vectors)
      require(vector.size() == embeddings->vectors.front().size(), "vectors have one length");
  }
  require(streamed(asked, response.body, response.body.size() + 1) == streamed(asked, response.body, 1 + data[0] % 32),
          "a split changes nothing");
  return 0;
}
