#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <set>

#include "client/client.hpp"
#include "curl/curl_transport.hpp"
#include "fake/provider.hpp"
#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "runtime/scope.hpp"
#include "tests/support/parameter.hpp"

/// Two tenants ask through one process, one transport and one host, each in two dialects, whole and streamed, with
/// repeats, cut connections and refusals between. The provider's own ledger holds the fingerprint of the key that each
/// call brought: it must be the key of the tenant who asked. `-- --calls N`: so many questions, 2,000 unless stated.
namespace {

using namespace assay;

constexpr const char* script = R"({"seed": 11,
  "default": {"text": {"template": "{{call_id}}"}},
  "rules": [
    {"probability": 0.03, "status": 503},
    {"probability": 0.03, "status": 429, "retry_after": "0"},
    {"probability": 0.02, "status": 401, "error": {"message": "Incorrect API key provided"}},
    {"probability": 0.02, "fault": "cut", "bytes": 60},
    {"probability": 0.02, "fault": "reset", "bytes": 0},
    {"probability": 0.02, "fault": "html"}]})";

struct Tenant {
  char letter;
  std::string chat_key, messages_key;
};
const Tenant tenants[] = {{'a', "sk-tenant-a-0123456789abcdef01234567", "sk-ant-tenant-a-89abcdef0123456789abcdef"},
                          {'b', "sk-tenant-b-0123456789abcdef01234567", "sk-ant-tenant-b-89abcdef0123456789abcdef"}};

routing::RouterSettings routes(const std::string& url) {
  routing::RouterSettings settings;
  for (const Tenant& tenant : tenants) {
    routing::ProviderSettings chat;
    chat.name = std::string("chat-") + tenant.letter;
    chat.base_url = url;
    chat.key = Secret(tenant.chat_key);
    routing::ProviderSettings messages = chat;
    messages.name = std::string("messages-") + tenant.letter;
    messages.dialect = providers::DialectKind::anthropic_messages;
    messages.key = Secret(tenant.messages_key);
    settings.providers.push_back(std::move(chat));
    settings.providers.push_back(std::move(messages));
  }
  return settings;
}

client::Settings patient() {
  client::Settings settings;
  settings.retry.backoff = std::chrono::milliseconds(1);
  settings.retry.backoff_cap = std::chrono::milliseconds(4);
  return settings;
}

/// The fault that this test must find: now and then a call leaves with the key of the call before it.
class KeySwapper final : public http::Transport {
 public:
  explicit KeySwapper(http::Transport& inner) : inner_(inner) {}
  Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline deadline) override {
    if (++calls_ % 500 == 0 && request.secrets.size() == before_.size()) request.secrets.swap(before_);
    before_ = request.secrets;
    co_return co_await inner_.send(std::move(request), deadline);
  }

 private:
  http::Transport& inner_;
  std::uint64_t calls_ = 0;
  std::vector<http::SecretHeader> before_;
};

struct Seen {
  std::int64_t calls = 0, strangers = 0, answers = 0, failures = 0, wrong_texts = 0;
  std::set<std::string> keys;
  std::uint64_t connections = 0;
};

class Run {
 public:
  Run(std::int64_t questions, bool broken) : questions_(questions), swapper_(transport_) {
    BOOST_REQUIRE(provider_.use_script(script).has_value());
    client_.emplace(loop_, broken ? static_cast<http::Transport&>(swapper_) : transport_, router_, prices_, random_,
                    patient());
  }

  Seen run() {
    loop_.run(all());
    read_ledger();
    seen_.connections = transport_.stats().connections_opened;
    return seen_;
  }

 private:
  Task<> all() {
    Scope serving(loop_, co_await current_stop());
    serving.start(provider_.run());
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
      const Tenant& tenant = tenants[n % 2];
      const bool chat = n / 2 % 2 == 0, streamed = n / 4 % 2 == 0;
      providers::Question question;
      question.input = "question " + std::to_string(n);
      question.call_id = tenant.letter + std::string(chat ? "c-" : "m-") + std::to_string(n);
      const std::string model = (chat ? "chat-" : "messages-") + std::string(1, tenant.letter) + "/some-model";
      const std::string id = question.call_id;
      Task<Result<client::Answer, Failure>> asking =
          streamed ? client_->stream(model, std::move(question), {}) : client_->complete(model, std::move(question));
      const auto answer = co_await asking;
      ++(answer ? seen_.answers : seen_.failures);
      if (answer && answer->completion.text.compare(0, id.size(), id) != 0) ++seen_.wrong_texts;
    }
  }

  void read_ledger() {
    for (std::size_t n = 0; n < provider_.ledger().size(); ++n) {
      const fake::Entry& entry = provider_.ledger().at(n);
      const Tenant& tenant = entry.id.at(0) == 'a' ? tenants[0] : tenants[1];
      const std::string& key = entry.id.at(1) == 'c' ? tenant.chat_key : tenant.messages_key;
      ++seen_.calls;
      seen_.keys.insert(entry.parties->key);
      if (entry.parties->key != fake::fingerprint(key)) ++seen_.strangers;
    }
  }

  const std::int64_t questions_;
  std::int64_t next_ = 0;
  Seen seen_;
  net::EpollPort port_;
  Loop loop_{port_};
  fake::Provider provider_{loop_, port_};
  curl::CurlTransport transport_{loop_, port_};
  KeySwapper swapper_;
  routing::Router router_{routes(provider_.url())};
  pricing::PriceBook prices_;
  Random random_{3};
  std::optional<Client> client_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(key_isolation)

BOOST_AUTO_TEST_CASE(no_call_ever_carries_another_tenants_key) {
  const std::int64_t questions = testing::parameter("calls", 2'000);

  const Seen seen = Run(questions, false).run();

  std::printf("%lld questions, %lld calls, %lld answers, %lld failures, %llu connections, %lld keys of strangers\n",
              static_cast<long long>(questions), static_cast<long long>(seen.calls),
              static_cast<long long>(seen.answers), static_cast<long long>(seen.failures),
              static_cast<unsigned long long>(seen.connections), static_cast<long long>(seen.strangers));
  BOOST_TEST(seen.strangers == 0);
  BOOST_TEST(seen.wrong_texts == 0);
  BOOST_TEST(seen.keys.size() == 4u);
  BOOST_TEST(seen.answers + seen.failures == questions);
  BOOST_TEST(seen.calls > questions);  // some were asked again
  BOOST_TEST(seen.answers > questions * 9 / 10);
  BOOST_TEST(seen.connections < static_cast<std::uint64_t>(questions) / 4);  // connections were shared
}

BOOST_AUTO_TEST_CASE(a_key_that_crosses_over_is_seen) {
  const Seen seen = Run(2'000, true).run();

  BOOST_TEST(seen.strangers > 0);
}

BOOST_AUTO_TEST_SUITE_END()
