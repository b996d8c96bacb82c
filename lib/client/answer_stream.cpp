#include "client/answer_stream.hpp"

#include <utility>

#include "base/require.hpp"
#include "runtime/scope.hpp"

namespace assay::client {

struct AnswerStream::State {
  State(Loop& loop_, Ask ask_) : loop(loop_), ask(std::move(ask_)), more(loop_) {}

  Task<> produce() {
    Task<Result<Answer, Failure>> asking = ask([this](std::string_view piece) {
      pending += piece;
      more.notify();
    });
    try {
      auto answer = co_await asking;
      result.emplace(std::move(answer));
    } catch (...) {
      error = std::current_exception();
    }
    more.notify();
  }

  Loop& loop;
  Ask ask;
  std::string pending;
  std::optional<Result<Answer, Failure>> result;
  std::exception_ptr error;
  Signal more;
  std::optional<Scope> producing;  // last: it goes first
};

AnswerStream::AnswerStream(Loop& loop, Ask ask) : state_(std::make_unique<State>(loop, std::move(ask))) {}
AnswerStream::~AnswerStream() = default;

Task<std::optional<std::string>> AnswerStream::next() {
  State& state = *state_;
  if (!state.producing) {
    state.producing.emplace(state.loop, co_await current_stop());
    state.producing->start(state.produce());
  }
  while (state.pending.empty() && !state.result && !state.error) co_await state.more.wait(Deadline::never());
  if (!state.pending.empty()) co_return std::exchange(state.pending, {});
  if (state.error) std::rethrow_exception(state.error);
  co_return std::nullopt;
}

const Result<Answer, Failure>& AnswerStream::result() const {
  require(state_->result.has_value(), "a stream's result is known when it is over");
  return *state_->result;
}

}  // namespace assay::client
