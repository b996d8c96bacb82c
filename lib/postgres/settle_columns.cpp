#include "postgres/settle_columns.hpp"

#include <cstring>

#include "json/storable.hpp"
#include "json/utf8.hpp"
#include "postgres/extras.hpp"

namespace assay::postgres {
namespace {

using queue::SealedSettlement;
using queue::Settlement;
using Type = BinaryArray::Type;

bool storable(std::string_view text) {
  const bool has_nul = !text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr;
  return !has_nul && json::find_bad_utf8(text) == std::string_view::npos;
}

/// A text column; null for an empty text where `absent` says so.
struct Text {
  enum class Empty { is_null, is_text };
  Text(std::size_t n, std::size_t bytes) : array(Type::text, n, bytes) {}

  bool put(std::string_view text, Empty empty = Empty::is_null) {
    if (text.empty() && empty == Empty::is_null) {
      array.null();
      return false;
    }
    if (storable(text)) {
      array.bytes(text);
      return false;
    }
    array.bytes(json::storable_text(text).text);
    return true;
  }
  BinaryArray array;
};

struct Int8 {
  explicit Int8(std::size_t n) : array(Type::int8, n) {}
  void put(std::int64_t value) { array.int8(value); }
  void put(std::optional<std::int64_t> value) { array.int8_or_null(value); }
  void put(const std::optional<Money>& money) {
    array.int8_or_null(money ? std::optional(money->nanos()) : std::nullopt);
  }
  void put(Duration time) { array.int8(std::chrono::duration_cast<std::chrono::microseconds>(time).count()); }
  BinaryArray array;
};

struct Int4 {
  explicit Int4(std::size_t n) : array(Type::int4, n) {}
  void put(std::int32_t value) { array.int4(value); }
  BinaryArray array;
};

/// The token classes of a call.
struct UsageColumns {
  explicit UsageColumns(std::size_t n)
      : input(n), cached_read(n), write_5m(n), write_1h(n), output(n), reasoning(n), source(n, 8), raw(n, 96) {}
  void put(const Usage& usage) {
    input.put(usage.input);
    cached_read.put(usage.cached_read);
    write_5m.put(usage.cache_write_5m);
    write_1h.put(usage.cache_write_1h);
    output.put(usage.output);
    reasoning.put(usage.reasoning);
    source.put(to_string(usage.source));
    raw.put(usage.raw);
  }
  void into(Parameters& to) {
    for (Int8* column : {&input, &cached_read, &write_5m, &write_1h, &output, &reasoning})
      to.array(std::move(column->array));
    to.array(std::move(source.array)).array(std::move(raw.array));
  }
  Int8 input, cached_read, write_5m, write_1h, output, reasoning;
  Text source, raw;
};

/// What few rows have: an empty array when none of them has anything, so that plain answers pay nothing.
struct ExtrasColumn {
  explicit ExtrasColumn(std::size_t n) : array(Type::text, n, 0) {}
  void put(const std::string& extras) {
    array.text_or_null(extras);
    any = any || !extras.empty();
  }
  void into(Parameters& to) { to.array(any ? std::move(array) : BinaryArray(Type::text)); }
  BinaryArray array;
  bool any = false;
};

/// r_* of settle_v2.
class ResultColumns {
 public:
  explicit ResultColumns(std::size_t n)
      : shares_(n),
        tokens_(n),
        cells_(n),
        seqs_(n),
        verdicts_(n, 8),
        failures_(n, 8),
        scores_(Type::float8, n),
        models_(n, 24),
        providers_(n, 16),
        served_(n, 24),
        finish_(n, 8),
        finish_raw_(n, 8),
        refusals_(n, 0),
        requests_(n, 24),
        tiers_(n, 0),
        fingerprints_(n, 0),
        texts_(n, 1024),
        flags_(n),
        costs_(n),
        usage_(n),
        details_(n, 256),
        waited_(n),
        provider_us_(n),
        judging_(n),
        overhead_(n),
        extras_(n) {}

  /// True when the answer's text had to be escaped here.
  bool put(const LeaseRef& lease, const CellResult& result) {
    const Completion& said = result.completion;
    const bool silent = result.failure && said.text.empty();  // no answer at all
    shares_.put(lease.share.value);
    tokens_.put(lease.token.value);
    cells_.put(result.cell.value);
    seqs_.put(result.seq);
    verdicts_.put(to_string(result.verdict));
    failures_.put(result.failure ? to_string(*result.failure) : std::string_view());
    scores_.float8(result.score);
    models_.put(result.requested_model, Text::Empty::is_text);
    providers_.put(result.provider);
    served_.put(said.served_model);
    finish_.put(silent && said.finish_reason == FinishReason::other ? std::string_view()
                                                                    : to_string(said.finish_reason));
    finish_raw_.put(said.finish_reason_raw);
    refusals_.put(said.refusal);
    requests_.put(said.request_id);
    tiers_.put(said.service_tier);
    fingerprints_.put(said.fingerprint);
    const bool escaped = texts_.put(said.text, silent ? Text::Empty::is_null : Text::Empty::is_text);
    flags_.put((result.text_escaped || escaped ? 1 : 0) | (result.text_truncated ? 2 : 0));
    costs_.put(result.cost);
    usage_.put(said.usage);
    details_.put(result.details);
    waited_.put(result.timings.waited);
    provider_us_.put(result.timings.provider);
    judging_.put(result.timings.judging);
    overhead_.put(result.timings.overhead);
    extras_.put(extras_of(result));
    return escaped;
  }

  void into(Parameters& to) {
    to.array(std::move(shares_.array))
        .array(std::move(tokens_.array))
        .array(std::move(cells_.array))
        .array(std::move(seqs_.array));
    to.array(std::move(verdicts_.array)).array(std::move(failures_.array)).array(std::move(scores_));
    for (Text* column : {&models_, &providers_, &served_, &finish_, &finish_raw_, &refusals_, &requests_, &tiers_,
                         &fingerprints_, &texts_}) {
      to.array(std::move(column->array));
    }
    to.array(std::move(flags_.array)).array(std::move(costs_.array));
    usage_.into(to);
    to.array(std::move(details_.array));
    for (Int8* column : {&waited_, &provider_us_, &judging_, &overhead_}) to.array(std::move(column->array));
  }
  void extras_into(Parameters& to) { extras_.into(to); }

 private:
  Int8 shares_, tokens_;
  Int4 cells_, seqs_;
  Text verdicts_, failures_;
  BinaryArray scores_;
  Text models_, providers_, served_, finish_, finish_raw_, refusals_, requests_, tiers_, fingerprints_, texts_;
  Int4 flags_;
  Int8 costs_;
  UsageColumns usage_;
  Text details_;
  Int8 waited_, provider_us_, judging_, overhead_;
  ExtrasColumn extras_;
};

/// e_* of settle_v2.
class EndColumns {
 public:
  explicit EndColumns(std::size_t n)
      : shares_(n),
        tokens_(n),
        cells_(n),
        seqs_(n),
        failures_(n, 16),
        costs_(n),
        usage_(n),
        details_(n, 64),
        statuses_(n),
        requests_(n, 24),
        extras_(n) {}

  void put(const LeaseRef& lease, const CallEnd& end) {
    shares_.put(lease.share.value);
    tokens_.put(lease.token.value);
    cells_.put(end.id.cell.value);
    seqs_.put(end.id.seq);
    failures_.put(end.failure ? to_string(*end.failure) : std::string_view());
    costs_.put(end.cost);
    usage_.put(end.usage);
    details_.put(end.detail);
    statuses_.put(end.status);
    requests_.put(end.request_id);
    extras_.put(extras_of(end));
  }

  void into(Parameters& to) {
    to.array(std::move(shares_.array))
        .array(std::move(tokens_.array))
        .array(std::move(cells_.array))
        .array(std::move(seqs_.array));
    to.array(std::move(failures_.array)).array(std::move(costs_.array));
    usage_.into(to);
    to.array(std::move(details_.array)).array(std::move(statuses_.array)).array(std::move(requests_.array));
  }
  void extras_into(Parameters& to) { extras_.into(to); }

 private:
  Int8 shares_, tokens_;
  Int4 cells_, seqs_;
  Text failures_;
  Int8 costs_;
  UsageColumns usage_;
  Text details_;
  Int4 statuses_;
  Text requests_;
  ExtrasColumn extras_;
};

}  // namespace

SettleParameters settle_parameters(const std::string& worker, std::span<const SealedSettlement> settlements) {
  std::size_t results = 0, ended = 0;
  for (const SealedSettlement& sealed : settlements) {
    const Settlement& settlement = *sealed;
    results += settlement.result ? 1 : 0;
    ended += settlement.ended.size();
  }
  ResultColumns result_columns(results);
  EndColumns end_columns(ended);
  Int8 closed(settlements.size()), closed_tokens(settlements.size());
  SettleParameters sent;
  for (const SealedSettlement& sealed : settlements) {
    const Settlement& settlement = *sealed;
    if (settlement.result && result_columns.put(settlement.lease, *settlement.result)) ++sent.escaped;
    for (const CallEnd& end : settlement.ended) end_columns.put(settlement.lease, end);
    if (!settlement.closes_share) continue;
    closed.put(settlement.lease.share.value);
    closed_tokens.put(settlement.lease.token.value);
  }
  sent.parameters.text(worker);
  result_columns.into(sent.parameters);
  end_columns.into(sent.parameters);
  sent.parameters.array(std::move(closed.array)).array(std::move(closed_tokens.array));
  result_columns.extras_into(sent.parameters);
  end_columns.extras_into(sent.parameters);
  return sent;
}

std::size_t size_of(const Settlement& settlement) {
  std::size_t bytes = 512;
  if (settlement.result) {
    const CellResult& result = *settlement.result;
    const Completion& said = result.completion;
    bytes += said.text.size() + said.refusal.size() + said.usage.raw.size() + result.details.size();
    bytes += said.tool_calls.size() + said.reasoning.size() + said.raw.size();
  }
  for (const CallEnd& end : settlement.ended) bytes += 256 + end.detail.size() + end.usage.raw.size();
  return bytes;
}

}  // namespace assay::postgres
