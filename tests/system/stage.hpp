#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "tests/support/parameter.hpp"
#include "tests/support/test_database.hpp"
#include "tests/system/child.hpp"

namespace assay::testing {

/// GET on the local machine, as text; throws when there is no answer of status 200.
std::string get(const std::string& url);

/// The program under test: the build's own, unless the environment's ASSAY_PROGRAM names another.
std::string program();

/// What a program said and how it ended.
struct Said {
  int code = 0;
  std::string out, err;
};

/// The whole program on a stage: a database, the fake provider, and as many workers as a test starts. All of it goes
/// with the stage; the logs stay when the test failed.
class Stage {
 public:
  /// `script`: the fake provider's. `settings`: YAML lines that go into the workers' configuration file. `providers`: the
  /// same for its providers beside OpenAI, with @FAKE@ for the fake provider's URL.
  Stage(const std::string& script, const std::string& settings, const std::string& cluster = cluster_url(),
        std::string providers = "");
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  TestDatabase& database() { return database_; }
  const std::string& directory() const { return directory_; }
  std::string file(const std::string& name, const std::string& content);

  /// Runs `assay WORD…` to its end.
  Said assay(std::vector<std::string> words);
  /// Starts a worker whose calls the fake provider counts under `name`.
  std::unique_ptr<Child> worker(const std::string& name, std::vector<std::string> more = {});

  /// From now on the commands speak to this database instead.
  void use_database(const std::string& url) { url_ = url; }

  /// Stores the suite and enqueues so many jobs for it, by the command line; the jobs' numbers.
  std::vector<std::int64_t> enqueue(const std::string& suite, std::int64_t copies = 1);
  std::int64_t open_jobs();
  void await_all_jobs(std::chrono::seconds limit);

  json::Document stats();
  std::int64_t open_calls(const std::string& worker);
  std::int64_t stat(const std::string& name);
  const std::string& fake_url() const { return fake_url_; }

  /// `assay verify` is clean: Boost.Test fails when it is not.
  void verify();

  /// Puts the fake provider's ledger beside ours: tables public.received (id, worker, nanos, delivered, aborted, n,
  /// mark) and public.ledger (the view calls). Returns the number of calls received.
  std::int64_t compare_ledgers();
  std::int64_t number(const std::string& sql) { return database_.number(sql); }

 private:
  std::map<std::string, std::string> environment(const std::string& worker) const;
  std::string directory_, fake_url_, config_;
  TestDatabase database_;
  std::string url_ = database_.url();
  std::unique_ptr<Child> fake_;
};

/// A suite of `cases` cases whose answers pass, as the scripts here give them.
std::string plain_suite(int cases, const std::string& name = "plain", const std::string& word = "question");

}  // namespace assay::testing
