#pragma once
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <utility>

#include "client/client.hpp"
#include "curl/curl_transport.hpp"
#include "net/epoll_port.hpp"

/// What a program needs around a client: a loop that waits in epoll, libcurl, who serves which model, and prices.
/// OPENAI_API_KEY is the key; OPENAI_BASE_URL names another server of the same format, such as the fake provider.
class World {
 public:
  World() : router_(routes()), client(loop, transport_, router_, prices_, random_, settings()) {}

 private:
  static std::string from_environment(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
  }

  static assay::routing::RouterSettings routes() {
    assay::routing::ProviderSettings openai;
    openai.name = "openai";
    openai.base_url = from_environment("OPENAI_BASE_URL", "https://api.openai.com/v1");
    openai.key = assay::Secret(from_environment("OPENAI_API_KEY", ""));
    openai.key_variable = "OPENAI_API_KEY";
    assay::routing::RouterSettings settings;
    settings.providers.push_back(std::move(openai));
    return settings;
  }

  static assay::client::Settings settings() {
    assay::client::Settings settings;
    settings.today = assay::Day{static_cast<std::int32_t>(std::time(nullptr) / (24 * 60 * 60))};
    return settings;
  }

  assay::net::EpollPort port_;

 public:
  assay::Loop loop{port_};

 private:
  assay::curl::CurlTransport transport_{loop, port_};
  assay::routing::Router router_;
  assay::pricing::PriceBook prices_ = assay::pricing::product_price_book();
  assay::Random random_{std::random_device{}()};

 public:
  assay::Client client;
};

/// Says why there is no answer; the exit code.
inline int say(const assay::Failure& failure) {
  std::fprintf(stderr, "%s: %s\n", std::string(to_string(failure.kind)).c_str(), failure.detail.c_str());
  return 1;
}

/// Dollars with six decimals, or "unknown".
inline std::string dollars(const std::optional<assay::Money>& cost) {
  if (!cost) return "unknown";
  const std::string nine = to_dollars(assay::Money::nanos((cost->nanos() + 500) / 1000 * 1000));
  return nine.substr(0, nine.size() - 3);
}
