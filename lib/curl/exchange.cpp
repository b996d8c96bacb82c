#include "curl/exchange.hpp"

#include <utility>

#include "curl/dispatcher.hpp"

namespace assay::curl {

Exchange::~Exchange() {
  if (transfer_ != nullptr) dispatcher_.abandon(*transfer_);
}

void Exchange::begin() {
  transfer_ = dispatcher_.begin(*this, std::move(request_));
}

void Exchange::never_began(bool stopped) {
  http::Failure failed;
  failed.kind = stopped ? http::Failure::Kind::cancelled : http::Failure::Kind::timed_out;
  failed.detail = stopped ? "stopped before it began" : "the deadline passed before it began";
  result_ = failure(std::move(failed));
}

Result<http::Response, http::Failure> Exchange::await_resume() {
  if (error_) std::rethrow_exception(error_);
  require(result_.has_value(), "an exchange ends with an outcome");
  return std::move(*result_);
}

void Exchange::deliver(Result<http::Response, http::Failure> result) {
  result_ = std::move(result);
  transfer_ = nullptr;
  finish(Outcome::came);
}

void Exchange::deliver(std::exception_ptr error) {
  error_ = std::move(error);
  transfer_ = nullptr;
  finish(Outcome::came);
}

void Exchange::on_stop(StopReason) {
  if (transfer_ != nullptr) dispatcher_.cut(*transfer_, http::Failure::Kind::cancelled, "stopped");
}

void Exchange::on_time() {
  if (transfer_ != nullptr) dispatcher_.check_time(*transfer_);
}

}  // namespace assay::curl
