#include "providers/vendor_error.hpp"

#include "providers/proxy_report.hpp"
#include "providers/retry_after.hpp"
#include "tests/fuzz/answers.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

constexpr std::string_view key = "test-key-0123456789";

/// A byte 1 stands for our key: it may be echoed anywhere.
std::string with_key(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    if (c == '\1')
      text += key;
    else
      text += c;
  }
  return text;
}

std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

/// Headers, an empty line, a body.
http::Response response(unsigned char first, std::string_view bytes) {
  http::Response response;
  response.status = first < 64 ? 200 : 300 + first;
  while (!bytes.empty() && response.headers.size() < 32) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    response.headers.emplace_back(line.substr(0, colon), with_key(line.substr(colon + 1)));
  }
  response.body = with_key(bytes);
  return response;
}

void check(const Failure& failure) {
  fuzz::check(failure);
  require(!failure.detail.empty(), "a failure says something");
  require(failure.detail.find(key) == std::string::npos && failure.vendor_code.find(key) == std::string::npos,
          "our key is in no text");
}

void check(const ProxyReport& report) {
  require(json::find_bad_utf8(report.call_id + report.model_id + report.cost_dollars) == std::string::npos,
          "what a proxy says is fit to store");
  require(report.retries.value_or(0) >= 0 && report.fallbacks.value_or(0) >= 0, "no count is negative");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string input(data + 1, data + size);
  const http::Response answer = response(data[0], input);
  Deployment asked;
  asked.provider = "p";
  asked.key = Secret(std::string(key));
  asked.is_proxy = data[0] % 2 == 0;

  check(failure_from(answer, asked));
  const auto document = json::parse(answer.body, json::Limits::foreign());
  const framing::Event event{"throttlingException", answer.body, data[0] % 4 == 0};
  if (auto failure = failure_in_stream(event, document ? document->root() : json::View(), asked)) {
    require(failure->may_have_run, "a stream had begun");
    check(with_head(std::move(*failure), answer));
  }
  const auto wait = retry_after(answer.headers, answer.body, true);
  require(!wait || (wait->count() >= 0 && *wait <= longest_retry_after), "a wait is between nothing and a day");
  check(read_proxy_report(answer.headers));
  return 0;
}
