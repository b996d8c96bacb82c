#include "tests/system/stage.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/results_collector.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "json/writer.hpp"

namespace assay::testing {
namespace {

namespace fs = std::filesystem;

std::string fresh_directory() {
  std::string form = (fs::temp_directory_path() / "assay-system-XXXXXX").string();
  if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  return form;
}

std::string content_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Socket {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ~Socket() { close(fd); }
};

std::string quoted(const json::View& view) {
  return "'" + std::string(view.string_or("")) + "'";
}

}  // namespace

std::string program() {
  const char* other = std::getenv("ASSAY_PROGRAM");
  return other != nullptr ? other : ASSAY_PROGRAM;
}

std::string get(const std::string& url) {
  const std::size_t colon = url.rfind(':'), slash = url.find('/', colon);
  const Socket socket;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1, slash - colon - 1))));
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (connect(socket.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to " + url);
  const std::string request = "GET " + url.substr(slash) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  if (send(socket.fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    throw std::runtime_error("cannot ask " + url);
  std::string answer;
  char block[65536];
  for (ssize_t size = 0; (size = recv(socket.fd, block, sizeof block, 0)) > 0;)
    answer.append(block, static_cast<std::size_t>(size));
  const std::size_t head = answer.find("\r\n\r\n");
  if (head == std::string::npos || answer.compare(9, 3, "200") != 0)
    throw std::runtime_error("no good answer from " + url + ": " + answer.substr(0, 200));
  return answer.substr(head + 4);
}

Stage::Stage(const std::string& script, const std::string& settings, const std::string& cluster, std::string providers)
    : directory_(fresh_directory()), database_(TestDatabase::Contents::migrated, cluster) {
  Child::Start start;
  start.words = {program(), "fake-provider", "--script", file("script.json", script)};
  start.log = directory_ + "/fake.log";
  fake_ = std::make_unique<Child>(start);
  fake_url_ = fake_->read_line();
  for (std::size_t at = 0; (at = providers.find("@FAKE@", at)) != std::string::npos;) providers.replace(at, 6, fake_url_);
  config_ = file("worker.yaml", "providers:\n  openai:\n    base_url: " + fake_url_ +
                                    "\n    api_key: stand-in\n    headers:\n"
                                    "      X-Assay-Worker: ${WORKER_NAME}\n" +
                                    providers + "log:\n  format: logfmt\n" +
                                    settings);
}

Stage::~Stage() {
  const auto test = boost::unit_test::framework::current_test_case_id();
  std::error_code ignored;
  if (std::uncaught_exceptions() == 0 && boost::unit_test::results_collector_t::instance().results(test).passed()) {
    fs::remove_all(directory_, ignored);
  } else {
    std::fprintf(stderr, "the logs are in %s\n", directory_.c_str());
  }
}

std::string Stage::file(const std::string& name, const std::string& content) {
  const std::string path = directory_ + "/" + name;
  std::ofstream(path) << content;
  return path;
}

std::map<std::string, std::string> Stage::environment(const std::string& worker) const {
  return {{"DATABASE_URL", url_}, {"WORKER_NAME", worker}, {"HOME", directory_}};
}

Said Stage::assay(std::vector<std::string> words) {
  Child::Start start;
  start.words = std::move(words);
  start.words.insert(start.words.begin(), program());
  start.environment = environment("none");
  start.log = directory_ + "/command.log";
  std::error_code ignored;
  fs::remove(start.log, ignored);
  Child child(start);
  Said said;
  said.out = child.read_all();
  said.code = child.wait();
  said.err = content_of(start.log);
  return said;
}

std::unique_ptr<Child> Stage::worker(const std::string& name, std::vector<std::string> more) {
  Child::Start start;
  start.words = {program(), "worker", "--config", config_};
  start.words.insert(start.words.end(), more.begin(), more.end());
  start.environment = environment(name);
  start.log = directory_ + "/" + name.substr(0, name.find('.')) + ".log";
  return std::make_unique<Child>(start);
}

std::vector<std::int64_t> Stage::enqueue(const std::string& suite, std::int64_t copies) {
  const Said said =
      assay({"enqueue", file("suite.json", suite), "--model", "gpt-4o", "--copies", std::to_string(copies)});
  if (said.code != 0) throw std::runtime_error("enqueue failed: " + said.err);
  std::vector<std::int64_t> jobs;
  std::stringstream lines(said.out);
  for (std::int64_t job = 0; lines >> job;) jobs.push_back(job);
  return jobs;
}

std::int64_t Stage::open_jobs() {
  return number(
      "select count(*) from @assay_private@.job j where not exists (select from @assay_private@.job_end e where "
      "e.job_id = j.id)");
}

void Stage::await_all_jobs(std::chrono::seconds limit) {
  await("the end of all jobs", limit, [this] { return open_jobs() == 0; });
}

json::Document Stage::stats() {
  auto document = json::parse(get(fake_url_ + "/_fake/stats"));
  if (!document) throw std::runtime_error("the fake provider's statistics cannot be read");
  return std::move(*document);
}

std::int64_t Stage::open_calls(const std::string& worker) {
  return stats()["open_by_worker"][worker].as_int64().value_or(0);
}

std::int64_t Stage::stat(const std::string& name) {
  return stats()[name].as_int64().value();
}

void Stage::verify() {
  const Said said = assay({"verify"});
  BOOST_TEST_MESSAGE(said.out.substr(said.out.rfind('\n', said.out.size() - 2) + 1));
  BOOST_CHECK_MESSAGE(said.code == 0, said.out << said.err);
}

std::int64_t Stage::compare_ledgers() {
  database_.run(
      "drop table if exists public.received; drop table if exists public.ledger;"
      "create table public.received (n bigint, id text, worker text, mark text, nanos bigint, delivered boolean, "
      "aborted boolean)");
  std::int64_t total = 0;
  for (;;) {
    std::stringstream lines(get(fake_url_ + "/_fake/ledger?after=" + std::to_string(total) + "&limit=2000"));
    std::string rows;
    std::int64_t read = 0;
    for (std::string line; std::getline(lines, line); ++read) {
      const auto entry = json::parse(line);
      if (!entry) throw std::runtime_error("the fake provider's ledger cannot be read: " + line);
      const json::Document& call = *entry;
      rows += (rows.empty() ? "(" : ",(") + std::to_string(*call["n"].as_int64()) + "," + quoted(call["id"]) + "," +
              quoted(call["worker"]) + "," + quoted(call["mark"]) + "," + std::to_string(*call["nanos"].as_int64()) +
              "," + call["delivered"].dump() + "," + call["aborted"].dump() + ")";
    }
    if (read == 0) break;
    database_.run("insert into public.received values " + rows);
    total += read;
  }
  database_.run(
      "create table public.ledger as select job_id, cell, seq, call_id, state, worker, failure, late, (cost * "
      "1e9)::bigint as nanos, "
      "(charged * 1e9)::bigint as charged, begun_at, ended_at from @assay@.calls");
  database_.run(
      "create index on public.received (id); create index on public.ledger (call_id); create index on public.ledger "
      "(job_id, cell, seq);"
      "analyze public.received; analyze public.ledger");
  return total;
}

std::string plain_suite(int cases, const std::string& name, const std::string& word) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().field("name", name).field("prompt", "Answer the question.").key("cases").begin_array();
  for (int i = 0; i < cases; ++i) {
    writer.begin_object()
        .field("title", "case " + std::to_string(i))
        .field("input", word + " " + std::to_string(i))
        .key("assertions")
        .begin_array();
    writer.begin_object().field("type", "contains").field("value", "Paris").end_object().end_array().end_object();
  }
  writer.end_array().end_object();
  return text;
}

}  // namespace assay::testing
