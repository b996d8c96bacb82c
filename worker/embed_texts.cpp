#include "worker/embed_texts.hpp"

#include <utility>

#include "catalogue/from_settings.hpp"
#include "client/client.hpp"
#include "curl/curl_transport.hpp"
#include "net/epoll_port.hpp"
#include "telemetry/wall_clock.hpp"
#include "worker/log.hpp"
#include "worker/map_settings.hpp"

namespace assay {
namespace {

client::Settings client_settings(const config::Settings& settings) {
  client::Settings client;
  const engine::Settings engine = engine_settings(settings);
  client.retry = engine.retry;
  client.call_timeout = engine.call_timeout;
  client.embedding_model = settings.defaults.embedding_model;
  const auto now = telemetry::system_wall_clock()().time_since_epoch();
  client.today = Day{static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(now).count() / 24)};
  return client;
}

}  // namespace

Result<client::Vectors, Failure> embed_texts(const config::Loaded& loaded, const cli::EmbedOrder& order) {
  net::EpollPort port;
  Loop loop(port);
  curl::CurlTransport transport(loop, port, transport_settings(loaded.settings));
  const routing::Router router(catalogue::router_settings(loaded.settings));
  const pricing::PriceBook prices = catalogue::price_book(loaded.settings);
  Random random(process_seed());
  Client client(loop, transport, router, prices, random, client_settings(loaded.settings));
  return loop.run(client.embed(order.model, order.texts, order.dimensions));
}

}  // namespace assay
