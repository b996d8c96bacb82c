#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include "json/writer.hpp"
#include "runtime/random.hpp"
#include "tests/system/stage.hpp"

/// Secrets that no other text resembles are configured in every place that takes one, and a vendor echoes them in every
/// place that it can: error messages, codes, ids, headers, models, finish reasons, events in the middle of streams,
/// pages, masked and in parts. Afterwards everything that the program has said or written is searched for ten letters
/// in a row of any of them. `-- --canaries N`: so many secrets, 60 unless stated.
namespace {

using namespace assay::testing;
using assay::json::Writer;

constexpr std::size_t core_size = 32, window = 10;

struct Canary {
  std::string name, value, core;
};

/// Where a run of `window` letters of a canary stands in a text.
class Search {
 public:
  void learn(const Canary& canary) {
    for (std::size_t at = 0; at + window <= canary.core.size(); ++at)
      windows_.emplace(canary.core.substr(at, window), canary.name);
  }
  /// The names of those found, with the text around the first of each.
  std::map<std::string, std::string> find(std::string_view text) const {
    std::map<std::string, std::string> found;
    for (std::size_t at = 0; at + window <= text.size(); ++at) {
      const auto hit = windows_.find(std::string(text.substr(at, window)));
      if (hit == windows_.end()) continue;
      const std::size_t from = at < 120 ? 0 : at - 120;
      found.emplace(hit->second, std::string(text.substr(from, 260)));
    }
    return found;
  }

 private:
  std::unordered_map<std::string, std::string> windows_;
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}
  Canary make(const std::string& name, const std::string& prefix) {
    Canary canary{name, {}, {}};
    while (canary.core.size() < core_size) canary.core += letters_[random_.below(letters_.size())];
    canary.value = prefix + canary.core;
    return canary;
  }

 private:
  const std::string letters_ = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  assay::Random random_;
};

/// One provider of the configuration: its dialect, and its secrets, which share one number.
struct Provider {
  std::string name, dialect;
  Canary key, header;        ///< every provider has these
  std::vector<Canary> more;  ///< Bedrock's session token
};

struct Shape {
  const char *dialect, *prefix, *more;
};
constexpr Shape shapes[] = {
    {"openai", "sk-proj-", ""},
    {"anthropic", "sk-ant-api03-", ""},
    {"gemini", "AIzaSy", ""},
    {"azure", "", ""},
    {"bedrock", "", "    region: us-east-1\n    key_id: AKIAIOSFODNN7EXAMPLE\n"},
    {"openai-responses", "gsk_", ""},
    {"ollama", "", ""},
    {"anthropic", "Zq7", "    api_version: 2026-10-21\n"},
};

std::vector<Provider> make_providers(std::size_t canaries) {
  Maker maker(20261121);
  std::vector<Provider> providers;
  for (std::size_t made = 0; made < canaries;) {
    const std::size_t n = providers.size();
    const Shape& shape = shapes[n % std::size(shapes)];
    const std::string number = std::to_string(n);
    Provider provider{"p" + number,
                      shape.dialect,
                      maker.make("key " + number + " " + shape.dialect, shape.prefix),
                      maker.make("header " + number, "Bearer "),
                      {}};
    if (provider.dialect == "bedrock") provider.more.push_back(maker.make("session token " + number, "FwoG"));
    made += 2 + provider.more.size();
    providers.push_back(std::move(provider));
  }
  return providers;
}

std::string settings_of(const std::vector<Provider>& providers, const std::string& url) {
  std::string yaml = "retry:\n  max_calls: 1\nlog:\n  format: logfmt\n  level: debug\nproviders:\n";
  for (std::size_t n = 0; n < providers.size(); ++n) {
    const Provider& provider = providers[n];
    const bool bedrock = provider.dialect == "bedrock";
    yaml += "  " + provider.name + ":\n    dialect: " + provider.dialect + "\n    base_url: " + url + "\n";
    yaml += std::string(bedrock ? "    secret_key: " : "    api_key: ") + provider.key.value + "\n";
    if (bedrock) yaml += "    session_token: " + provider.more[0].value + "\n";
    yaml += shapes[n % std::size(shapes)].more;
    yaml += "    headers:\n      X-House-Secret: " + provider.header.value + "\n";
  }
  return yaml;
}

/// How a vendor gives a secret away: a part of the fake provider's script, around it.
const std::vector<std::string> ways{"message", "masked", "half",     "code",   "header",   "id",
                                    "page",    "in200",  "instream", "served", "finished", "malformed"};

void write_way(Writer& out, const std::string& way, const std::string& secret) {
  const auto error = [&](int status, const std::string& code, const std::string& message) {
    out.field("status", status).key("error").begin_object();
    out.field("code", code).field("type", code).field("message", message).end_object();
  };
  const auto headers = [&](const char* name) {
    out.key("headers").begin_object().field(name, secret).field("x-debug-echo", secret).end_object();
  };
  if (way == "message") error(401, "invalid_api_key", "Incorrect API key provided: " + secret + ". See the docs.");
  if (way == "masked")
    error(
        403, "denied",
        "Key " + secret.substr(0, secret.size() - 12) + "********" + secret.substr(secret.size() - 4) + " is blocked");
  if (way == "half") error(400, "bad", "x-api-key=" + secret.substr(0, secret.size() / 2 + 6));
  if (way == "code") error(400, secret, "\"" + secret + "\"");
  if (way == "header") {
    error(500, "server_error", "broken");
    headers("retry-after");
  }
  if (way == "id") {
    error(400, "bad", "url /v1?key=" + secret + "&x=1");
    headers("x-request-id");
  }
  if (way == "page") out.field("fault", "html").key("error").begin_object().field("message", secret).end_object();
  if (way == "in200") {
    out.field("fault", "error_in_200")
        .key("error")
        .begin_object()
        .field("message", "for " + secret)
        .field("code", secret)
        .end_object();
  }
  if (way == "instream") {
    out.field("fault", "error_event_mid_content").key("error").begin_object();
    out.field("message", "Authorization: Bearer " + secret).field("code", secret).end_object();
  }
  if (way == "served") out.field("served_model", secret);
  if (way == "finished") out.field("finish", secret);
  if (way == "malformed") {
    out.field("fault", "malformed_json").field("text", "Paris");
    headers("x-request-id");
  }
}

/// One rule for each provider and way; secrets take turns.
std::string script_of(const std::vector<Provider>& providers, const Canary& planted) {
  std::string text;
  Writer out(text);
  out.begin_object().key("default").begin_object().field("text", "Paris").end_object();
  out.key("rules").begin_array();
  for (const Provider& provider : providers) {
    std::vector<std::string> secrets{provider.key.value, provider.header.value};
    for (const Canary& canary : provider.more) secrets.push_back(canary.value);
    for (std::size_t way = 0; way < ways.size(); ++way) {
      for (std::size_t n = 0; n < secrets.size(); ++n) {
        out.begin_object().key("match").begin_object().field("model", provider.name + "-model");
        out.field("prompt_contains", "way " + ways[way] + " " + std::to_string(n) + "!").end_object();
        write_way(out, ways[way], secrets[n]);
        out.end_object();
      }
    }
  }
  out.begin_object().key("match").begin_object().field("prompt_contains", "planted").end_object();
  out.field("text", "the model itself says " + planted.value).end_object();
  out.end_array().end_object();
  return text;
}

std::string suite_of(bool streamed) {
  std::string text;
  Writer out(text);
  out.begin_object().field("name", streamed ? "streamed" : "whole").field("prompt", "Answer.").key("defaults");
  out.begin_object().field("stream", streamed).end_object().key("cases").begin_array();
  const auto add = [&](const std::string& words) {
    out.begin_object().field("title", words).field("input", words).key("assertions");
    out.raw(R"([{"type":"contains","value":"Paris"}])").end_object();
  };
  for (const std::string& way : ways) {
    for (int n = 0; n < 3; ++n) add("way " + way + " " + std::to_string(n) + "!");
  }
  add("planted");
  out.end_array().end_object();
  return text;
}

std::string content_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Sinks {
  std::map<std::string, std::string> texts;
  void add(const std::string& name, std::string text) { texts[name] += std::move(text) + "\n"; }
  void add(const std::string& name, const Said& said) { add(name, said.out + "\n" + said.err); }
};

/// Every row of every table and view, as text.
std::string whole_database(TestDatabase& database) {
  std::string all;
  const auto names = database.run(
      "select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = "
      "c.relnamespace where n.nspname like 'assay%' and c.relkind in ('r', 'v', 'm', 'p') and not c.relispartition");
  for (int row = 0; row < names.size(); ++row) {
    const std::string name(names.text(row, 0));
    const std::string rows = database.text("select coalesce(string_agg(t::text, E'\\n'), '') from " + name + " t");
    all += "== " + name + "\n" + rows + "\n";
  }
  return all;
}

std::string model_of(const Provider& provider) {
  return provider.name + "/" + provider.name + "-model";
}

std::string models_of(const std::vector<Provider>& providers) {
  std::string models;
  for (const Provider& provider : providers) models += (models.empty() ? "" : ",") + model_of(provider);
  return models;
}

/// The port that the worker's log names.
std::string metrics_of(const std::string& log) {
  const std::size_t at = log.find("http://127.0.0.1:");
  if (at == std::string::npos) return {};
  const std::string url = log.substr(at, log.find_first_of(" \"\n", at) - at);
  return get(url + "/metrics") + get(url + "/livez");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canary_secrets)

BOOST_AUTO_TEST_CASE(are_in_nothing_that_the_program_says_or_writes) {
  const auto providers = make_providers(static_cast<std::size_t>(parameter("canaries", 60)));
  Maker other(1);
  Canary planted = other.make("planted", "Qx");
  planted.core = "PlantedCanary" + planted.core.substr(0, 16);
  planted.value = "Qx" + planted.core;
  Stage stage(script_of(providers, planted), "");
  const std::string config = stage.file("canaries.yaml", settings_of(providers, stage.fake_url()));
  const std::string log = stage.directory() + "/canaries.log";
  Sinks sinks;

  // A worker with a database …
  Child::Start start;
  start.words = {ASSAY_PROGRAM, "worker", "--config", config};
  start.environment = {{"DATABASE_URL", stage.database().url()}};
  start.log = log;
  {
    Child worker(start);
    for (const bool streamed : {false, true}) {
      std::vector<std::string> words{"enqueue", stage.file("suite.json", suite_of(streamed))};
      for (const Provider& provider : providers) words.insert(words.end(), {"--model", model_of(provider)});
      const Said said = stage.assay(words);
      BOOST_REQUIRE_MESSAGE(said.code == 0, said.err);
    }
    stage.await_all_jobs(std::chrono::seconds(200));
    sinks.add("metrics and health", metrics_of(content_of(log)));
    worker.signal(SIGTERM);
    BOOST_TEST(worker.wait() == 0);
  }
  sinks.add("the worker's log", content_of(log));
  sinks.add("the database", whole_database(stage.database()));

  // … every command that shows something …
  const std::string one = model_of(providers[0]);
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"config", "show", "--config", config},
                                             {"config", "show", "--origin", "--config", config},
                                             {"config", "check", "--config", config},
                                             {"jobs", "list"},
                                             {"results", "1"},
                                             {"results", "1", "--json"},
                                             {"results", "2"},
                                             {"providers", "list", "--config", config},
                                             {"models", "list", "--config", config},
                                             {"route", "explain", one, "--config", config},
                                             {"errors"},
                                             {"usage"},
                                             {"embed", "x", "--model", one, "--config", config}}) {
    sinks.add("assay " + words[0] + (words.size() > 1 ? " " + words[1] : ""), stage.assay(words));
  }
  // … a run without a database, and settings that are wrong around a secret.
  sinks.add("assay run", stage.assay({"run", stage.file("suite.json", suite_of(true)), "--model", models_of(providers),
                                      "--json", "--config", config}));
  sinks.add("wrong settings", stage.assay({"config", "check", "--set",
                                           "providers.p.base_url=http://host/v1?api_key=" + providers[0].key.value}));
  sinks.add("wrong settings",
            stage.assay({"config", "check", "--set",
                         "providers.p.base_url=http://user:" + providers[0].header.value + "@host/"}));
  sinks.add("wrong settings",
            stage.assay({"config", "check", "--set", "providers.p.region=" + providers[0].key.value}));

  Search search;
  std::size_t canaries = 0;
  for (const Provider& provider : providers) {
    search.learn(provider.key);
    search.learn(provider.header);
    for (const Canary& canary : provider.more) search.learn(canary);
    canaries += 2 + provider.more.size();
  }
  std::size_t found = 0, bytes = 0;
  for (const auto& [name, text] : sinks.texts) {
    bytes += text.size();
    BOOST_TEST_MESSAGE(name << ": " << text.size() << " bytes");
    for (const auto& [canary, around] : search.find(text)) {
      ++found;
      BOOST_ERROR(name << " holds " << canary << ": …" << around << "…");
    }
  }
  std::printf("%zu canaries, %zu echoes, %zu sinks, %zu bytes, %zu found\n", canaries,
              2 * providers.size() * ways.size() * 2, sinks.texts.size(), bytes, found);

  // The search can find: what a model says is its answer, and stands where answers stand.
  Search known;
  known.learn(planted);
  BOOST_TEST(known.find(sinks.texts["the database"]).size() == 1u);
  BOOST_TEST(known.find(sinks.texts["assay results"] + sinks.texts["assay results 1"]).size() == 1u);
  BOOST_TEST(known.find(sinks.texts["assay run"]).size() == 1u);
  // And the vendor was really asked, in both ways.
  BOOST_TEST(stage.stat("received") >= static_cast<std::int64_t>(3 * providers.size() * (3 * ways.size() + 1)));
  BOOST_TEST(stage.number("select count(*) from @assay@.results where failure is not null") >
             static_cast<std::int64_t>(providers.size()));
}

BOOST_AUTO_TEST_SUITE_END()
