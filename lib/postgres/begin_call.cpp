#include "postgres/begin_call.hpp"

#include <span>
#include <stdexcept>

#include "json/storable.hpp"
#include "postgres/bisect.hpp"

namespace assay::postgres {
namespace {

using queue::BeginAnswer;
using queue::CallIntent;
using Reply = Result<BeginAnswer, queue::Outage>;
using Type = BinaryArray::Type;

BeginAnswer answer_of(const std::optional<std::string>& word) {
  if (word == "granted") return BeginAnswer::granted;
  if (word == "over_budget") return BeginAnswer::over_budget;
  if (word == "unknown_price") return BeginAnswer::unknown_price;
  if (word == "lost") return BeginAnswer::lost;
  throw std::invalid_argument("begin_v1 answered \"" + word.value_or("null") + "\"");
}

Parameters parameters_for(const std::string& worker, std::span<CallIntent> intents) {
  const std::size_t n = intents.size();
  BinaryArray shares(Type::int8, n), tokens(Type::int8, n), cells(Type::int4, n), seqs(Type::int4, n),
      purposes(Type::text, n), providers(Type::text, n), models(Type::text, n, 16), hashes(Type::bytea, n, 16),
      prices(Type::text, n, 64), bounds(Type::int8, n);
  for (const CallIntent& intent : intents) {
    shares.int8(intent.lease.share.value);
    tokens.int8(intent.lease.token.value);
    cells.int4(intent.id.cell.value);
    seqs.int4(intent.id.seq);
    purposes.bytes(to_string(intent.purpose));
    providers.bytes(intent.provider);
    models.bytes(intent.model);
    hashes.text_or_null(intent.request_hash);
    prices.text_or_null(intent.price);
    bounds.int8_or_null(intent.bound ? std::optional(intent.bound->nanos()) : std::nullopt);
  }
  Parameters parameters;
  parameters.text(worker);
  for (BinaryArray* array :
       {&shares, &tokens, &cells, &seqs, &purposes, &providers, &models, &hashes, &prices, &bounds}) {
    parameters.array(std::move(*array));
  }
  return parameters;
}

CallIntent without_ornaments(CallIntent intent) {
  intent.provider = json::storable_text(intent.provider).text;
  intent.model = json::storable_text(intent.model).text;
  intent.price.clear();
  intent.request_hash.clear();
  return intent;
}

}  // namespace

std::vector<Reply> BeginCall::operator()(Connection& connection, std::vector<CallIntent>& intents) const {
  std::vector<Reply> answers(intents.size(), BeginAnswer::lost);
  const auto together = [&](std::span<CallIntent> some, std::span<Reply> into) {
    const Rows rows = connection.call(statement_, parameters_for(worker_, some));
    const auto words = parse_array(rows.text(0, 0));
    if (words.size() != some.size()) throw std::invalid_argument("begin_v1 answered another number of calls");
    for (std::size_t i = 0; i < words.size(); ++i) into[i] = answer_of(words[i]);
  };
  const auto alone = [&](const CallIntent& intent, const DatabaseError&) -> Reply {
    CallIntent plain = without_ornaments(intent);
    Reply answer = BeginAnswer::lost;
    try {
      together(std::span(&plain, 1), std::span(&answer, 1));
    } catch (const DatabaseError& error) {
      if (!about_a_row(error)) throw;
      queue::Outage refused;
      refused.detail = error.what();
      return failure(std::move(refused));
    }
    return answer;
  };
  bisect(std::span(intents), std::span(answers), together, alone);
  return answers;
}

}  // namespace assay::postgres
