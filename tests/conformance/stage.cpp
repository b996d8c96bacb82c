#include "tests/conformance/stage.hpp"

#include <stdexcept>

namespace assay::conformance {
namespace {

using namespace std::chrono_literals;
using providers::DialectKind;

/// The bodies' cap, small so that what passes it is not large.
constexpr std::size_t response_bytes = 256u << 10;

/// Nano-dollars per million tokens, the same for both sides of the account.
constexpr const char* bill = R"("input":2000000000,"cached":500000000,"written":3000000000,"output":10000000000)";

engine::Settings engine_settings() {
  engine::Settings settings;
  settings.call_timeout = 6s;
  settings.first_token_timeout = 3s;
  settings.stall_timeout = 3s;
  settings.response_bytes = response_bytes;
  settings.retry.backoff = 2ms;
  settings.retry.in_place = 20ms;  // a longer wish goes to the queue
  settings.poll = 5ms;
  settings.poll_hinted = 5ms;
  settings.grace = 3s;
  settings.grace_margin = 2s;
  return settings;
}

struct Spoken {
  const char* dialect;
  DialectKind kind;
};
constexpr Spoken spoken[] = {{"openai", DialectKind::openai_chat},
                             {"openai-responses", DialectKind::openai_responses},
                             {"azure", DialectKind::azure_openai},
                             {"azure-classic", DialectKind::azure_openai},
                             {"anthropic", DialectKind::anthropic_messages},
                             {"anthropic-2026", DialectKind::anthropic_messages},
                             {"gemini", DialectKind::gemini},
                             {"bedrock", DialectKind::bedrock},
                             {"bedrock-signed", DialectKind::bedrock},
                             {"ollama", DialectKind::ollama},
                             {"litellm", DialectKind::openai_chat}};

routing::ProviderSettings provider_named(const std::string& name, DialectKind kind, const std::string& url) {
  routing::ProviderSettings settings;
  settings.name = name;
  settings.dialect = kind;
  settings.base_url = url;
  settings.key = Secret(std::string(canary));
  settings.vendor = "fake";
  settings.is_proxy = name == "litellm";
  if (kind == DialectKind::bedrock) settings.region = "us-east-1";
  if (name == "azure-classic") settings.api_version = "2024-10-21";
  if (name == "anthropic-2026") settings.api_version = "2026-10-21";
  if (name == "bedrock-signed") settings.key_id = "AKIDCONFORMANCE";
  if (kind == DialectKind::openai_chat) settings.profile = providers::vendor_profile(name);
  return settings;
}

routing::RouterSettings router_settings(routing::Mode mode, const std::string& url) {
  routing::RouterSettings settings;
  settings.mode = mode;
  for (const Spoken& one : spoken) settings.providers.push_back(provider_named(one.dialect, one.kind, url));
  for (const char* vendor :
       {"openrouter", "groq", "together", "mistral", "deepseek", "huggingface", "xai", "vllm", "llamacpp"}) {
    settings.providers.push_back(provider_named(vendor, DialectKind::openai_chat, url + "/v1"));
  }
  return settings;
}

std::string price_table(const std::vector<std::string>& models) {
  std::string table = "vendor\tmodel\tfrom\tinput\tcached_read\tcache_write_5m\toutput\tsource\n";
  for (const std::string& model : models) table += "fake\t" + model + "\t2020-01-01\t2\t0.5\t3\t10\ttest\n";
  return table;
}

/// Of a name that no rule knows, so that no family's rules act; a proxy finds it by its own.
std::string bare_model(std::size_t index) {
  return "case-" + std::to_string(index);
}

pricing::PriceBook prices(std::size_t count) {
  std::vector<std::string> models;
  for (std::size_t i = 0; i < count; ++i) models.push_back(bare_model(i));
  auto book = pricing::PriceBook::parse(price_table(models));
  if (!book) throw std::logic_error("the price table cannot be read: " + book.error());
  return std::move(*book);
}

/// Some vendors tell usage unasked, on a second call too.
std::string manners_for(const Case& one, std::size_t index) {
  for (const char* vendor : {"openrouter", "together", "mistral"}) {
    if (one.vendor == vendor) {
      return R"(,{"match":{"model":")" + bare_model(index) + R"("},"manner":")" + vendor + R"("})";
    }
  }
  return {};
}

std::string script(const std::vector<Case>& cases) {
  std::string text = R"({"aws_secret":")" + std::string(canary) + R"(","bills":[{)" + bill +
                     R"(}],"default":{"text":"Paris","tokens":{"input":100,"output":10}},"rules":[)";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    text += (i == 0 ? "" : ",") + (R"({"match":{"model":")" + bare_model(i)) + R"("},"times":1)";
    if (!cases[i].fake.empty()) text += "," + cases[i].fake;
    text += "}" + manners_for(cases[i], i);
  }
  return text + "]}";
}

/// At most 23 and 18 tokens with their frames, where nobody counts.
constexpr const char* suite_text =
    R"({"name":"conformance","prompt":"Name the capital, only it","cases":[{"title":"one",)"
    R"("input":"France, please.","assertions":[{"type":"contains","value":"Paris"}]}]})";

}  // namespace

/// Keeps what the worker tells of each job.
class Stage::Watcher final : public engine::Observer {
 public:
  std::map<JobId, Outcome> jobs;

 private:
  void call_ended(const CallId& call, std::string_view, const Failure* failure, Duration) override {
    jobs[call.job].calls.push_back({failure == nullptr ? std::nullopt : std::optional(*failure)});
  }
  void cell_stored(const LeaseRef& lease, const CellResult& result) override { jobs[lease.job].result = result; }
  void released(const LeaseRef& lease, const queue::Release& how) override {
    Outcome& job = jobs[lease.job];
    if (job.put_back) return;
    job.put_back = how.wake_after;
    job.calls_until_put_back = job.calls.size();
  }
  void broken(std::string_view where, std::string_view what) override {
    faults.push_back(std::string(where) + ": " + std::string(what));
  }

 public:
  std::vector<std::string> faults;
};

Stage::Stage(const Setting& setting, const std::vector<Case>& cases)
    : setting_(setting),
      cases_(cases),
      provider_(loop_, port_),
      offload_(loop_, 2),
      router_(router_settings(setting.mode, provider_.url())),
      prices_(prices(cases.size())),
      transport_(loop_, port_),
      store_([this] { return loop_.now(); }),
      queue_(loop_, store_, "conformance"),
      watcher_(std::make_unique<Watcher>()),
      worker_(loop_, queue_, transport_, router_, prices_, offload_, random_, *watcher_, engine_settings()),
      suite_(store_.put_suite(suite_text)),
      scope_(loop_, loop_.root()) {
  const auto used = provider_.use_script(script(cases));
  if (!used) throw std::runtime_error(setting.dialect + ": the fake refuses the cases' script: " + used.error());
  scope_.start(provider_.run());
  scope_.start(worker_.run());
}

Stage::~Stage() = default;

std::string Stage::model_of(std::size_t index) const {
  const std::string model = bare_model(index);
  if (setting_.dialect == "litellm" && setting_.mode != routing::Mode::native) return model;
  return (cases_[index].vendor.empty() ? setting_.dialect : cases_[index].vendor) + "/" + model;
}

JobId Stage::enqueue(std::size_t index) {
  queue::MemoryStore::Order order;
  order.suite = suite_;
  order.models = {model_of(index)};
  order.day = Day{20778};
  auto asking = std::make_shared<Asking>();
  asking->stream = cases_[index].form == Form::stream;
  order.sampling.asking = asking;
  return store_.enqueue(std::move(order));
}

bool Stage::is_over(JobId job) const {
  const auto seen = watcher_->jobs.find(job);
  if (seen != watcher_->jobs.end() && seen->second.put_back) return true;
  return store_.jobs().at(job).state > queue::MemoryStore::JobState::running;
}

void Stage::until(const std::function<bool()>& holds) {
  const Instant end = loop_.now() + 120s;
  for (;;) {
    loop_.work();
    if (holds()) return;
    if (loop_.now() >= end) throw std::runtime_error(setting_.dialect + ": the cases do not end");
    loop_.wait(end);
  }
}

void Stage::play(const std::vector<std::size_t>& indices) {
  std::vector<std::pair<std::size_t, JobId>> jobs;
  for (const std::size_t index : indices) jobs.emplace_back(index, enqueue(index));
  worker_.wake();
  until([&] {
    for (const auto& [index, job] : jobs) {
      if (!is_over(job)) return false;
    }
    return true;
  });
  for (const auto& [index, job] : jobs) {
    outcomes_[index] = outcome_of(index, job);
    if (outcomes_[index].put_back) store_.cancel(job);
  }
}

Outcome Stage::outcome_of(std::size_t index, JobId job) const {
  Outcome out = watcher_->jobs.at(job);
  out.faults = watcher_->faults;
  const CallId first{job, CellNumber(0), 1};
  if (const auto call = store_.calls().find(first); call != store_.calls().end()) out.bound = call->second.intent.bound;
  if (const auto ended = store_.ended().find(first); ended != store_.ended().end()) out.cost = ended->second.end.cost;
  if (out.result && out.result->seq == 1) out.cost = out.result->cost;
  for (std::size_t i = 0; i < provider_.ledger().size(); ++i) {
    const fake::Entry& entry = provider_.ledger().at(i);
    if (entry.parties->model != bare_model(index)) continue;
    out.fakes_bill = Money::nanos(entry.nanos);
    break;
  }
  return out;
}

std::vector<Outcome> Stage::play() {
  std::vector<std::size_t> together, alone;
  for (std::size_t i = 0; i < cases_.size(); ++i) (cases_[i].alone ? alone : together).push_back(i);
  play(together);
  for (const std::size_t index : alone) play({index});
  worker_.drain();
  provider_.drain();
  until([this] { return scope_.running() == 0; });
  std::vector<Outcome> out;
  for (auto& [index, outcome] : outcomes_) out.push_back(std::move(outcome));
  return out;
}

}  // namespace assay::conformance
