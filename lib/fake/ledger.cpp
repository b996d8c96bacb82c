#include "fake/ledger.hpp"

#include <algorithm>

#include "json/writer.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t block_bytes = 64 << 10;

}  // namespace

void Ledger::clear() {
  ++generation_;
  entries_.clear();
  blocks_.clear();
  parties_.clear();
}

std::string_view Ledger::keep(std::string_view id) {
  if (id.empty()) return {};
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < id.size()) {
    blocks_.emplace_back().reserve(std::max(block_bytes, id.size()));
  }
  std::string& block = blocks_.back();  // never grows beyond what it reserved, so views into it stay good
  const std::size_t at = block.size();
  block.append(id);
  return std::string_view(block).substr(at);
}

const Parties* Ledger::keep_one(const Parties& parties) {
  return &*parties_.insert(parties).first;
}

void append_json(std::string& out, std::size_t number, const Entry& entry, Instant start) {
  const Parties& who = *entry.parties;
  json::Writer writer(out);
  writer.begin_object().field("n", number).field("id", entry.id).field("key", who.key).field("model", who.model);
  writer.field("worker", who.worker).field("dialect", who.dialect);
  writer.field("tokens_in", entry.tokens_in).field("tokens_cached", entry.tokens_cached);
  writer.field("tokens_out", entry.tokens_out).field("nanos", entry.nanos);
  writer.field("received_at", static_cast<double>((entry.received_at - start).count() / 1000) / 1000);
  writer.field("status", entry.status).field("fault", to_string(entry.fault)).field("mark", who.mark);
  writer.field("open", entry.open).field("delivered", entry.delivered).field("aborted", entry.aborted);
  writer.end_object();
}

}  // namespace assay::fake
