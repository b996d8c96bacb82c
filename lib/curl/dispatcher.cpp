#include "curl/dispatcher.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

namespace assay::curl {
Dispatcher::Global::Global() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
}
Dispatcher::Global::~Global() {
  curl_global_cleanup();
}

Dispatcher::Dispatcher(Loop& loop, net::EpollPort& port, Settings settings)
    : loop_(loop), settings_(std::move(settings)), sockets_(port, stats_), share_(curl_share_init()) {
  require(settings_.transfers_per_handle > 0 && settings_.connections_per_host > 0,
          "the transport may carry something");
  if (share_ == nullptr) throw std::bad_alloc();
  curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

Dispatcher::~Dispatcher() {
  for (const auto& transfer : transfers_) {
    if (transfer->multi != nullptr) transfer->multi->remove(*transfer);
    if (transfer->exchange == nullptr) continue;
    http::Failure failed = transfer->fail(http::Failure::Kind::cancelled, "the transport was shut down");
    transfer->exchange->deliver(failure(std::move(failed)));
  }
  for (const auto& transfer : transfers_) transfer->drop_easy();
  multis_.clear();
  curl_share_cleanup(share_);
}

Transfer* Dispatcher::begin(Exchange& exchange, http::Request request) {
  Transfer& transfer = take();
  transfer.exchange = &exchange;
  transfer.number = ++last_number_;
  transfer.asked = loop_.measure();
  ++stats_.exchanges;
  Origin* origin = origins_.of(request.url);
  if (origin == nullptr) {
    end(transfer, http::Failure::Kind::internal, "the URL is not of http or https, with a host and no credentials");
    return nullptr;
  }
  if (!transfer.prepare(std::move(request), share_, sockets_)) {
    end(transfer, http::Failure::Kind::internal, transfer.why());
    return nullptr;
  }
  transfer.origin = origin;
  if (origin->busy >= settings_.connections_per_host) {
    origin->queue.push_back(&transfer);
    ++stats_.waiting;
  } else {
    ++origin->busy;
    transfer.counted = true;
    launch(transfer);
  }
  return transfer.exchange == &exchange ? &transfer : nullptr;
}

/// Hands a transfer that counts as busy at its host over to curl.
void Dispatcher::launch(Transfer& transfer) {
  if (transfer.exchange == nullptr) return;  // abandoned; its release is on the list
  if (inside_ > 0) {
    later_.push_back({Later::What::launch, &transfer, transfer.number});
    return;
  }
  if (!transfer.sign()) {
    end(transfer, http::Failure::Kind::internal, transfer.why());
    return;
  }
  Multi& multi = choose(*transfer.origin);
  if (!multi.add(transfer)) {
    end(transfer, http::Failure::Kind::internal, "curl takes no transfer");
    return;
  }
  transfer.multi = &multi;
  transfer.launched = loop_.now();
  Origin::Share& share = transfer.origin->share(multi.index());
  transfer.opening = share.open <= share.busy;
  if (transfer.opening) ++transfer.origin->opening;
  ++share.busy;
  ++stats_.in_flight;
  const Instant next = next_time(transfer);
  if (next != transfer.exchange->deadline().at) transfer.exchange->set(next);
}

/// A handle that keeps an idle connection to the host and has room; else, at the host's cap, one that keeps an idle
/// connection; else one with room; else a new one. The first in order, so that few handles are warm rather than many.
Multi& Dispatcher::choose(Origin& origin) {
  const auto idle = [&](const auto& multi) {
    const Origin::Share& share = origin.share(multi->index());
    return share.open > share.busy;
  };
  for (const auto& multi : multis_) {
    if (multi->has_room() && idle(multi)) return *multi;
  }
  if (origin.open + origin.opening >= settings_.connections_per_host) {
    for (const auto& multi : multis_) {
      if (idle(multi)) return *multi;
    }
  }
  for (const auto& multi : multis_) {
    if (multi->has_room()) return *multi;
  }
  Multi::Owner& owner = *this;
  multis_.push_back(std::make_unique<Multi>(loop_, sockets_, owner, multis_.size(), settings_));
  stats_.multi_handles = multis_.size();
  return *multis_.back();
}

void Dispatcher::ended(Transfer& transfer, CURLcode code) {
  Exchange* exchange = transfer.exchange;
  if (transfer.resend_refused()) ++stats_.resends_refused;
  if (exchange == nullptr) {
    release(transfer);
    return;
  }
  const std::exception_ptr error = transfer.error();
  Result<http::Response, http::Failure> result = transfer.conclude(code);
  release(transfer);
  if (error) {
    exchange->deliver(error);
  } else {
    exchange->deliver(std::move(result));
  }
}

void Dispatcher::left() {
  if (--inside_ == 0 && !later_.empty()) do_later();
}

void Dispatcher::do_later() {
  std::vector<Later> work;
  work.swap(later_);
  for (const Later& piece : work) {
    Transfer& transfer = *piece.transfer;
    if (transfer.number != piece.number) continue;  // it has ended meanwhile
    switch (piece.what) {
      case Later::What::launch:
        launch(transfer);
        break;
      case Later::What::cut:
        cut(transfer, piece.kind, piece.why);
        break;
      case Later::What::abandon:
        release(transfer);
        break;
    }
  }
}

void Dispatcher::cut(Transfer& transfer, http::Failure::Kind kind, const char* why) {
  if (transfer.exchange == nullptr) return;
  const std::uint64_t number = transfer.number;
  if (inside_ > 0) {
    later_.push_back({Later::What::cut, &transfer, number, kind, why});
    return;
  }
  if (transfer.multi != nullptr) transfer.multi->look_at(transfer);
  if (transfer.number != number) return;  // its answer lay there, or it was abandoned meanwhile
  end(transfer, kind, why + (" while " + transfer.phase()));
}

void Dispatcher::end(Transfer& transfer, http::Failure::Kind kind, std::string why) {
  Exchange& exchange = *transfer.exchange;
  http::Failure failed = transfer.fail(kind, std::move(why));
  release(transfer);
  exchange.deliver(failure(std::move(failed)));
}

void Dispatcher::abandon(Transfer& transfer) {
  transfer.exchange = nullptr;
  if (inside_ > 0) {
    later_.push_back({Later::What::abandon, &transfer, transfer.number});
  } else {
    release(transfer);
  }
}

/// Takes it from curl, from its host and from its exchange, and lets the next one in.
void Dispatcher::release(Transfer& transfer) {
  Origin* origin = transfer.origin;
  const bool counted = transfer.counted;
  if (transfer.multi != nullptr) leave_multi(transfer);
  if (origin != nullptr && !counted) {
    origin->queue.erase(std::find(origin->queue.begin(), origin->queue.end(), &transfer));
    --stats_.waiting;
  }
  give_back(transfer);
  if (!counted) return;
  --origin->busy;
  if (origin->queue.empty()) return;
  Transfer& next = *origin->queue.front();
  origin->queue.pop_front();
  --stats_.waiting;
  ++origin->busy;
  next.counted = true;
  launch(next);
}

void Dispatcher::leave_multi(Transfer& transfer) {
  stats_.body_bytes_sent += transfer.wire_bytes(CURLINFO_SIZE_UPLOAD_T);
  stats_.body_bytes_received += transfer.wire_bytes(CURLINFO_SIZE_DOWNLOAD_T);
  transfer.multi->remove(transfer);
  if (transfer.opening) --transfer.origin->opening;
  --transfer.origin->share(transfer.multi->index()).busy;
  --stats_.in_flight;
}

void Dispatcher::check_time(Transfer& transfer) {
  const Instant now = loop_.now();
  const Instant next = next_time(transfer);
  if (next > now) {
    transfer.exchange->set(next);
  } else if (transfer.exchange->deadline().passed(now)) {
    cut(transfer, http::Failure::Kind::timed_out, "the deadline passed");
  } else {
    cut(transfer, http::Failure::Kind::timed_out, transfer.first_byte_came() ? "no byte came" : "no first byte came");
  }
}

/// When something is to be looked at: the deadline, the first byte's time, or the end of a silence.
Instant Dispatcher::next_time(const Transfer& transfer) const {
  Instant next = transfer.exchange->deadline().at;
  if (transfer.multi == nullptr) return next;
  const Duration first = settings_.first_byte_timeout, stall = settings_.stall_timeout;
  if (transfer.first_byte_came()) {
    if (stall > Duration::zero()) next = std::min(next, transfer.last_byte_at() + stall);
  } else if (first > Duration::zero()) {
    next = std::min(next, transfer.launched + first);
  } else if (stall > Duration::zero()) {
    next = std::min(next, loop_.now() + stall);
  }
  return next;
}

Transfer& Dispatcher::take() {
  for (auto* pool : {&spare_, &bare_}) {
    if (pool->empty()) continue;
    Transfer& transfer = *pool->back();
    pool->pop_back();
    return transfer;
  }
  transfers_.push_back(std::make_unique<Transfer>(loop_, settings_));
  return *transfers_.back();
}

void Dispatcher::give_back(Transfer& transfer) {
  transfer.clear();
  if (spare_.size() < settings_.spare_easy_handles) {
    spare_.push_back(&transfer);
    return;
  }
  transfer.drop_easy();
  bare_.push_back(&transfer);
}

}  // namespace assay::curl
