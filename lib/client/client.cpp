#include "client/client.hpp"

#include <utility>

#include "client/tries.hpp"
#include "pricing/cost.hpp"
#include "pricing/token_estimate.hpp"
#include "runtime/wait.hpp"

namespace assay::client {
namespace {

std::int64_t prompt_tokens(const providers::Question& question) {
  const Asking& asking = question.sampling.asked();
  std::int64_t tokens =
      pricing::most_prompt_tokens({question.system, question.input, asking.tools, asking.response_format});
  for (const providers::Turn& turn : question.turns)
    tokens += pricing::most_prompt_tokens({turn.text, turn.tool_calls});
  return tokens;
}

Usage usage_of(const Completion& completion, const providers::Question& question) {
  Usage usage = completion.usage;
  const std::int64_t prompt = pricing::counts_prompt(usage) ? 0 : prompt_tokens(question);
  const std::int64_t answer = pricing::counts_answer(usage) ? 0 : pricing::most_answer_tokens(completion);
  return pricing::estimate(std::move(usage), prompt, answer);
}

}  // namespace

/// One question on its way.
struct Client::Asked {
  routing::Route route;
  providers::Question question;
  const providers::Deployment* at = nullptr;  ///< who is asked: the route's deployment or its fallback
  std::int32_t calls = 0;
  Duration took{};
};

Client::Client(Loop& loop, http::Transport& transport, const routing::Router& router, const pricing::PriceBook& prices,
               Random& random, Settings settings)
    : loop_(loop),
      transport_(transport),
      router_(router),
      prices_(prices),
      random_(random),
      settings_(std::move(settings)) {}

Task<Result<Answer, Failure>> Client::complete(std::string model, providers::Question question) {
  question.stream = false;
  OnText nobody;
  Task<Result<Answer, Failure>> asking = ask(std::move(model), std::move(question), std::move(nobody));
  co_return co_await asking;
}

Task<Result<Answer, Failure>> Client::stream(std::string model, providers::Question question, OnText on_text) {
  question.stream = true;
  Task<Result<Answer, Failure>> asking = ask(std::move(model), std::move(question), std::move(on_text));
  co_return co_await asking;
}

std::unique_ptr<AnswerStream> Client::open(std::string model, providers::Question question) {
  return std::make_unique<AnswerStream>(
      loop_, [this, model = std::move(model), question = std::move(question)](OnText on_text) {
        return stream(model, question, std::move(on_text));
      });
}

Task<Result<Answer, Failure>> Client::ask(std::string model, providers::Question question, OnText on_text) {
  auto route = router_.route(model);
  if (!route) co_return failure(std::move(route.error()));
  Asked asked{std::move(*route), std::move(question)};
  asked.at = &asked.route.deployment;
  auto completion = co_await try_until_done(asked, on_text);
  if (!completion) co_return failure(std::move(completion.error()));
  co_return answer_of(asked, std::move(*completion));
}

Task<Result<Completion, Failure>> Client::try_until_done(Asked& asked, const OnText& on_text) {
  Tries tries(loop_, random_, settings_, asked.route.fallback.has_value());
  const std::string wanted_name = asked.question.call_id;
  for (;;) {
    const Deadline deadline = tries.next();
    asked.question.call_id = tries.name(wanted_name);
    asked.calls = tries.made();
    OneCall call{loop_, transport_, *asked.at, asked.question, deadline, on_text};
    Task<Result<Completion, Failure>> calling = call.run();
    auto completion = co_await calling;
    asked.took = call.took;
    if (completion || call.delivered) co_return completion;
    const Tries::Verdict verdict = tries.after(completion.error());
    if (verdict.what == Tries::What::give_up) co_return completion;
    if (verdict.what == Tries::What::at_the_fallback) asked.at = &*asked.route.fallback;
    co_await sleep_for(loop_, verdict.wait);
  }
}

Answer Client::answer_of(const Asked& asked, Completion completion) const {
  Answer answer;
  const providers::Deployment& deployment = *asked.at;
  completion.usage = usage_of(completion, asked.question);
  if (const auto price = prices_.find(deployment.vendor, deployment.model, settings_.today)) {
    if (const auto rating = pricing::rate(completion.usage, *price, completion.service_tier)) {
      answer.cost = rating->cost;
      answer.assumed_rate = rating->assumed_rate;
    }
  }
  answer.completion = std::move(completion);
  answer.place = {deployment.provider, deployment.model,
                  asked.at == &asked.route.deployment ? asked.route.rule : "fallback to the proxy"};
  answer.dropped = providers::dialect(deployment.dialect).dropped_parameters(asked.question, deployment);
  answer.calls = asked.calls;
  answer.took = asked.took;
  return answer;
}

Result<ModelInfo, Failure> Client::model_info(std::string_view model) const {
  const auto route = router_.route(model);
  if (!route) return failure(route.error());
  ModelInfo info;
  info.place = {route->deployment.provider, route->deployment.model, route->rule};
  info.price = prices_.find(route->deployment.vendor, route->deployment.model, settings_.today);
  if (info.price) {
    info.context_tokens = info.price->context_tokens;
    info.max_output_tokens = info.price->max_output_tokens;
  }
  return info;
}

}  // namespace assay::client
