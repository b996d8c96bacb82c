#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <iterator>
#include <map>
#include <set>

#include "client/client.hpp"
#include "curl/curl_transport.hpp"
#include "fake/provider.hpp"
#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "runtime/scope.hpp"
#include "tests/support/parameter.hpp"

/// Two tenants ask through one process and one transport, each in every dialect, whole and streamed, with repeats, cut
/// connections and refusals between. The provider's own ledger holds the fingerprint of the key that each call brought:
/// it must be the key of the tenant who asked. Calls that AWS would have signed are checked with the tenant's secret.
/// `-- --calls N`: so many questions, 2,000 unless stated.
namespace {

using namespace assay;

constexpr const char* rules = R"("seed": 11,
  "default": {"text": {"template": "{{call_id}}"}},
  "rules": [
    {"probability": 0.03, "status": 503},
    {"probability": 0.03, "status": 429, "retry_after": "0"},
    {"probability": 0.02, "status": 401, "error": {"message": "Incorrect API key provided"}},
    {"probability": 0.02, "fault": "cut", "bytes": 60},
    {"probability": 0.02, "fault": "reset", "bytes": 0},
    {"probability": 0.02, "fault": "html"}]})";

using Kind = providers::DialectKind;

/// A way to bring a key.
struct Manner {
  char letter;
  Kind dialect;
  bool is_signed = false;
  const char* api_version = "";
};
constexpr Manner manners[] = {{'c', Kind::openai_chat},
                              {'m', Kind::anthropic_messages},
                              {'n', Kind::anthropic_messages, false, "2026-10-21"},
                              {'r', Kind::openai_responses},
                              {'z', Kind::azure_openai},
                              {'g', Kind::gemini},
                              {'b', Kind::bedrock},
                              {'s', Kind::bedrock, true},
                              {'o', Kind::ollama}};
constexpr char tenants[] = {'a', 'b'};
constexpr std::size_t pairs = std::size(tenants) * std::size(manners);

/// What the vendor sees of it: of a signed call, the key's id.
std::string key_of(char tenant, char manner) {
  return std::string("key-of-") + tenant + '-' + manner + "-0123456789abcdef01234567";
}
std::string signing_secret(char tenant) {
  return std::string("secret-of-") + tenant + "-89abcdef0123456789abcdef";
}
std::string provider_name(char tenant, char manner) {
  return std::string("of-") + tenant + '-' + manner;
}

/// `hosts`: where a tenant's signed calls go; all others go to the first.
routing::RouterSettings routes(const std::string (&hosts)[2]) {
  routing::RouterSettings settings;
  for (const char tenant : tenants) {
    for (const Manner& manner : manners) {
      routing::ProviderSettings provider;
      provider.name = provider_name(tenant, manner.letter);
      provider.dialect = manner.dialect;
      provider.base_url = hosts[manner.is_signed && tenant == 'b' ? 1 : 0];
      provider.api_version = manner.api_version;
      if (manner.dialect == Kind::bedrock) provider.region = "us-east-1";
      const std::string key = key_of(tenant, manner.letter);
      if (manner.is_signed) provider.key_id = key;
      provider.key = Secret(manner.is_signed ? signing_secret(tenant) : key);
      settings.providers.push_back(std::move(provider));
    }
  }
  return settings;
}

client::Settings patient() {
  client::Settings settings;
  settings.retry.backoff = std::chrono::milliseconds(1);
  settings.retry.backoff_cap = std::chrono::milliseconds(4);
  return settings;
}

/// The fault that this test must find: now and then a call leaves with the key, or the signature, of the call before it
/// that brought one in the same way.
class KeySwapper final : public http::Transport {
 public:
  explicit KeySwapper(http::Transport& inner) : inner_(inner) {}
  Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline deadline) override {
    if (request.sign) {
      std::swap(request.sign, signer_);
      if (++signed_ % 20 != 0) request.sign = signer_;
    } else {
      auto& before = before_[request.secrets.at(0).name];
      const auto mine = request.secrets;
      if (++calls_ % 100 == 0 && !before.empty()) request.secrets = before;
      before = mine;
    }
    co_return co_await inner_.send(std::move(request), deadline);
  }

 private:
  http::Transport& inner_;
  std::uint64_t calls_ = 0, signed_ = 0;
  std::map<std::string, std::vector<http::SecretHeader>> before_;
  std::function<void(http::Request&, std::chrono::sys_seconds)> signer_;
};

struct Seen {
  std::int64_t calls = 0, strangers = 0, answers = 0, failures = 0, wrong_texts = 0;
  std::int64_t signed_calls = 0, bad_signatures = 0;
  std::set<std::string> keys;
  std::uint64_t connections = 0;
};

class Run {
 public:
  Run(std::int64_t questions, bool broken) : questions_(questions), swapper_(transport_) {
    for (const char tenant : tenants) {
      const std::string script = "{\"aws_secret\": \"" + signing_secret(tenant) + "\", " + rules;
      BOOST_REQUIRE(vendor_of(tenant).use_script(script).has_value());
    }
    client_.emplace(loop_, broken ? static_cast<http::Transport&>(swapper_) : transport_, router_, prices_, random_,
                    patient());
  }

  Seen run() {
    loop_.run(all());
    for (const char tenant : tenants) read_ledger(vendor_of(tenant).ledger());
    seen_.connections = transport_.stats().connections_opened;
    return seen_;
  }

 private:
  Task<> all() {
    Scope serving(loop_, co_await current_stop());
    for (const char tenant : tenants) serving.start(vendor_of(tenant).run());
    {
      Scope asking(loop_, co_await current_stop());
      for (int n = 0; n < 64; ++n) asking.start(ask_in_turn());
      co_await asking.join();
    }
    serving.request_stop(StopReason::cancelled);
    co_await serving.join();
  }

  Task<> ask_in_turn() {
    while (next_ < questions_) {
      const std::int64_t n = next_++;
      const char tenant = tenants[n % 2];
      const Manner& manner = manners[static_cast<std::size_t>(n / 2) % std::size(manners)];
      const bool streamed = n / static_cast<std::int64_t>(pairs) % 2 == 0;
      providers::Question question;
      question.input = "question " + std::to_string(n);
      question.call_id = std::string{tenant, manner.letter} + "-" + std::to_string(n);
      const std::string model = provider_name(tenant, manner.letter) + "/some-model";
      const std::string id = question.call_id;
      Task<Result<client::Answer, Failure>> asking =
          streamed ? client_->stream(model, std::move(question), {}) : client_->complete(model, std::move(question));
      const auto answer = co_await asking;
      ++(answer ? seen_.answers : seen_.failures);
      if (answer && answer->completion.text.compare(0, id.size(), id) != 0) ++seen_.wrong_texts;
    }
  }

  void read_ledger(const fake::Ledger& ledger) {
    for (std::size_t n = 0; n < ledger.size(); ++n) {
      const fake::Entry& entry = ledger.at(n);
      const char tenant = entry.id.at(0), manner = entry.id.at(1);
      ++seen_.calls;
      seen_.keys.insert(entry.parties->key);
      if (entry.parties->key != fake::fingerprint(key_of(tenant, manner))) ++seen_.strangers;
      if (manner == 's') ++seen_.signed_calls;
      if (manner == 's' && entry.status == 403) ++seen_.bad_signatures;
    }
  }

  fake::Provider& vendor_of(char tenant) { return tenant == 'a' ? vendor_ : other_vendor_; }

  const std::int64_t questions_;
  std::int64_t next_ = 0;
  Seen seen_;
  net::EpollPort port_;
  Loop loop_{port_};
  fake::Provider vendor_{loop_, port_}, other_vendor_{loop_, port_};
  curl::CurlTransport transport_{loop_, port_};
  KeySwapper swapper_;
  routing::Router router_{routes({vendor_.url(), other_vendor_.url()})};
  pricing::PriceBook prices_;
  Random random_{3};
  std::optional<Client> client_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(key_isolation)

BOOST_AUTO_TEST_CASE(no_call_ever_carries_another_tenants_key) {
  const std::int64_t questions = testing::parameter("calls", 2'000);

  const Seen seen = Run(questions, false).run();

  std::printf(
      "%lld questions in %zu manners, %lld calls (%lld signed), %lld answers, %lld failures, %llu connections\n",
      static_cast<long long>(questions), std::size(manners), static_cast<long long>(seen.calls),
      static_cast<long long>(seen.signed_calls), static_cast<long long>(seen.answers),
      static_cast<long long>(seen.failures), static_cast<unsigned long long>(seen.connections));
  std::printf("%lld keys of strangers, %lld signatures of strangers\n", static_cast<long long>(seen.strangers),
              static_cast<long long>(seen.bad_signatures));
  BOOST_TEST(seen.strangers == 0);
  BOOST_TEST(seen.bad_signatures == 0);
  BOOST_TEST(seen.wrong_texts == 0);
  BOOST_TEST(seen.keys.size() == pairs);
  BOOST_TEST(seen.answers + seen.failures == questions);
  BOOST_TEST(seen.calls > questions);  // some were asked again
  BOOST_TEST(seen.answers > questions * 9 / 10);
  BOOST_TEST(seen.connections < static_cast<std::uint64_t>(questions) / 4);  // connections were shared
}

BOOST_AUTO_TEST_CASE(a_key_that_crosses_over_is_seen) {
  const Seen seen = Run(2'000, true).run();

  BOOST_TEST(seen.strangers > 0);
  BOOST_TEST(seen.bad_signatures > 0);
}

BOOST_AUTO_TEST_SUITE_END()
