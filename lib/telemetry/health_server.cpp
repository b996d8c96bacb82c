#include "telemetry/health_server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/ThreadPool.h>
#include <pthread.h>
#include <signal.h>

#include <stdexcept>
#include <string_view>
#include <utility>

#include "telemetry/escape.hpp"

namespace assay::telemetry {
namespace {

constexpr int most_threads = 4;
constexpr int most_waiting = 16;
constexpr std::chrono::seconds idle_limit{5};

/// Blocks all signals while it lives; threads started meanwhile inherit that, so signals stay with the main thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

struct Page {
  int status = 200;
  std::string type = "application/json";
  std::string body;
};

Page page_of(std::string_view good, std::string_view bad, const Health::Answer& answer) {
  std::string body = "{\"status\":" + quoted(answer.good ? good : bad) + ",\"reasons\":[";
  for (std::size_t i = 0; i < answer.reasons.size(); ++i) body += (i == 0 ? "" : ",") + quoted(answer.reasons[i]);
  return {answer.good ? 200 : 503, "application/json", body + "]}\n"};
}

/// What the pages are made from.
struct Sources {
  const Health& health;
  const Metrics& metrics;
  std::function<Instant()> now;
};

Page make_page(std::string_view method, std::string_view path, const Sources& sources) {
  if (method != "GET" && method != "HEAD") return {405, "text/plain", "only GET and HEAD\n"};
  if (path == "/livez") return page_of("alive", "stuck", sources.health.live(sources.now()));
  if (path == "/readyz") return page_of("ready", "not ready", sources.health.ready(sources.now()));
  if (path == "/startupz") return page_of("started", "starting", sources.health.startup());
  if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", sources.metrics.text()};
  return {404, "text/plain", "there are /livez, /readyz, /startupz and /metrics\n"};
}

class Handler final : public Poco::Net::HTTPRequestHandler {
 public:
  explicit Handler(const Sources& sources) : sources_(sources) {}

  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    const std::string& target = request.getURI();
    const Page page = make_page(request.getMethod(), std::string_view(target).substr(0, target.find('?')), sources_);
    response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(page.status));
    response.setReason(Poco::Net::HTTPResponse::getReasonForStatus(response.getStatus()));
    response.setContentType(page.type);
    response.set("Cache-Control", "no-store");
    if (page.status == 405) response.set("Allow", "GET, HEAD");
    response.sendBuffer(page.body.data(), page.body.size());
  }

 private:
  const Sources& sources_;
};

class Factory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Sources sources) : sources_(std::move(sources)) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new Handler(sources_);  // Poco deletes it
  }

 private:
  Sources sources_;
};

Poco::Net::HTTPServerParams::Ptr parameters() {
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(most_threads);
  params->setMaxQueued(most_waiting);
  params->setKeepAlive(false);
  params->setTimeout(Poco::Timespan(idle_limit.count(), 0));
  return params;
}

Poco::Net::ServerSocket listen_on(const HealthServer::Address& address) {
  try {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress(address.host, address.port), true, false);
    socket.listen(most_waiting);
    return socket;
  } catch (const Poco::Exception& reason) {
    throw std::runtime_error("the health server cannot listen on " + address.host + ":" + std::to_string(address.port) +
                             ": " + reason.displayText());
  }
}

}  // namespace

class HealthServer::Server {
 public:
  Server(const Address& address, Sources sources)
      : socket_(listen_on(address)),
        threads_("health", 1, most_threads),
        http_(new Factory(std::move(sources)), threads_, socket_, parameters()) {
    http_.start();
  }
  ~Server() {
    http_.stopAll(true);
    threads_.joinAll();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string url() const { return "http://" + socket_.address().toString(); }
  std::uint16_t port() const { return http_.port(); }

 private:
  Poco::Net::ServerSocket socket_;
  Poco::ThreadPool threads_;
  Poco::Net::HTTPServer http_;
};

HealthServer::HealthServer(const Address& address, const Health& health, const Metrics& metrics,
                           std::function<Instant()> now) {
  const SignalsBlocked while_threads_start;
  server_ = std::make_unique<Server>(address, Sources{health, metrics, std::move(now)});
}
HealthServer::~HealthServer() = default;

std::string HealthServer::url() const {
  return server_->url();
}
std::uint16_t HealthServer::port() const {
  return server_->port();
}

}  // namespace assay::telemetry
