#include "client/one_call.hpp"

#include <optional>
#include <utility>

#include "providers/redact.hpp"
#include "providers/streamed_answer.hpp"
#include "runtime/scope.hpp"

namespace assay::client {
namespace {

using Reply = Result<http::Response, http::Failure>;

/// An exchange that can be cut from inside its own sinks: they notify `enough`, and the loop's next turn ends it.
Task<> cut_when(Signal& enough, Scope& exchange) {
  const bool asked = co_await enough.wait(Deadline::never());
  if (asked) exchange.request_stop(StopReason::cancelled);
}

Task<> send_into(http::Transport& transport, http::Request request, Deadline deadline, std::optional<Reply>& reply,
                 Scope& exchange) {
  reply = co_await transport.send(std::move(request), deadline);
  exchange.request_stop(StopReason::cancelled);  // whoever waits to cut it need not wait any longer
}

/// What the sinks of a streamed request know.
struct Reading {
  Reading(OneCall& call_)
      : call(call_), answer(call_.deployment, call_.question.max_response_bytes), enough(call_.loop) {}

  void bytes(std::string_view bytes) {
    const bool content = answer.feed(bytes).content;
    if (content && !first_content) first_content = call.loop.measure();
    const std::string_view text = answer.text();
    if (text.size() > shown && call.on_text) {
      call.delivered = true;
      const std::string_view piece = text.substr(shown);
      shown = text.size();
      call.on_text(piece);
    }
    if (answer.enough()) enough.notify();
  }

  OneCall& call;
  providers::StreamedAnswer answer;
  Signal enough;
  std::size_t shown = 0;
  std::optional<Instant> first_content;
};

}  // namespace

Task<Result<Completion, Failure>> OneCall::run() {
  http::Request request = providers::dialect(deployment.dialect).encode(question, deployment);
  Task<Result<Completion, Failure>> call = question.stream ? streamed(std::move(request)) : whole(std::move(request));
  co_return co_await call;
}

Task<Result<Completion, Failure>> OneCall::whole(http::Request request) {
  auto response = co_await transport.send(std::move(request), deadline);
  if (!response) co_return failure(providers::from_transport(response.error(), deployment));
  took = response->total;
  auto completion =
      providers::without_secrets(providers::dialect(deployment.dialect).decode(*response, deployment), deployment);
  if (completion && on_text && !completion->text.empty()) {
    delivered = true;
    on_text(completion->text);
  }
  co_return completion;
}

Task<Result<Completion, Failure>> OneCall::streamed(http::Request request) {
  Reading reading(*this);
  request.head_sink = [&reading](int status, const http::Headers& headers) { reading.answer.head(status, headers); };
  request.body_sink = [&reading](std::string_view bytes) { reading.bytes(bytes); };
  const Instant sent = loop.measure();
  std::optional<Reply> reply;
  {
    Scope exchange(loop, co_await current_stop());
    exchange.start(cut_when(reading.enough, exchange));
    exchange.start(send_into(transport, std::move(request), deadline, reply, exchange));
    co_await exchange.join();
  }
  if (!*reply) co_return reading.answer.end(reply->error());

  const Duration queued = (*reply)->queued;
  took = (*reply)->total;
  auto completion = reading.answer.end(std::move(**reply));
  if (!completion) co_return completion;
  if (reading.first_content) completion->first_token = *reading.first_content - sent - queued;
  if (completion->text.size() > reading.shown && on_text) {  // it was no stream after all: one whole answer came
    delivered = true;
    on_text(std::string_view(completion->text).substr(reading.shown));
  }
  co_return completion;
}

}  // namespace assay::client
