#include "providers/streamed_answer.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "providers/redact.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Of a body that is no stream and no answer: enough to say what went wrong.
constexpr std::size_t max_error_bytes = std::size_t{64} << 10;

bool is_success(int status) {
  return status >= 200 && status <= 299;
}

bool contains(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

enum class Shape { unknown, stream, whole };

/// What the content type promises. Lines of JSON are streamed under several names, and a whole answer of Ollama's is
/// one such line; a page never is.
Shape promised(framing::Kind kind, std::string_view type) {
  switch (kind) {
    case framing::Kind::sse:
      if (contains(type, "event-stream")) return Shape::stream;
      return contains(type, "json") || contains(type, "html") ? Shape::whole : Shape::unknown;
    case framing::Kind::ndjson:
      return contains(type, "html") ? Shape::whole : Shape::stream;
    case framing::Kind::aws_event_stream:
      return contains(type, "json") || contains(type, "html") ? Shape::whole : Shape::stream;
  }
  return Shape::unknown;
}

/// How a body begins that no content type explains. Empty so far: unknown.
Shape sniffed(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF\r\n\t ");
  if (first == std::string_view::npos) return Shape::unknown;
  const char c = bytes[first];
  return c == '{' || c == '[' || c == '<' || c == '"' ? Shape::whole : Shape::stream;
}

}  // namespace

struct StreamedAnswer::State {
  State(const Deployment& deployment_, std::size_t max_bytes_)
      : deployment(deployment_), dialect(providers::dialect(deployment_.dialect)), max_bytes(max_bytes_) {}

  void begin_stream();
  bool take(std::string_view bytes);
  void keep(std::string_view bytes);
  Result<Completion, Failure> finish_stream(const http::Response& response);
  Completion cut_at_the_limit();
  Failure with_partial(Failure failure);
  http::Response head_alone() const;

  const Deployment& deployment;
  const Dialect& dialect;
  const std::size_t max_bytes;
  int status = 0;
  http::Headers headers;
  Shape shape = Shape::unknown;
  std::string body;  // of an answer that is no stream; before that is known, its beginning
  bool body_too_large = false, full = false;
  std::string framing_fault;
  std::unique_ptr<framing::Framing> framing;
  std::unique_ptr<Gathering> gathering;
};

void StreamedAnswer::State::begin_stream() {
  shape = Shape::stream;
  framing::Limits limits;
  limits.event_bytes = std::max(max_bytes, limits.event_bytes);
  framing = framing::make_framing(dialect.framing(), limits);
  gathering = dialect.gathering(deployment);
}

bool StreamedAnswer::State::take(std::string_view bytes) {
  if (full || !framing_fault.empty()) return false;
  bool content = false;
  const auto fed = framing->feed(bytes, [&](const framing::Event& event) {
    if (gathering->failed() || full) return;
    if (gathering->take(event) == Gathering::News::content) content = true;
    full = gathering->held() > max_bytes;
  });
  if (!fed) framing_fault = fed.error();
  return content;
}

void StreamedAnswer::State::keep(std::string_view bytes) {
  const std::size_t most = is_success(status) ? max_bytes : std::min(max_bytes, max_error_bytes);
  body_too_large = body_too_large || body.size() + bytes.size() > most;
  body.append(bytes.substr(0, most - std::min(most, body.size())));
}

http::Response StreamedAnswer::State::head_alone() const {
  http::Response response;
  response.status = status;
  response.headers = headers;
  return response;
}

Completion StreamedAnswer::State::cut_at_the_limit() {
  Completion completion = gathering->take_partial();
  completion.finish_reason = FinishReason::length;
  completion.finish_reason_raw = "response_bytes";
  completion.streamed = true;
  return completion;
}

Failure StreamedAnswer::State::with_partial(Failure failure) {
  if (!gathering || failure.partial) return failure;
  Completion partial = gathering->take_partial();
  partial.streamed = true;
  failure.partial = std::make_shared<const Completion>(std::move(partial));
  return failure;
}

Result<Completion, Failure> StreamedAnswer::State::finish_stream(const http::Response& response) {
  auto finished = gathering->finish(response);
  if (!finished) return failure(with_partial(std::move(finished.error())));
  finished->streamed = true;
  return finished;
}

StreamedAnswer::StreamedAnswer(const Deployment& deployment, std::size_t max_bytes)
    : state_(std::make_unique<State>(deployment, max_bytes)) {}
StreamedAnswer::~StreamedAnswer() = default;
StreamedAnswer::StreamedAnswer(StreamedAnswer&&) noexcept = default;

void StreamedAnswer::head(int status, const http::Headers& headers) {
  state_->status = status;
  state_->headers = headers;
  state_->shape = Shape::whole;
  if (!is_success(status)) return;
  const std::string_view type = http::find_header(headers, "content-type").value_or("");
  state_->shape = promised(state_->dialect.framing(), type);
  if (state_->shape == Shape::stream) state_->begin_stream();
}

StreamedAnswer::Progress StreamedAnswer::feed(std::string_view bytes) {
  State& state = *state_;
  if (state.shape == Shape::stream) return {state.take(bytes)};
  state.keep(bytes);
  if (state.shape != Shape::unknown) return {bytes.find_first_not_of(" \t\r\n") != std::string_view::npos};
  state.shape = sniffed(state.body);
  if (state.shape != Shape::stream) return {state.shape == Shape::whole};
  const std::string beginning = std::exchange(state.body, {});
  state.begin_stream();
  return {state.take(beginning)};
}

bool StreamedAnswer::ended() const {
  return state_->gathering && (state_->gathering->ended() || state_->gathering->failed());
}
bool StreamedAnswer::full() const {
  return state_->full || (state_->body_too_large && is_success(state_->status));
}
std::string_view StreamedAnswer::text() const {
  return state_->gathering ? state_->gathering->text() : std::string_view();
}

Result<Completion, Failure> StreamedAnswer::answer_of(http::Response response) {
  State& state = *state_;
  if (state.shape != Shape::stream) {
    if (state.body_too_large && is_success(state.status)) {
      return failure(malformed(response, state.deployment,
                               "the answer has more than " + std::to_string(state.max_bytes) + " bytes"));
    }
    response.body = std::exchange(state.body, {});
    return state.dialect.decode(response, state.deployment);
  }
  if (state.full) return state.cut_at_the_limit();
  if (state.framing_fault.empty()) {
    state.framing->finish([&state](const framing::Event& event) { state.gathering->take(event); });
  }
  if (ended()) return state.finish_stream(response);
  const bool garbled = !state.framing_fault.empty();
  Failure broken = malformed(
      response, state.deployment,
      garbled ? "the stream cannot be read: " + state.framing_fault : "the stream ended before its end was marked");
  if (!garbled) broken.kind = Failure::Kind::cut_off;
  return failure(state.with_partial(std::move(broken)));
}

Result<Completion, Failure> StreamedAnswer::answer_of(const http::Failure& broken) {
  State& state = *state_;
  if (state.shape == Shape::stream) {
    if (state.full) return state.cut_at_the_limit();
    if (ended()) return state.finish_stream(state.head_alone());
    return failure(state.with_partial(from_transport(broken, state.deployment)));
  }
  if (full()) return answer_of(state.head_alone());
  if (state.status >= 400 && broken.kind != http::Failure::Kind::cancelled) {
    http::Response response = state.head_alone();
    response.body = std::exchange(state.body, {});
    return failure(failure_from(response, state.deployment));
  }
  return failure(from_transport(broken, state.deployment));
}

Result<Completion, Failure> StreamedAnswer::end(http::Response response) {
  return without_secrets(answer_of(std::move(response)), state_->deployment);
}

Result<Completion, Failure> StreamedAnswer::end(const http::Failure& broken) {
  return without_secrets(answer_of(broken), state_->deployment);
}

}  // namespace assay::providers
