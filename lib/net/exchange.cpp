#include "net/exchange.hpp"

#include "base/require.hpp"

namespace assay::net {
namespace {

Task<> answer_with(const std::function<Task<ServerResponse>(ServerRequest)>& answer, ServerRequest request,
                   Exchange& exchange) {
  Task<ServerResponse> task = answer(std::move(request));
  ServerResponse response = co_await task;
  Task<bool> sending = exchange.send(std::move(response));
  co_await sending;
}

}  // namespace

Task<bool> Exchange::send(ServerResponse response) {
  require(!answered_, "a request is answered once");
  answered_ = true;
  keep_ = keep_alive_;
  const std::string head = head_of(response, keep_alive_);
  const std::string_view body = head_only_ ? std::string_view() : std::string_view(response.body);
  const Connection::Transfer put = connection_.write_some(head, body);
  bool whole = put.count == head.size() + body.size();
  if (!whole && put.moved != Connection::Moved::broken) {
    std::string_view head_left = head;
    std::string_view body_left = body;
    const std::size_t of_head = std::min(put.count, head.size());
    head_left.remove_prefix(of_head);
    body_left.remove_prefix(put.count - of_head);
    whole = co_await write_all(connection_, head_left, body_left, write_stall_);
  }
  if (!whole) keep_ = false;
  co_return whole && !connection_.was_reset();
}

Task<bool> Exchange::write(std::string_view bytes) {
  answered_ = true;
  keep_ = false;
  const bool whole = co_await write_all(connection_, bytes, {}, write_stall_);
  co_return whole && !connection_.was_reset();
}

void Exchange::reset() {
  answered_ = true;
  keep_alive_ = keep_ = false;
  connection_.reset();
}

Handler answering(std::function<Task<ServerResponse>(ServerRequest)> answer) {
  return [answer = std::move(answer)](ServerRequest request, Exchange& exchange) {
    return answer_with(answer, std::move(request), exchange);
  };
}

}  // namespace assay::net
