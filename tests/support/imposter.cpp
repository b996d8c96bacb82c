#include "tests/support/imposter.hpp"

#include <algorithm>

namespace assay::test {
namespace {

std::string chunk(std::string_view bytes) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + std::string(bytes) + "\r\n";
}

std::string chunked_body(const std::string& body, std::size_t piece) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += piece) out += chunk(std::string_view(body).substr(at, piece));
  return out + "0\r\n\r\n";
}

}  // namespace

Match get(std::string path) {
  return {"GET", std::move(path)};
}
Match post(std::string path) {
  return {"POST", std::move(path)};
}
Body body(std::string bytes) {
  return {std::move(bytes)};
}
Body json_body(std::string text) {
  return {std::move(text), "application/json"};
}

Script& Script::reply(int status) {
  last().response.status = status;
  return *this;
}

Script& Script::reply(Body body) {
  last().response.body = std::move(body.bytes);
  return header("Content-Type", std::move(body.type));
}

Script& Script::header(std::string name, std::string value) {
  last().response.add(std::move(name), std::move(value));
  return *this;
}

Script& Script::retry_after(std::chrono::seconds wait) {
  return header("Retry-After", std::to_string(wait.count()));
}

Script& Script::after(Duration delay) {
  last().delay = delay;
  return *this;
}

Script& Script::in_pieces_of(std::size_t bytes) {
  last().manner = Step::Manner::by_hand;
  last().piece = bytes;
  return *this;
}

Script& Script::chunked(std::size_t piece) {
  last().chunked = true;
  return in_pieces_of(piece);
}

Script& Script::cut_after(std::size_t body_bytes) {
  last().manner = Step::Manner::by_hand;
  last().cut = body_bytes;
  return *this;
}

Script& Script::reset_after(std::size_t body_bytes) {
  last().manner = Step::Manner::by_hand;
  last().reset = body_bytes;
  return *this;
}

Script& Script::hang_up() {
  last().manner = Step::Manner::by_hand;
  last().cut_before_headers = true;
  return *this;
}

Script& Script::raw(std::string bytes) {
  last().manner = Step::Manner::by_hand;
  last().raw = std::move(bytes);
  return *this;
}

Script& Script::never() {
  last().manner = Step::Manner::never;
  return *this;
}

Script& Script::when_released() {
  last().held = true;
  return *this;
}

Script& Script::then() {
  steps_.emplace_back();
  return *this;
}

const Step& Script::next() {
  const Step& step = steps_[std::min(at_, steps_.size() - 1)];
  ++at_;
  return step;
}

/// Counts an answer in progress, and whether it came to its end.
struct Imposter::Open {
  explicit Open(Imposter& imposter_) : imposter(imposter_) { ++imposter.open_; }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() {
    --imposter.open_;
    if (!done) ++imposter.abandoned_;
  }
  Imposter& imposter;
  bool done = false;
};

Imposter::Imposter(Loop& loop, net::EpollPort& port, net::HttpLimits limits)
    : loop_(loop),
      released_(loop),
      never_(loop),
      server_(
          loop, port, net::Address(),
          [this](net::ServerRequest request, net::Exchange& exchange) { return answer(std::move(request), exchange); },
          limits),
      scope_(loop, loop.root()) {
  scope_.start(server_.run());
}

std::string Imposter::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + std::string(path);
}

Script& Imposter::when(Match match) {
  scripts_.push_back(Script(std::move(match)));
  return scripts_.back();
}

void Imposter::release() {
  ++releases_;
  released_.notify();
}

Script* Imposter::script_for(const net::ServerRequest& request) {
  const auto found = std::find_if(scripts_.rbegin(), scripts_.rend(), [&](const Script& script) {
    return script.match_.method == request.method && script.match_.path == request.path();
  });
  return found == scripts_.rend() ? nullptr : &*found;
}

Task<> Imposter::answer(net::ServerRequest request, net::Exchange& exchange) {
  Open open(*this);
  Script* script = script_for(request);
  requests_.push_back(std::move(request));
  if (script == nullptr) {
    net::ServerResponse unknown(404, "text/plain", "the imposter has no script for that");
    co_await exchange.send(std::move(unknown));
  } else {
    co_await play(script->next(), exchange);
  }
  open.done = true;
}

Task<> Imposter::play(const Step& step, net::Exchange& exchange) {
  if (step.delay > Duration::zero()) co_await sleep_for(loop_, step.delay);
  if (step.held) {
    while (releases_ == 0) co_await released_.wait(Deadline::never());
    --releases_;
  }
  if (step.manner == Step::Manner::never) {
    for (;;) co_await never_.wait(Deadline::never());
  } else if (step.manner == Step::Manner::by_hand) {
    co_await play_by_hand(step, exchange);
  } else {
    net::ServerResponse response = step.response;
    co_await exchange.send(std::move(response));
  }
}

Task<> Imposter::play_by_hand(const Step& step, net::Exchange& exchange) {
  std::string bytes = step.raw;
  if (bytes.empty() && !step.cut_before_headers) {
    const std::string& body = step.response.body;
    bytes = step.chunked ? net::head_of(step.response, true, std::nullopt) : net::head_of(step.response, true);
    const std::size_t head = bytes.size();
    bytes += step.chunked ? chunked_body(body, step.piece) : body;
    if (step.cut || step.reset)
      bytes.resize(std::min(bytes.size(), head + step.cut.value_or(0) + step.reset.value_or(0)));
  }
  const std::size_t piece = step.piece == 0 ? bytes.size() : step.piece;
  std::string_view rest = bytes;
  co_await exchange.write({});
  while (!rest.empty()) {
    co_await exchange.write(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    if (!rest.empty()) co_await sleep_for(loop_, std::chrono::microseconds(100));
  }
  if (step.reset) exchange.reset();
  if (!step.reset && !step.cut && !step.cut_before_headers && step.raw.empty()) exchange.keep();
}

}  // namespace assay::test
