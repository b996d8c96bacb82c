#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "client/client.hpp"
#include "curl/curl_transport.hpp"
#include "net/epoll_port.hpp"
#include "runtime/scope.hpp"
#include "tests/system/canary_echoes.hpp"
#include "tests/system/stage.hpp"

/// Secrets that no other text resembles are configured in every place that takes one, and a vendor echoes them in every
/// place that it can. Afterwards everything that the program has said or written is searched for ten letters in a row
/// of any of them. `-- --canaries N`: so many secrets, 500 unless stated.
///
/// The search cannot pass for want of sight: other vendors give away secrets that nobody has configured, in the same
/// ways through the same places, and those must be found.
namespace {

using namespace assay;
using namespace assay::testing;

std::string content_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The vendors: each asks for its own secrets to be given away.
struct World {
  Maker maker{20261121};
  std::vector<CanaryProvider> own, strangers;
  std::map<std::string, std::string> urls;  ///< by provider
  std::vector<std::unique_ptr<Child>> fakes;
  std::vector<Canary> foreign;  ///< what strangers' vendors give away, in the order of ways, for each stranger
  Canary proxy = maker.make("key of the proxy", ""), database = maker.make("password of the database", "");
  Search known, unknown;

  explicit World(std::size_t canaries)
      : own(make_providers(maker, canaries, "p")), strangers(make_providers(maker, 2 * shapes, "s")) {
    for (const auto* providers : {&own, &strangers}) {
      for (const CanaryProvider& provider : *providers) {
        for (const Canary& canary : provider.secrets) known.learn(canary);
      }
    }
    known.learn(proxy);
    known.learn(database);
  }
  void start(Stage& stage);

 private:
  void start_fake(Stage& stage, const std::string& rules, const std::vector<std::string>& models,
                  const std::vector<const CanaryProvider*>& providers);
};

void World::start_fake(Stage& stage, const std::string& rules, const std::vector<std::string>& models,
                       const std::vector<const CanaryProvider*>& providers) {
  const std::string number = std::to_string(fakes.size());
  Child::Start start;
  start.words = {program(), "fake-provider", "--script",
                 stage.file("echoes" + number + ".json", script_of(rules, models))};
  start.log = stage.directory() + "/fake" + number + ".log";
  fakes.push_back(std::make_unique<Child>(start));
  const std::string url = fakes.back()->read_line();
  for (const CanaryProvider* provider : providers) urls[provider->name] = url;
}

/// One of each shape has a vendor of its own, whose models are named as its secrets.
void World::start(Stage& stage) {
  std::string rules;
  std::vector<std::string> models;
  std::vector<const CanaryProvider*> here;
  for (std::size_t at = 0; at < own.size(); ++at) {
    here.push_back(&own[at]);
    for (std::size_t n = 0; n < own[at].secrets.size(); ++n) {
      for (std::size_t way = 0; way < ways().size(); ++way) add_echo(rules, own[at], way, n, own[at].secrets[n].value);
      if (at < shapes) models.push_back(own[at].secrets[n].value);
    }
    if (at >= shapes && here.size() < 24 && at + 1 < own.size()) continue;
    start_fake(stage, rules, models, here);
    rules.clear();
    models.clear();
    here.clear();
  }
  for (const CanaryProvider& stranger : strangers) {
    for (std::size_t way = 0; way < ways().size(); ++way) {
      foreign.push_back(maker.make(ways()[way].name, ""));
      unknown.learn(foreign.back());
      for (std::size_t n = 0; n < 3; ++n) add_echo(rules, stranger, way, n, foreign.back().value);
    }
    foreign.push_back(maker.make("a model's name", ""));
    unknown.learn(foreign.back());
    start_fake(stage, rules, {foreign.back().value}, {&stranger});
    rules.clear();
  }
}

std::string settings_of(const World& world) {
  std::string yaml = "retry:\n  max_calls: 1\nlog:\n  format: logfmt\n  level: debug\nlimits:\n  stored_raw: 64KiB\n";
  yaml += "proxy:\n  base_url: http://127.0.0.1:9\n  api_key: " + world.proxy.value + "\nproviders:\n";
  for (const auto* providers : {&world.own, &world.strangers}) {
    for (const CanaryProvider& provider : *providers) yaml += yaml_of(provider, world.urls.at(provider.name));
  }
  return yaml;
}

struct Sinks {
  std::map<std::string, std::string> texts;
  void add(const std::string& name, std::string text) { texts[name] += std::move(text) + "\n"; }
  void add(const std::string& name, const Said& said) { add(name, said.out + "\n" + said.err); }
};

/// Every row of every table and view, as text.
void read_database(TestDatabase& database, Sinks& sinks) {
  const auto names = database.run(
      "select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = "
      "c.relnamespace where n.nspname like 'assay%' and c.relkind in ('r', 'v', 'm', 'p') and not c.relispartition");
  for (int row = 0; row < names.size(); ++row) {
    const std::string name(names.text(row, 0));
    sinks.add("database", database.text("select coalesce(string_agg(t::text, E'\\n'), '') from " + name + " t"));
  }
}

/// The port that the worker's log names.
std::string pages_of(const std::string& log) {
  const std::size_t at = log.find("http://127.0.0.1:", log.find("level=info"));
  if (at == std::string::npos) return {};
  const std::string url = log.substr(at, log.find_first_of(" \"\n", at) - at);
  return get(url + "/metrics") + get(url + "/livez");
}

/// Questions and embeddings from a program, in the test's own process.
class Program {
 public:
  explicit Program(const World& world) : world_(world) {
    for (const auto* providers : {&world.own, &world.strangers}) {
      for (const CanaryProvider& provider : *providers)
        settings_.providers.push_back(assay::testing::settings_of(provider, world.urls.at(provider.name)));
    }
    router_.emplace(settings_);
    client::Settings once;
    once.retry.calls = 1;
    client_.emplace(loop_, transport_, *router_, prices_, random_, once);
  }
  std::string run() {
    loop_.run(all());
    return std::move(said_);
  }

 private:
  Task<> all() {
    Scope asking(loop_, co_await current_stop());
    for (int n = 0; n < 32; ++n) asking.start(ask_in_turn());
    co_await asking.join();
  }

  Task<> ask_in_turn() {
    const std::size_t each = ways().size() * 3, all = (world_.own.size() + world_.strangers.size()) * each;
    while (next_ < all) {
      const std::size_t n = next_++, at = n / each;
      const CanaryProvider& provider =
          at < world_.own.size() ? world_.own[at] : world_.strangers[at - world_.own.size()];
      const std::string words = words_for(ways()[n % each / 3], (n / each) % provider.secrets.size());
      providers::Question question;
      question.input = words;
      const std::string model = provider.model();
      if (n % 3 == 2) {
        Task<Result<client::Vectors, Failure>> asking = client_->embed(model, {words});
        const auto vectors = co_await asking;
        vectors ? tell(vectors->usage.raw) : tell(vectors.error());
        continue;
      }
      Task<Result<client::Answer, Failure>> asking =
          n % 3 == 0 ? client_->stream(model, std::move(question), {}) : client_->complete(model, std::move(question));
      const auto answer = co_await asking;
      answer ? tell(answer->completion) : tell(answer.error());
    }
  }

  void tell(const std::string& text) { said_ += text + "\n"; }
  void tell(const Failure& failure) {
    tell(failure.provider + " " + std::string(to_string(failure.kind)) + " " + failure.detail + " " +
         failure.request_id + " " + failure.vendor_code);
    if (failure.partial) tell(*failure.partial);
  }
  void tell(const Completion& said) {
    for (const std::string* text : {&said.finish_reason_raw, &said.served_model, &said.request_id, &said.service_tier,
                                    &said.fingerprint, &said.served_by, &said.reported_cost, &said.usage.raw})
      tell(*text);
  }

  const World& world_;
  std::size_t next_ = 0;
  std::string said_;
  net::EpollPort port_;
  Loop loop_{port_};
  curl::CurlTransport transport_{loop_, port_};
  routing::RouterSettings settings_;
  std::optional<routing::Router> router_;
  pricing::PriceBook prices_;
  Random random_{3};
  std::optional<Client> client_;
};

constexpr std::size_t most_models = 100;  // of one job

void enqueue(Stage& stage, const std::string& suite, const std::vector<std::string>& models) {
  std::vector<std::string> words{"enqueue", stage.file("suite.json", suite)};
  for (const std::string& model : models) words.insert(words.end(), {"--model", model});
  const Said said = stage.assay(words);
  BOOST_REQUIRE_MESSAGE(said.code == 0, said.err);
}

void run_worker(World& world, Stage& stage, const std::string& config, Sinks& sinks) {
  Child::Start start;
  start.words = {program(), "worker", "--config", config};
  start.environment = {{"DATABASE_URL", stage.database().url() + "&password=" + world.database.value}};
  start.log = stage.directory() + "/canaries.log";
  Child worker(start);
  const auto await_jobs = [&] {
    await("all jobs", std::chrono::seconds(400), [&] { return !worker.runs() || stage.open_jobs() == 0; });
  };
  // The log keeps the first hundred answers of a while.
  enqueue(stage, suite_of("logged", false, 1),
          {world.own[0].model(), world.own[3].model(), world.own[6].model(), world.strangers[3].model()});
  await_jobs();
  std::vector<std::string> models;
  for (const auto* providers : {&world.own, &world.strangers}) {
    for (const CanaryProvider& provider : *providers) models.push_back(provider.model());
  }
  for (std::size_t from = 0; from < models.size(); from += most_models) {
    const auto begin = models.begin() + static_cast<std::ptrdiff_t>(from);
    const std::vector<std::string> some(
        begin, begin + static_cast<std::ptrdiff_t>(std::min(most_models, models.size() - from)));
    enqueue(stage, suite_of("whole", false, 3), some);
    enqueue(stage, suite_of("streamed", true, 3), some);
  }
  await_jobs();
  sinks.add("metrics and health", pages_of(content_of(start.log)));
  worker.signal(SIGTERM);
  BOOST_TEST(worker.wait() == 0);
  sinks.add("worker's log", content_of(start.log));
}

/// Every command that shows something of a configuration or of what became of it.
void run_commands(const World& world, Stage& stage, const std::string& config, Sinks& sinks) {
  using Words = std::vector<std::string>;
  const std::string one = world.own[0].model();
  for (const Words& words : std::vector<Words>{{"config", "show"},
                                               {"config", "show", "--origin"},
                                               {"config", "show", "--json"},
                                               {"config", "check"},
                                               {"secrets", "list"},
                                               {"providers", "list"},
                                               {"providers", "list", "--json"},
                                               {"providers", "check"},
                                               {"models", "list"},
                                               {"models", "show", one},
                                               {"models", "cost", one, "--in", "5"},
                                               {"route", "explain", one},
                                               {"migrate", "status"},
                                               {"verify"},
                                               {"usage"},
                                               {"usage", "--by", "provider", "--json"}}) {
    Words with = words;
    with.insert(with.end(), {"--config", config});
    sinks.add(words[0] + (words.size() > 1 && words[1][0] != '-' ? " " + words[1] : ""), stage.assay(with));
  }
  for (const Words& words :
       std::vector<Words>{{"jobs", "show"}, {"jobs", "show", "1"}, {"results", "1"}, {"errors", "list"}})
    sinks.add(words[0], stage.assay(words));
  const std::int64_t jobs = stage.number("select count(*) from @assay_private@.job");
  for (std::int64_t n = 1; n <= jobs; ++n) sinks.add("results", stage.assay({"results", std::to_string(n), "--json"}));
  for (std::size_t n = 0; n < shapes; ++n) {
    for (const CanaryProvider* provider : {&world.own[n], &world.strangers[n]}) {
      sinks.add("models list --from", stage.assay({"models", "list", "--from", provider->name, "--config", config}));
      for (const std::size_t way : {2 * n, 2 * n + 1}) {
        const std::string words = words_for(ways()[way], 0);
        sinks.add("embed", stage.assay({"embed", words, "--model", provider->model(), "--config", config}));
      }
    }
  }
  std::string models;
  Words run{"run", stage.file("run.json", suite_of("run", true, 1)), "--json", "--config", config};
  for (const auto* providers : {&world.own, &world.strangers}) {
    for (std::size_t n = 0; n < 2 * shapes && n < providers->size(); ++n)
      run.insert(run.end(), {"--model", (*providers)[n].model()});
  }
  sinks.add("run", stage.assay(run));
}

/// What a worker says until it ends by itself, or says this.
std::string words_of_worker(Stage& stage, const std::string& url, const std::vector<std::string>& more,
                            std::string_view until) {
  Child::Start start;
  start.words = {program(), "worker"};
  start.words.insert(start.words.end(), more.begin(), more.end());
  start.environment = {{"DATABASE_URL", url}, {"OPENAI_API_KEY", "stand-in"}};
  start.log = stage.file("brief.log", "");
  Child worker(start);
  await("a word of the worker", std::chrono::seconds(60),
        [&] { return !worker.runs() || content_of(start.log).find(until) != std::string::npos; });
  worker.signal(SIGKILL);
  return content_of(start.log);
}

/// What is wrong around a secret is told without it.
void run_wrong_settings(const World& world, Stage& stage, Sinks& sinks) {
  const std::string &key = world.own[0].secrets[0].value, &header = world.own[0].secrets[1].value;
  for (const std::string& set :
       {"providers.p.base_url=http://host/v1?api_key=" + key, "providers.p.base_url=http://user:" + header + "@host/",
        "providers.p.region=" + key, "providers.p.key_id=" + key, "providers.p.dialect=" + key,
        "providers.p.api_key=" + key + "\n", "providers.p.headers.Authorization=" + header,
        "providers.p.headers.X-Key=" + key + "\r\nX: 1"})
    sinks.add("wrong settings", stage.assay({"config", "check", "--set", set}));
  int n = 0;
  for (const std::string& lines :
       {"api_key: \"" + key, "api_key: {" + key + ": 1}", "api_key: [" + key + "]", "api_keyy: " + key,
        "api_key: " + key + "\n    api_key: " + key, "api_key: ${" + key + "}", "api_key: ${file:/nowhere/" + key + "}",
        "headers: " + header, "headers:\n      - " + header, "api_key: " + key + ": x", "secret_key: *" + key,
        "base_url: http://user:" + key + "@host/v1\n    api_key: " + key}) {
    const std::string file =
        stage.file("wrong" + std::to_string(n++) + ".yaml", "providers:\n  openai:\n    " + lines + "\n");
    sinks.add("wrong files", stage.assay({"config", "check", file}));
    sinks.add("wrong files", words_of_worker(stage, stage.database().url(), {"--config", file}, "worker starts"));
  }
  const std::string real = stage.database().url();
  for (const std::string& url : {"postgresql://someone:" + world.database.value + "@127.0.0.1:1/nowhere",
                                 "postgresql://someone:" + world.database.value + "@@:x/nowhere",
                                 "host=127.0.0.1 port=1 user=x password=" + world.database.value,
                                 "host=127.0.0.1 port=1 password='" + world.database.value + " open"}) {
    stage.use_database(url);
    sinks.add("wrong databases", stage.assay({"jobs", "show"}));
    sinks.add("wrong databases", stage.assay({"migrate", "status"}));
    sinks.add("wrong databases", words_of_worker(stage, url, {}, "waiting for the database"));
  }
  stage.use_database(real);
}

void report(const World& world, const Sinks& sinks) {
  std::size_t found = 0, bytes = 0;
  std::set<std::string> seen;
  for (const auto& [name, text] : sinks.texts) {
    bytes += text.size();
    for (const auto& [canary, around] : world.known.find(text)) {
      if (++found <= 40) BOOST_ERROR(name << " holds the " << canary << ": …" << around << "…");
    }
    const auto strange = world.unknown.find(text);
    for (const auto& each : strange) seen.insert(each.first);
    std::printf("%-20s %10zu bytes; strangers' secrets by %zu of %zu ways\n", name.c_str(), text.size(), strange.size(),
                ways().size() + 1);
    // A canary planted in this very text is found.
    const Canary& planted = world.own.back().secrets.back();
    std::string leaked = text;
    leaked.insert(leaked.size() / 2, planted.core.substr(7, Search::window));
    BOOST_TEST(world.known.find(leaked).count(planted.name) == 1u);
    BOOST_TEST(text.size() > 2u, name << " says nothing");
  }
  std::printf("%zu canaries, %zu sinks, %zu bytes, %zu found\n", world.known.canaries(), sinks.texts.size(), bytes,
              found);
  BOOST_TEST(found == 0u);
  // Every way leads to some place that was searched; behind a name, a stranger's secret is hidden as well.
  for (const Way& way : ways()) BOOST_TEST(seen.count(way.name) == (way.has_label ? 0u : 1u), way.name);
  for (const char* name : {"database", "worker's log", "results", "run", "client", "embed"})
    BOOST_TEST(world.unknown.find(sinks.texts.at(name)).size() > 1u, name);
  BOOST_TEST(world.unknown.find(sinks.texts.at("models list --from")).count("a model's name") == 1u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canary_secrets)

BOOST_AUTO_TEST_CASE(are_in_nothing_that_the_program_says_or_writes) {
  World world(static_cast<std::size_t>(parameter("canaries", 500)));
  Stage stage("{}", "");
  world.start(stage);
  const std::string config = stage.file("canaries.yaml", settings_of(world));
  Sinks sinks;

  run_worker(world, stage, config, sinks);
  read_database(stage.database(), sinks);
  run_commands(world, stage, config, sinks);
  run_wrong_settings(world, stage, sinks);
  sinks.add("client", Program(world).run());

  report(world, sinks);
  const auto answers = static_cast<std::int64_t>((world.own.size() + world.strangers.size()) * ways().size() * 3 * 2 +
                                                 4 * ways().size());
  BOOST_TEST(stage.number("select count(*) from @assay@.results") == answers);
}

BOOST_AUTO_TEST_SUITE_END()
