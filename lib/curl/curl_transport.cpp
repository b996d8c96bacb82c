#include "curl/curl_transport.hpp"

#include <utility>

#include "curl/dispatcher.hpp"

namespace assay::curl {

CurlTransport::CurlTransport(Loop& loop, net::EpollPort& port, Settings settings)
    : dispatcher_(std::make_unique<Dispatcher>(loop, port, std::move(settings))) {}

CurlTransport::~CurlTransport() = default;

const Stats& CurlTransport::stats() const {
  return dispatcher_->stats();
}

Task<Result<http::Response, http::Failure>> CurlTransport::send(http::Request request, Deadline deadline) {
  Exchange exchange(dispatcher_->loop(), *dispatcher_, std::move(request), dispatcher_->bounded(deadline));
  co_return co_await exchange;
}

}  // namespace assay::curl
