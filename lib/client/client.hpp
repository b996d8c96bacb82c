#pragma once
#include <memory>
#include <string>
#include <vector>

#include "client/answer.hpp"
#include "client/answer_stream.hpp"
#include "client/one_call.hpp"
#include "pricing/price_book.hpp"
#include "routing/router.hpp"
#include "runtime/random.hpp"

namespace assay::client {

/// Asks models by name, for programs: who answers, in which dialect, how often it is tried and what it costs are worked
/// out here. Failures are the closed list of job/failure.hpp; those of one call carry the provider's own words,
/// redacted.
///
/// Loop thread only; any number of questions at once. All that it is given outlives it, and it outlives its questions.
/// Stopping the awaiting scope ends a question as `cancelled`, or throws Stopped while it waits between two calls.
class Client {
 public:
  Client(Loop& loop, http::Transport& transport, const routing::Router& router, const pricing::PriceBook& prices,
         Random& random, Settings settings);

  /// The whole answer. `question.stream` does not matter, and neither does `call_id` when it is empty.
  Task<Result<Answer, Failure>> complete(std::string model, providers::Question question);

  /// The same answer, its text handed out as it comes. A call that has handed out text is not made again: its failure
  /// carries what had come as `partial`. A model that cannot stream gives its text in one piece.
  Task<Result<Answer, Failure>> stream(std::string model, providers::Question question, OnText on_text);

  /// The same, to be pulled: `while (auto piece = co_await stream->next()) …`, then stream->result(). Begins at the
  /// first next(); destroying it cuts the call.
  std::unique_ptr<AnswerStream> open(std::string model, providers::Question question);

  /// A vector for each text, in as many calls as the provider needs for so many. The first failure ends it.
  Task<Result<Vectors, Failure>> embed(std::string model, std::vector<std::string> texts,
                                       std::optional<std::int64_t> dimensions = {});

  /// What a provider says it serves, all pages of it (at most 100).
  Task<Result<std::vector<providers::ModelPage::Model>, Failure>> list_models(std::string provider);

  /// Who would answer for a model, and at what price; without the network.
  Result<ModelInfo, Failure> model_info(std::string_view model) const;

 private:
  struct Asked;
  Task<Result<Answer, Failure>> ask(std::string model, providers::Question question, OnText on_text);
  Task<Result<Completion, Failure>> try_until_done(Asked& asked, const OnText& on_text);
  Task<Result<providers::Embeddings, Failure>> embed_some(const routing::Route& route,
                                                          providers::EmbeddingQuestion question);
  Answer answer_of(const Asked& asked, Completion completion) const;

  Loop& loop_;
  http::Transport& transport_;
  const routing::Router& router_;
  const pricing::PriceBook& prices_;
  Random& random_;
  Settings settings_;
};

}  // namespace assay::client

namespace assay {
using client::Client;
}
