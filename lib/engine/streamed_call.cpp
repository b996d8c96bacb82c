#include "engine/streamed_call.hpp"

#include <exception>
#include <utility>

namespace assay::engine {
namespace {

using Answer = Result<http::Response, http::Failure>;

Task<> carry(http::Transport& transport, http::Request request, Deadline deadline, std::optional<Answer>& answer) {
  Task<Answer> sending = transport.send(std::move(request), deadline);
  answer.emplace(co_await sending);
}

std::string seconds(Duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

}  // namespace

StreamedCall::StreamedCall(Tools& tools, const providers::Deployment& deployment)
    : Timer(tools.loop), tools_(tools), deployment_(deployment), answer_(deployment, tools.settings.response_bytes) {}

Task<Answer> StreamedCall::send(http::Request request, Deadline deadline) {
  request.head_sink = [this](int status, const http::Headers& headers) { take_head(status, headers); };
  request.body_sink = [this](std::string_view bytes) { take(bytes); };
  sent_ = tools_.loop.measure();
  std::optional<Answer> answer;
  Scope scope(tools_.loop, co_await current_stop());
  stop_ = &scope.stop();
  if (tools_.settings.first_token_timeout > Duration::zero()) set(sent_ + tools_.settings.first_token_timeout);
  scope.start(carry(tools_.transport, std::move(request), deadline, answer));
  Task<> ending = scope.join();
  co_await ending;
  clear();
  stop_ = nullptr;
  co_return std::move(*answer);
}

/// What fails in reading must neither end the transport's work nor lose what was paid: it is kept for read().
template <class Work>
void StreamedCall::guarded(const Work& work) {
  if (fault_) return;
  try {
    work();
  } catch (const std::exception& error) {
    fault_ = error.what();
    cut(Cut::unreadable);
  }
}

void StreamedCall::take_head(int status, const http::Headers& headers) {
  guarded([&] { answer_.head(status, headers); });
}

void StreamedCall::take(std::string_view bytes) {
  guarded([&] { look(answer_.feed(bytes).content); });
}

void StreamedCall::look(bool content) {
  if (content) {
    last_content_ = tools_.loop.measure();
    if (!first_content_) {
      first_content_ = last_content_;
      if (tools_.settings.stall_timeout > Duration::zero()) {
        set(last_content_ + tools_.settings.stall_timeout);
      } else {
        clear();
      }
    }
  }
  if (answer_.enough()) {
    cut(Cut::enough);
  } else if (answer_.ended() && !std::exchange(end_seen_, true)) {
    set(tools_.loop.measure() + after_the_end);
  }
}

/// The timer is set once and looks for itself how much time is left: a stream has thousands of pieces.
void StreamedCall::on_time() {
  if (end_seen_) {
    cut(Cut::ended);
  } else if (!first_content_) {
    cut(Cut::no_first_token);
  } else if (const Instant due = last_content_ + tools_.settings.stall_timeout; due > tools_.loop.now()) {
    set(due);
  } else {
    cut(Cut::stalled);
  }
}

/// Only the first reason counts, and a stop from outside came before any of ours that follows it.
void StreamedCall::cut(Cut why) {
  if (stop_ == nullptr || stop_->requested()) return;
  cut_ = why;
  stop_->request(StopReason::cancelled);
}

Result<Completion, Failure> StreamedCall::read(Answer end) {
  const Duration queued = end ? end->queued : end.error().queued;
  const int status = end ? end->status : end.error().status;
  if (fault_) return failure(unreadable(status));
  Result<Completion, Failure> completion =
      end ? answer_.end(std::move(*end)) : answer_.end(explained(std::move(end.error())));
  if (completion && completion->streamed && first_content_) completion->first_token = *first_content_ - sent_ - queued;
  return completion;
}

/// A transfer that we ended for its silence was not cancelled: the vendor ran out of time.
http::Failure StreamedCall::explained(http::Failure failure) const {
  if (failure.kind != http::Failure::Kind::cancelled) return failure;
  if (cut_ != Cut::no_first_token && cut_ != Cut::stalled) return failure;
  failure.kind = http::Failure::Kind::timed_out;
  failure.detail = cut_ == Cut::stalled
                       ? "the answer stalled: no content came for " + seconds(tools_.settings.stall_timeout)
                       : "no content came within " + seconds(tools_.settings.first_token_timeout);
  return failure;
}

Failure StreamedCall::unreadable(int status) const {
  tools_.observer.broken("stream", *fault_);
  Failure broken;
  broken.source = Failure::Source::worker;
  broken.may_have_run = true;
  broken.status = status;
  broken.provider = deployment_.provider;
  broken.detail = "the answer could not be read: " + *fault_;
  return broken;
}

}  // namespace assay::engine
