#include "fake/performance.hpp"

#include <algorithm>
#include <cstdio>

#include "fake/gzip.hpp"
#include "fake/show.hpp"
#include "net/turn.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t usual_size = 64u << 20;
constexpr std::size_t block = 64u << 10;

/// The body of an ordinary answer, cut where its text stands.
struct Frame {
  std::string before, after;
};

Frame frame_of(const Plan& plan, const Dialect& dialect, const std::string& number) {
  constexpr std::string_view here = "(the text stands here)";
  Plan marked = plan;
  marked.text = std::string(here);
  const std::string body = response_for(marked, dialect, number).body;
  const std::size_t at = body.find(here);
  return {body.substr(0, at), body.substr(at + here.size())};
}

std::string chunk(std::string_view bytes) {
  if (bytes.empty()) return {};
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + std::string(bytes) + "\r\n";
}

constexpr std::string_view interim =
    "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";

std::string head_of_stream(const Plan& plan, const Dialect& dialect, const std::string& number, const Show& show,
                           bool chunked) {
  const Behaviour& behaviour = *plan.behaviour;
  std::string_view type = chunked && is_streamed(plan) ? dialect.stream_type() : "application/json";
  if (behaviour.raw && !behaviour.raw->type.empty()) type = behaviour.raw->type;
  net::ServerResponse response = head_for(plan, dialect, number, type);
  if (behaviour.fault == Fault::gzip || behaviour.fault == Fault::gzip_bomb) response.add("Content-Encoding", "gzip");
  std::optional<std::size_t> length;
  if (!chunked) {
    length = show.end == Show::End::whole ? 0 : 1;  // one more than comes
    for (const Show::Step& step : show.steps) *length += step.bytes.size();
  }
  const std::string_view before = behaviour.fault == Fault::interim ? interim : std::string_view();
  return std::string(before) + net::head_of(response, true, length);
}

}  // namespace

Task<bool> Performance::play(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange) {
  const Fault fault = plan.behaviour->fault;
  if (fault == Fault::never) co_await wait_for_ever();
  if (fault == Fault::cut_before_headers) {
    exchange.close_after();
    co_await exchange.write({});
    co_return false;
  }
  if (plan.behaviour->raw || is_streamed(plan)) co_return co_await stream(plan, dialect, std::move(number), exchange);
  if (fault == Fault::large || fault == Fault::endless) co_return co_await send_large(plan, dialect, number, exchange);
  if (fault == Fault::gzip_bomb) co_return co_await send_bomb(plan, dialect, number, exchange);
  net::ServerResponse response = response_for(plan, dialect, number);
  switch (fault) {
    case Fault::cut:
    case Fault::cut_chunked:
    case Fault::reset:
    case Fault::stall:
      co_return co_await send_partly(plan, std::move(response), exchange);
    case Fault::trickle:
      co_return co_await trickle(plan, std::move(response), exchange);
    case Fault::gzip:
      response.add("Content-Encoding", "gzip");
      response.body = gzip_bomb(response.body, ' ', 0, {});
      co_return co_await exchange.send(std::move(response));
    case Fault::interim:
      co_return co_await send_after_interim(std::move(response), exchange);
    default:
      co_return co_await exchange.send(std::move(response));
  }
}

Task<> Performance::wait_for_ever() {
  for (;;) co_await never_.wait(Deadline::never());
}

Task<bool> Performance::send_large(const Plan& plan, const Dialect& dialect, std::string number,
                                   net::Exchange& exchange) {
  const bool endless = plan.behaviour->fault == Fault::endless;
  const std::size_t size = plan.behaviour->bytes.value_or(usual_size);
  const Frame frame = frame_of(plan, dialect, number);
  std::optional<std::size_t> length;
  if (!endless) length = frame.before.size() + size + frame.after.size();
  const std::string head = net::head_of(head_for(plan, dialect, number), true, length);
  const std::string first = head + (endless ? chunk(frame.before) : frame.before);
  bool going = co_await exchange.write(first);
  const std::string bytes = endless ? chunk(filler(block)) : filler(block);
  for (std::size_t left = size; going && left > 0;) {
    const std::size_t part = endless ? bytes.size() : std::min(left, block);
    going = co_await exchange.write(std::string_view(bytes).substr(0, part));
    if (!endless) left -= part;
    net::Turn turn(loop_);
    co_await turn;
  }
  if (going) going = co_await exchange.write(frame.after);
  if (going) exchange.keep();
  co_return going;
}

Task<bool> Performance::send_bomb(const Plan& plan, const Dialect& dialect, std::string number,
                                  net::Exchange& exchange) {
  const std::size_t size = plan.behaviour->bytes.value_or(usual_size);
  std::string& bomb = bombs_[std::string(dialect.name()) + std::to_string(size)];
  if (bomb.empty()) {
    const Frame frame = frame_of(plan, dialect, "of-a-bomb");
    bomb = gzip_bomb(frame.before, 'a', size, frame.after);
  }
  net::ServerResponse response = head_for(plan, dialect, number);
  response.add("Content-Encoding", "gzip");
  response.body = bomb;
  co_return co_await exchange.send(std::move(response));
}

Task<bool> Performance::send_partly(const Plan& plan, net::ServerResponse response, net::Exchange& exchange) {
  const Behaviour& behaviour = *plan.behaviour;
  const std::size_t size = std::min(behaviour.bytes.value_or(response.body.size() / 2), response.body.size() - 1);
  const std::string_view part = std::string_view(response.body).substr(0, size);
  std::string bytes;
  if (behaviour.fault == Fault::cut_chunked) {
    std::string whole = chunk(response.body);
    whole.resize(whole.find('\n') + 1 + size);
    bytes = net::head_of(response, true, std::nullopt) + whole;
  } else {
    bytes = net::head_of(response, true).append(part);
  }
  const bool silent = behaviour.fault == Fault::reset && size == 0;
  if (!silent) co_await exchange.write(bytes);
  if (behaviour.fault == Fault::reset) exchange.reset();
  if (behaviour.fault == Fault::stall) co_await wait_for_ever();
  co_return false;
}

Task<bool> Performance::send_after_interim(net::ServerResponse response, net::Exchange& exchange) {
  const std::string bytes = std::string(interim) + net::head_of(response, true) + response.body;
  const bool going = co_await exchange.write(bytes);
  if (going) exchange.keep();
  co_return going;
}

Task<bool> Performance::stream(const Plan& plan, const Dialect& dialect, std::string number, net::Exchange& exchange) {
  const Behaviour& behaviour = *plan.behaviour;
  const Show show =
      behaviour.raw ? show_of(*behaviour.raw, behaviour.piece_pause_ms, dialect) : show_of(plan, dialect, number);
  const bool chunked = !behaviour.raw || behaviour.raw->chunked;
  const std::string head = head_of_stream(plan, dialect, number, show, chunked);
  bool going = co_await exchange.write(head);
  for (const Show::Step& step : show.steps) {
    const std::string bytes = chunked ? chunk(step.bytes) : step.bytes;
    for (std::uint64_t i = 0; going && (step.times == 0 || i < step.times); ++i) {
      if (step.pause_ms > 0) co_await sleep_for(loop_, Duration(static_cast<Duration::rep>(step.pause_ms * 1e6)));
      going = co_await exchange.write(bytes);
      if (i == 0) continue;
      net::Turn turn(loop_);
      co_await turn;
    }
    if (!going) co_return false;
  }
  if (show.end == Show::End::stall) co_await wait_for_ever();
  if (show.end == Show::End::reset) exchange.reset();
  if (show.end != Show::End::whole) co_return false;
  if (chunked) going = co_await exchange.write("0\r\n\r\n");
  if (going) exchange.keep();
  co_return going;
}

Task<bool> Performance::trickle(const Plan& plan, net::ServerResponse response, net::Exchange& exchange) {
  const Behaviour& behaviour = *plan.behaviour;
  const std::size_t piece = std::max<std::size_t>(1, behaviour.bytes.value_or(1));
  const std::string all = net::head_of(response, true) + response.body;
  std::string_view rest = all;
  bool going = true;
  while (going && !rest.empty()) {
    going = co_await exchange.write(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    if (!rest.empty()) co_await sleep_for(loop_, Duration(static_cast<Duration::rep>(behaviour.pause_ms * 1e6)));
  }
  if (going) exchange.keep();
  co_return going;
}

}  // namespace assay::fake
