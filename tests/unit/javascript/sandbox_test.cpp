#include "javascript/sandbox.hpp"

#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <future>
#include <vector>

using namespace assay;
using javascript::Limits;
using javascript::Outcome;
using javascript::Sandbox;

namespace {

Result<Outcome, std::string> run(const std::string& body, const std::string& output = "\"Paris\"",
                                 const std::string& context = "{}", Limits limits = {}) {
  limits.time = std::max<Duration>(limits.time, std::chrono::seconds(20));  // the machine may be busy
  return Sandbox(ASSAY_JAVASCRIPT, limits).run(body, output, context);
}

std::string returned(const std::string& body, const std::string& output = "\"Paris\"",
                     const std::string& context = "{}") {
  const auto outcome = run(body, output, context);
  BOOST_REQUIRE_MESSAGE(outcome, (outcome ? "" : outcome.error()));
  BOOST_TEST((outcome->how == Outcome::How::returned), outcome->message);
  return outcome->json;
}

std::string thrown(const std::string& body) {
  const auto outcome = run(body);
  BOOST_REQUIRE_MESSAGE(outcome, (outcome ? "" : outcome.error()));
  BOOST_TEST((outcome->how == Outcome::How::threw), outcome->json);
  return outcome->message;
}

std::string limit(const std::string& body, Limits limits = {}) {
  const auto outcome = run(body, "1", "{}", limits);
  return outcome ? "no limit: " + outcome->json + outcome->message : outcome.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox)

BOOST_AUTO_TEST_CASE(calls_a_function_of_the_answer_and_its_context) {
  BOOST_TEST(returned("return output.includes('Par') && context.vars.x > 1", "\"Paris\"", R"({"vars":{"x":2}})") ==
             "true");
  BOOST_TEST(returned("return {pass: true, score: 0.5, reason: output}", "\"\\u00fc\\ud83d\\ude00\\ud800\"") ==
             "{\"pass\":true,\"score\":0.5,\"reason\":\"\xC3\xBC\xF0\x9F\x98\x80\\ud800\"}");
  BOOST_TEST(returned("return output.a[1] * 2", R"({"a":[1,21]})") == "42");
  BOOST_TEST(returned("return Promise.resolve([...'ab'].map(x => `${x}!`))") == "[\"a!\",\"b!\"]");
  BOOST_TEST(returned("return undefined").empty());
}

BOOST_AUTO_TEST_CASE(tells_what_was_thrown) {
  BOOST_TEST(thrown("throw new Error('no')") == "Error: no");
  BOOST_TEST(thrown("return (").starts_with("SyntaxError"));
  BOOST_TEST(thrown("return Promise.reject('later')") == "later");
  BOOST_TEST(thrown("return new Promise(() => {})").find("never be fulfilled") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(has_nothing_that_differs_from_run_to_run) {
  BOOST_TEST(thrown("return Math.random()").find("Math.random is not available") != std::string::npos);
  BOOST_TEST(thrown("return Date.now()").find("not available") != std::string::npos);
  BOOST_TEST(thrown("return new Date()").find("not available") != std::string::npos);
  BOOST_TEST(thrown("return new (new Date(0).constructor)()").find("not available") != std::string::npos);
  BOOST_TEST(returned("return new Date(0).toISOString()") == "\"1970-01-01T00:00:00.000Z\"");
  BOOST_TEST(returned("return new Date(2026, 0, 1).getTimezoneOffset()") == "0");
}

BOOST_AUTO_TEST_CASE(has_no_door_to_the_world) {
  BOOST_TEST(
      returned("return [typeof process, typeof require, typeof fetch, typeof WebAssembly, typeof SharedArrayBuffer, "
               "typeof XMLHttpRequest, typeof load, typeof print, typeof os].join()") ==
      "\"undefined,undefined,undefined,undefined,undefined,undefined,undefined,undefined,undefined\"");
  BOOST_TEST(thrown("return import('fs')").find("import") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ends_what_takes_too_much) {
  Limits brief;
  brief.time = std::chrono::milliseconds(1500);
  const Sandbox impatient(ASSAY_JAVASCRIPT, brief);
  for (const char* body : {"for (;;) {}", "return /^(a+)+$/.test('a'.repeat(60) + 'b')"}) {
    const auto outcome = impatient.run(body, "1", "{}");
    BOOST_TEST((!outcome && outcome.error() == "the script did not end within 1500 ms and was killed"), body);
  }
  Limits small;
  small.memory_bytes = std::size_t{16} << 20;
  BOOST_TEST(limit("const a = []; for (;;) a.push(new Array(100000).fill(1))", small) ==
             "the script ran out of memory");
  BOOST_TEST(limit("let s = 'x'; for (;;) s += s") == "the script ran out of memory");
  BOOST_TEST(limit("function f() { return f() + 1 } return f()") == "the script recursed too deeply");
  small.answer_bytes = 1000;
  BOOST_TEST(limit("return 'x'.repeat(2000)", small) == "the script's answer is larger than 1000 bytes");
  BOOST_TEST(limit("return 'x'.repeat(100000)", small) == "the script's process wrote more than 6000 bytes");
}

BOOST_AUTO_TEST_CASE(leaves_no_process_behind) {
  std::vector<std::future<std::string>> runs;
  for (int i = 0; i < 4; ++i)
    runs.push_back(std::async(std::launch::async, [] {
      const auto outcome = run("return 1");
      return outcome ? outcome->json : outcome.error();
    }));
  for (auto& one : runs) BOOST_TEST(one.get() == "1");

  BOOST_TEST(waitpid(-1, nullptr, WNOHANG) == -1);
  BOOST_TEST(errno == ECHILD);
}

BOOST_AUTO_TEST_CASE(says_when_its_program_is_missing) {
  const auto outcome = Sandbox("/nowhere/assay-javascript").run("return 1", "1", "{}");
  BOOST_TEST((!outcome && outcome.error() == "the script's process could not be started: /nowhere/assay-javascript"));
}

BOOST_AUTO_TEST_SUITE_END()
