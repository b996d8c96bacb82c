#include "fake/provider.hpp"

namespace assay::fake {
namespace {

ErrorAnswer missing_key() {
  ErrorAnswer error;
  error.status = 401;
  return error;
}

}  // namespace

/// One call in the books: open from its construction on; what it was not told to have happened did not happen.
class Provider::Call {
 public:
  Call(Provider& provider, Ledger::Ref entry, const Caller& caller, const std::string& mark, bool bill_aborted)
      : provider_(provider),
        entry_(entry),
        counted_(provider.open_, caller.worker, mark),
        bill_aborted_(bill_aborted) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() { end(); }

  void played(bool whole, bool client_left) {
    played_ = true;
    whole_ = whole;
    client_left_ = client_left;
  }

 private:
  void end() {
    Entry* entry = provider_.ledger_.find(entry_);
    if (entry == nullptr) return;
    Totals& totals = provider_.totals_;
    entry->open = false;
    entry->delivered = whole_;
    entry->aborted = !played_ || (client_left_ && !whole_);
    totals.delivered += entry->delivered ? 1 : 0;
    totals.aborted += entry->aborted ? 1 : 0;
    if (!entry->aborted || bill_aborted_) return;
    totals.tokens_in -= entry->tokens_in;
    totals.tokens_out -= entry->tokens_out;
    totals.nanos -= entry->nanos;
    entry->tokens_in = entry->tokens_cached = entry->tokens_out = entry->nanos = 0;
  }

  Provider& provider_;
  const Ledger::Ref entry_;
  const OpenCalls::Counted counted_;
  const bool bill_aborted_;
  bool played_ = false, whole_ = false, client_left_ = false;
};

Provider::Provider(Loop& loop, net::EpollPort& port, Options options)
    : loop_(loop),
      start_(loop.now()),
      planner_(std::move(options.script)),
      performance_(loop),
      server_(
          loop, port, options.address,
          [this](net::ServerRequest request, net::Exchange& exchange) { return route(std::move(request), exchange); },
          options.limits) {}

std::string Provider::url() const {
  return "http://127.0.0.1:" + std::to_string(port());
}

Result<void, std::string> Provider::use_script(std::string_view json) {
  auto script = read_script(json);
  if (!script) return failure(script.error());
  planner_.use(std::move(*script));
  return {};
}

void Provider::reset() {
  ledger_.clear();
  planner_.forget_counts();
  totals_ = Totals();
  open_.forget_peak();
}

Task<> Provider::route(net::ServerRequest request, net::Exchange& exchange) {
  const Dialect* dialect = dialect_of(request);
  if (dialect != nullptr && request.method == "POST") {
    co_await answer_call(std::move(request), exchange, *dialect);
  } else {
    net::ServerResponse response = control(request);
    co_await exchange.send(std::move(response));
  }
}

Caller Provider::caller_of(const net::ServerRequest& request, const Dialect& dialect) const {
  Caller caller;
  caller.call_id = request.header("x-request-id").value_or("");
  caller.key = fingerprint(dialect.key_of(request));
  caller.worker = request.header("x-assay-worker").value_or(request.header("user-agent").value_or("unnamed"));
  caller.dialect = dialect.name();
  return caller;
}

Ledger::Ref Provider::enter(const Caller& caller, const Plan& plan, const std::string& model) {
  Entry entry;
  entry.id = ledger_.keep(caller.call_id);
  entry.parties = ledger_.keep_one({caller.key, model, caller.worker, plan.behaviour->mark, caller.dialect});
  entry.tokens_in = plan.tokens_in;
  entry.tokens_cached = plan.tokens_cached;
  entry.tokens_out = plan.tokens_out;
  entry.nanos = plan.nanos;
  entry.received_at = loop_.now();
  entry.status = static_cast<std::uint16_t>(plan.behaviour->status);
  entry.fault = plan.behaviour->fault;
  ++totals_.received;
  totals_.tokens_in += plan.tokens_in;
  totals_.tokens_out += plan.tokens_out;
  totals_.nanos += plan.nanos;
  return ledger_.add(entry);
}

Result<Question, ErrorAnswer> Provider::read(const net::ServerRequest& request, const Dialect& dialect) const {
  if (auto refused = dialect.unauthorized(request, planner_.script())) return failure(std::move(*refused));
  return dialect.read(request);
}

Plan Provider::plan_for(const Caller& caller, const Result<Question, ErrorAnswer>& question) {
  if (!question) return refusal(question.error());
  if (planner_.script().require_key && caller.key.empty()) return refusal(missing_key());
  return planner_.plan(caller, *question);
}

Task<> Provider::answer_call(net::ServerRequest request, net::Exchange& exchange, const Dialect& dialect) {
  Caller caller = caller_of(request, dialect);
  std::string number = std::to_string(++calls_);
  if (caller.call_id.empty()) caller.call_id = "unnamed-" + number;
  Result<Question, ErrorAnswer> question = read(request, dialect);
  request = net::ServerRequest();  // a call may be slow, and there are many
  const Plan plan = plan_for(caller, question);
  const std::string model = question ? std::move(question->model) : std::string();
  if (question) *question = Question();
  const Ledger::Ref entry = enter(caller, plan, model);
  Call call(*this, entry, caller, plan.behaviour->mark, plan.script->bill_aborted);
  caller = Caller();
  if (plan.latency > Duration::zero()) co_await sleep_for(loop_, plan.latency);
  const bool whole = co_await performance_.play(plan, dialect, std::move(number), exchange);
  call.played(whole, exchange.client_left());
  exchange.if_reset_later([this, entry] {
    Entry* sent = ledger_.find(entry);
    if (sent == nullptr || !sent->delivered) return;
    sent->delivered = false;
    --totals_.delivered;
  });
}

}  // namespace assay::fake
