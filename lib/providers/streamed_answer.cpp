#include "providers/streamed_answer.hpp"

#include <algorithm>
#include <utility>

#include "providers/answer_shape.hpp"
#include "providers/redact.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Of a body that is no stream and no answer: enough to say what went wrong.
constexpr std::size_t max_error_bytes = std::size_t{64} << 10;
/// Of what follows the last word: a usage event fits many times.
constexpr std::size_t max_bytes_after_the_end = std::size_t{64} << 10;
/// How many events of the largest size may come and go between two pieces of content, and how exactly that is counted:
/// in blocks of the stream, so that it does not matter in which pieces they arrive.
constexpr std::size_t max_events_without_content = 2, block_bytes = std::size_t{64} << 10;

bool is_success(int status) {
  return status >= 200 && status <= 299;
}

}  // namespace

struct StreamedAnswer::State {
  State(const Deployment& deployment_, std::size_t max_bytes_)
      : deployment(deployment_), dialect(providers::dialect(deployment_.dialect)), max_bytes(max_bytes_) {}

  void begin_stream();
  bool take(std::string_view bytes);
  bool take_piece(std::string_view bytes);
  void keep(std::string_view bytes);
  Result<Completion, Failure> finish_stream(const http::Response& response);
  Result<Completion, Failure> unreadable(const http::Response& response);
  Completion cut_at_the_limit();
  Failure with_partial(Failure failure);
  http::Response head_alone() const;

  const Deployment& deployment;
  const Dialect& dialect;
  const std::size_t max_bytes;
  int status = 0;
  http::Headers headers;
  AnswerShape shape = AnswerShape::unknown;
  std::string body;  // of an answer that is no stream; before that is known, its beginning
  bool body_too_large = false, full = false;
  bool hopeless_body = false;  // an error's, or a page's: no more of it is worth keeping than says what went wrong
  std::string fault;           // the bytes cannot be this stream
  std::size_t came = 0, block_with_content = 0, blocks_without_content = 0, bytes_after_the_end = 0;
  std::unique_ptr<framing::Framing> framing;
  std::unique_ptr<Gathering> gathering;
};

void StreamedAnswer::State::begin_stream() {
  shape = AnswerShape::stream;
  framing::Limits limits;
  limits.event_bytes = std::max(max_bytes, limits.event_bytes);
  blocks_without_content = max_events_without_content * limits.event_bytes / block_bytes;
  framing = framing::make_framing(dialect.framing(), limits);
  gathering = dialect.gathering(deployment);
}

bool StreamedAnswer::State::take(std::string_view bytes) {
  bool content = false;
  while (!bytes.empty() && !full && fault.empty()) {
    const std::string_view piece = bytes.substr(0, block_bytes - came % block_bytes);
    content = take_piece(piece) || content;
    bytes.remove_prefix(piece.size());
  }
  return content;
}

/// Of one block.
bool StreamedAnswer::State::take_piece(std::string_view bytes) {
  const std::size_t block = came / block_bytes;
  const bool over = gathering->ended() || gathering->failed();
  came += bytes.size();
  if (over) bytes_after_the_end += bytes.size();
  bool content = false;
  const auto fed = framing->feed(bytes, [&](const framing::Event& event) {
    if (gathering->failed() || full) return;
    if (gathering->take(event) == Gathering::News::content) content = true;
    full = gathering->held() > max_bytes;
  });
  if (content) block_with_content = block;
  if (!fed) {
    fault = fed.error();
  } else if (!over && came % block_bytes == 0 && block - block_with_content >= blocks_without_content) {
    fault = "more than " + std::to_string(blocks_without_content * block_bytes) + " bytes without content";
  }
  return content;
}

/// Blanks before the body are counted and not kept.
void StreamedAnswer::State::keep(std::string_view bytes) {
  came += bytes.size();
  if (body.empty()) bytes = without_leading_blanks(bytes);
  hopeless_body = !is_success(status) || (body.empty() ? bytes : std::string_view(body)).starts_with('<');
  const std::size_t most = hopeless_body ? std::min(max_bytes, max_error_bytes) : max_bytes;
  body_too_large = came > most;
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

Result<Completion, Failure> StreamedAnswer::State::unreadable(const http::Response& response) {
  return failure(with_partial(malformed(response, deployment, "the stream cannot be read: " + fault)));
}

StreamedAnswer::StreamedAnswer(const Deployment& deployment, std::size_t max_bytes)
    : state_(std::make_unique<State>(deployment, max_bytes)) {}
StreamedAnswer::~StreamedAnswer() = default;
StreamedAnswer::StreamedAnswer(StreamedAnswer&&) noexcept = default;

void StreamedAnswer::head(int status, const http::Headers& headers) {
  state_->status = status;
  state_->headers = headers;
  state_->shape = AnswerShape::whole;
  if (!is_success(status)) return;
  const std::string_view type = http::find_header(headers, "content-type").value_or("");
  state_->shape = promised_shape(state_->dialect.framing(), type);
  if (state_->shape == AnswerShape::stream) state_->begin_stream();
}

StreamedAnswer::Progress StreamedAnswer::feed(std::string_view bytes) {
  State& state = *state_;
  if (state.shape == AnswerShape::stream) return {state.take(bytes)};
  state.keep(bytes);
  if (state.shape != AnswerShape::unknown) return {!without_leading_blanks(bytes).empty()};
  state.shape = shape_of(state.body);
  if (state.shape != AnswerShape::stream) return {state.shape == AnswerShape::whole};
  const std::string beginning = std::exchange(state.body, {});
  state.came = 0;
  state.begin_stream();
  return {state.take(beginning)};
}

bool StreamedAnswer::ended() const {
  return state_->gathering && (state_->gathering->ended() || state_->gathering->failed());
}
bool StreamedAnswer::enough() const {
  return state_->full || state_->body_too_large || !state_->fault.empty() ||
         state_->bytes_after_the_end > max_bytes_after_the_end;
}
std::string_view StreamedAnswer::text() const {
  return state_->gathering ? state_->gathering->text() : std::string_view();
}

Result<Completion, Failure> StreamedAnswer::answer_of(http::Response response) {
  State& state = *state_;
  if (state.shape != AnswerShape::stream) {
    if (state.body_too_large && !state.hopeless_body) {
      return failure(malformed(response, state.deployment,
                               "the answer has more than " + std::to_string(state.max_bytes) + " bytes"));
    }
    response.body = std::exchange(state.body, {});
    return state.dialect.decode(response, state.deployment);
  }
  if (state.full) return state.cut_at_the_limit();
  if (state.fault.empty()) {
    state.framing->finish([&state](const framing::Event& event) { state.gathering->take(event); });
  }
  if (ended()) return state.finish_stream(response);
  if (!state.fault.empty()) return state.unreadable(response);
  Failure broken = malformed(response, state.deployment, "the stream ended before its end was marked");
  broken.kind = Failure::Kind::cut_off;
  return failure(state.with_partial(std::move(broken)));
}

Result<Completion, Failure> StreamedAnswer::answer_of(const http::Failure& broken) {
  State& state = *state_;
  if (state.shape == AnswerShape::stream) {
    if (state.full) return state.cut_at_the_limit();
    if (ended()) return state.finish_stream(state.head_alone());
    if (!state.fault.empty()) return state.unreadable(state.head_alone());
    return failure(state.with_partial(from_transport(broken, state.deployment)));
  }
  if (state.body_too_large) return answer_of(state.head_alone());
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
