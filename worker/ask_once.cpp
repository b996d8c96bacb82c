#include "worker/ask_once.hpp"

#include <optional>

#include "curl/curl_transport.hpp"
#include "net/epoll_port.hpp"
#include "runtime/loop.hpp"
#include "worker/map_settings.hpp"

namespace assay {
namespace {

using Answer = Result<http::Response, http::Failure>;

Task<> ask(http::Transport& transport, const http::Request& request, Deadline deadline, std::optional<Answer>& answer) {
  http::Request sent = request;
  answer = co_await transport.send(std::move(sent), deadline);
}

}  // namespace

Result<http::Response, http::Failure> ask_once(const config::Settings& settings, const http::Request& request) {
  net::EpollPort port;
  Loop loop(port);
  curl::CurlTransport transport(loop, port, transport_settings(settings));
  std::optional<Answer> answer;
  loop.run(ask(transport, request, Deadline{loop.now() + settings.timeouts.total}, answer));
  return std::move(*answer);
}

}  // namespace assay
