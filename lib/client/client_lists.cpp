#include <algorithm>
#include <iterator>
#include <utility>

#include "client/client.hpp"
#include "client/tries.hpp"
#include "pricing/cost.hpp"
#include "providers/redact.hpp"
#include "pricing/token_estimate.hpp"
#include "runtime/wait.hpp"

namespace assay::client {
namespace {

constexpr int most_pages = 100;

Failure refusal(Failure::Kind kind, std::string detail) {
  Failure failure;
  failure.kind = kind;
  failure.source = Failure::Source::worker;
  failure.detail = std::move(detail);
  return failure;
}

void add(std::optional<std::int64_t>& sum, std::optional<std::int64_t> part) {
  if (part) sum = sum.value_or(0) + *part;
}

/// Of several calls for one list of texts: counted by the provider only when every one of them was.
void add(Usage& sum, const Usage& part, bool first) {
  add(sum.input, part.input);
  add(sum.cached_read, part.cached_read);
  add(sum.output, part.output);
  sum.source = first || sum.source == part.source ? part.source : UsageSource::estimated;
  sum.raw = first ? part.raw : std::string();
}

std::int64_t tokens_of(const std::vector<std::string>& texts) {
  std::int64_t tokens = 0;
  for (const std::string& text : texts) tokens += pricing::most_tokens(text);
  return tokens;
}

/// A vector has no answer tokens, and a provider that names none means zero.
Usage embedding_usage(Usage usage, std::int64_t tokens) {
  if (!usage.output) usage.output = 0;
  return pricing::estimate(std::move(usage), tokens, 0);
}

}  // namespace

Task<Result<Vectors, Failure>> Client::embed(std::string model, std::vector<std::string> texts,
                                             std::optional<std::int64_t> dimensions) {
  if (model.empty()) model = settings_.embedding_model;
  if (model.empty())
    co_return failure(refusal(Failure::Kind::bad_request, "no model for embeddings: name one, or configure a default"));
  if (texts.empty()) co_return failure(refusal(Failure::Kind::bad_request, "no text to embed"));
  const auto route = router_.route(model);
  if (!route) co_return failure(route.error());
  const providers::Deployment& deployment = route->deployment;
  const std::size_t most = providers::dialect(deployment.dialect).most_embeddings(deployment);
  if (most == 0) co_return failure(refusal(Failure::Kind::bad_request, deployment.provider + " makes no embeddings"));

  Vectors all;
  all.place = {deployment.provider, deployment.model, route->rule};
  for (std::size_t from = 0; from < texts.size(); from += most) {
    providers::EmbeddingQuestion question;
    const auto begin = texts.begin() + static_cast<std::ptrdiff_t>(from);
    question.inputs.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(most, texts.size() - from)));
    question.dimensions = dimensions;
    const std::int64_t tokens = tokens_of(question.inputs);
    Task<Result<providers::Embeddings, Failure>> asking = embed_some(*route, std::move(question));
    auto some = co_await asking;
    if (!some) co_return failure(std::move(some.error()));
    add(all.usage, embedding_usage(std::move(some->usage), tokens), from == 0);
    std::move(some->vectors.begin(), some->vectors.end(), std::back_inserter(all.vectors));
    ++all.calls;
  }
  if (const auto price = prices_.find(deployment.vendor, deployment.model, settings_.today))
    all.cost = pricing::cost(all.usage, *price);
  co_return all;
}

Task<Result<providers::Embeddings, Failure>> Client::embed_some(const routing::Route& route,
                                                                providers::EmbeddingQuestion question) {
  const providers::Dialect& dialect = providers::dialect(route.deployment.dialect);
  Tries tries(loop_, random_, settings_, false);
  for (;;) {
    const Deadline deadline = tries.next();
    question.call_id = tries.name({});
    http::Request request = dialect.encode_embeddings(question, route.deployment);
    auto response = co_await transport_.send(std::move(request), deadline);
    Result<providers::Embeddings, Failure> embeddings =
        response
            ? providers::without_secrets(dialect.decode_embeddings(*response, route.deployment), route.deployment)
            : failure(providers::from_transport(response.error(), route.deployment));
    if (embeddings) co_return embeddings;
    const Tries::Verdict verdict = tries.after(embeddings.error());
    if (verdict.what == Tries::What::give_up) co_return embeddings;
    co_await sleep_for(loop_, verdict.wait);
  }
}

Task<Result<std::vector<providers::ModelPage::Model>, Failure>> Client::list_models(std::string provider) {
  const auto route = router_.route(provider + "/?");
  if (!route) co_return failure(route.error());
  const providers::Dialect& dialect = providers::dialect(route->deployment.dialect);
  std::vector<providers::ModelPage::Model> models;
  std::string next;
  for (int page = 0; page < most_pages; ++page) {
    http::Request request = dialect.encode_models(route->deployment, next);
    const Deadline deadline{loop_.now() + settings_.call_timeout};
    auto response = co_await transport_.send(std::move(request), deadline);
    if (!response) co_return failure(providers::from_transport(response.error(), route->deployment));
    auto listed = providers::without_secrets(dialect.decode_models(*response, route->deployment), route->deployment);
    if (!listed) co_return failure(std::move(listed.error()));
    std::move(listed->models.begin(), listed->models.end(), std::back_inserter(models));
    if (listed->next.empty() || listed->next == next) break;
    next = std::move(listed->next);
  }
  co_return models;
}

}  // namespace assay::client
