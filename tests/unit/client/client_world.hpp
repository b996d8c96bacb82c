#pragma once
#include <string>
#include <utility>
#include <vector>

#include "client/client.hpp"
#include "runtime/virtual_port.hpp"
#include "tests/support/piecewise_transport.hpp"

namespace assay::testing {

/// A client before a scripted vendor that speaks OpenAI's chat format, on a virtual clock.
struct ClientWorld {
  explicit ClientWorld(client::Settings settings_ = {}, routing::RouterSettings routes = only_openai())
      : router(std::move(routes)), client(loop, vendor, router, prices, random, std::move(settings_)) {}

  static routing::ProviderSettings provider(std::string name, std::string url) {
    routing::ProviderSettings settings;
    settings.name = std::move(name);
    settings.base_url = std::move(url);
    settings.key = Secret("sk-test-0123456789abcdefghij");
    return settings;
  }

  static routing::RouterSettings only_openai() {
    routing::RouterSettings settings;
    settings.providers.push_back(provider("openai", "https://vendor.test"));
    return settings;
  }

  static providers::Question question(std::string input) {
    providers::Question question;
    question.input = std::move(input);
    return question;
  }

  VirtualPort port;
  Loop loop{port};
  PiecewiseTransport vendor{loop};
  routing::Router router;
  pricing::PriceBook prices = pricing::product_price_book();
  Random random{7};
  Client client;
};

using Chunks = PiecewiseTransport::Answer;

/// A chat completion as a stream: a chunk for each text, then a finish reason, usage when given, and "[DONE]".
inline Chunks streamed(const std::vector<std::string>& texts, const std::string& usage = {}, bool done = true) {
  Chunks answer;
  const auto chunk = [](const std::string& choices, const std::string& more) {
    return R"(data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-4o-2024-08-06","choices":[)" + choices +
           "]" + more + "}\n\n";
  };
  for (const std::string& text : texts)
    answer.pieces.push_back(chunk(R"({"index":0,"delta":{"content":")" + text + R"("},"finish_reason":null})", ""));
  if (!done) return answer;
  answer.pieces.push_back(chunk(R"({"index":0,"delta":{},"finish_reason":"stop"})", ""));
  if (!usage.empty()) answer.pieces.push_back(chunk("", ",\"usage\":" + usage));
  answer.pieces.push_back("data: [DONE]\n\n");
  return answer;
}

inline Chunks whole(std::string body, int status = 200, http::Headers more = {}) {
  Chunks answer;
  answer.status = status;
  answer.headers = {{"Content-Type", "application/json"}};
  answer.headers.insert(answer.headers.end(), more.begin(), more.end());
  answer.pieces.push_back(std::move(body));
  return answer;
}

inline Chunks says(const std::string& text, const std::string& usage = {}) {
  return whole(
      R"({"id":"c1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":")" +
      text + R"("}}])" + (usage.empty() ? "" : ",\"usage\":" + usage) + "}");
}

}  // namespace assay::testing
