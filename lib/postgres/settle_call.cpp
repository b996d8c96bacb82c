#include "postgres/settle_call.hpp"

#include <span>
#include <stdexcept>

#include "json/storable.hpp"
#include "postgres/bisect.hpp"
#include "postgres/settle_columns.hpp"

namespace assay::postgres {
namespace {

using queue::SealedSettlement;
using queue::SettleAnswer;
using queue::Settlement;
using Reply = Result<SettleAnswer, queue::Outage>;
using Type = BinaryArray::Type;

void read_answers(const Rows& rows, std::span<const SealedSettlement> settlements, std::span<Reply> answers) {
  const std::vector<bool> results = parse_bool_array(rows.at(0, 0).value_or("{}"));
  const std::vector<bool> closed = parse_bool_array(rows.at(0, 1).value_or("{}"));
  std::size_t result = 0, close = 0;
  for (std::size_t i = 0; i < settlements.size(); ++i) {
    bool stored = true;
    if (settlements[i]->result) stored = results.at(result++) && stored;
    if (settlements[i]->closes_share) stored = closed.at(close++) && stored;
    answers[i] = stored ? SettleAnswer::stored : SettleAnswer::lost;
  }
}

/// What is certain to be stored: numbers, closed words, and constants.
Settlement plain(Settlement settlement, const std::string& sqlstate) {
  if (settlement.result) {
    CellResult& result = *settlement.result;
    result.verdict = Verdict::error;
    result.failure = Failure::Kind::internal;
    result.score = 0;
    result.details.clear();
    result.requested_model = json::storable_text(result.requested_model).text;
    result.text_escaped = result.text_truncated = false;
    result.dropped_parameters.clear();
    Completion bare;
    bare.text = "This result could not be stored: SQLSTATE " + sqlstate + ".";
    bare.finish_reason = result.completion.finish_reason;
    bare.usage = result.completion.usage;
    bare.usage.raw.clear();
    result.completion = std::move(bare);
  }
  for (CallEnd& end : settlement.ended) {
    end.detail = "The details could not be stored: SQLSTATE " + sqlstate + ".";
    end.request_id.clear();
    end.usage.raw.clear();
  }
  return settlement;
}

}  // namespace

std::vector<Reply> SettleCall::operator()(Connection& connection, std::vector<SealedSettlement>& settlements) {
  std::vector<Reply> answers(settlements.size(), SettleAnswer::lost);
  const auto together = [&](std::span<const SealedSettlement> some, std::span<Reply> into) {
    const SettleParameters sent = settle_parameters(worker_, some);
    read_answers(connection.call(statements_.settle, sent.parameters), some, into);
    counters_.escaped += sent.escaped;
  };
  const auto alone = [&](const SealedSettlement& settlement, const DatabaseError& error) {
    return last_resort(connection, *settlement, error);
  };
  bisect(std::span<const SealedSettlement>(settlements), std::span(answers), together, alone);
  for (const Reply& answer : answers) counters_.late_writes += answer && *answer == SettleAnswer::lost ? 1 : 0;
  return answers;
}

Reply SettleCall::last_resort(Connection& connection, const Settlement& settlement, const DatabaseError& error) {
  ++counters_.last_resorts;
  const bool open_cells = error.sqlstate() == "ZA101";
  Settlement less = open_cells ? settlement : plain(settlement, error.sqlstate());
  if (open_cells) less.closes_share = false;
  Reply answer = SettleAnswer::lost;
  try {
    const bool something = less.result || !less.ended.empty() || less.closes_share;
    if (something) {
      const SealedSettlement sealed(std::move(less));
      const SettleParameters sent = settle_parameters(worker_, std::span(&sealed, 1));
      read_answers(connection.call(statements_.settle, sent.parameters), std::span(&sealed, 1), std::span(&answer, 1));
    }
    if (open_cells) {
      give_back(connection, settlement.lease);
      return SettleAnswer::lost;
    }
    return answer;
  } catch (const DatabaseError& again) {
    if (!about_a_row(again)) throw;
    queue::Outage refused;
    refused.detail = again.what();
    return failure(std::move(refused));
  }
}

void SettleCall::give_back(Connection& connection, const LeaseRef& lease) const {
  BinaryArray shares(Type::int8, 1), tokens(Type::int8, 1), wakes(Type::int8, 1), reasons(Type::text, 1);
  shares.int8(lease.share.value);
  tokens.int8(lease.token.value);
  wakes.int8(0);
  reasons.bytes("closed with open cells");
  Parameters parameters;
  parameters.array(std::move(shares)).array(std::move(tokens)).array(std::move(wakes)).array(std::move(reasons));
  connection.call(statements_.release, parameters);
}

}  // namespace assay::postgres
