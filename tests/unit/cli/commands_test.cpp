// Each entry of tests/data/cli/commands.json is a command line with what it must print and how it must end.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <ostream>

#include "json/document.hpp"
#include "tests/support/ran_program.hpp"

using namespace assay;

namespace {

using Texts = std::vector<std::string>;

/// "{file}" in arguments and expectations stands for the path of `file`, written for this case alone.
struct Case {
  std::string sentence, file;
  Texts arguments;
  std::map<std::string, std::string> environment;
  std::vector<http::Response> answers;  ///< what the network answers, in turn; then it is away
  int code = 0;
  Texts out, said, never;

  friend std::ostream& operator<<(std::ostream& stream, const Case& one) { return stream << one.sentence; }
};

Texts texts_of(json::View list) {
  Texts texts;
  for (const json::View text : list.elements()) texts.emplace_back(text.string_or(""));
  return texts;
}

Case case_of(json::View entry) {
  Case one;
  one.sentence = entry["case"].string_or("");
  one.file = entry["file"].string_or("");
  one.arguments = texts_of(entry["arguments"]);
  for (const auto& [name, value] : entry["environment"].members())
    one.environment.emplace(std::string(name), std::string(value.string_or("")));
  for (const json::View answer : entry["answers"].elements()) {
    http::Response response;
    response.status = static_cast<int>(answer["status"].as_int64().value_or(200));
    response.body = answer["body"].raw();
    one.answers.push_back(std::move(response));
  }
  one.code = static_cast<int>(entry["code"].as_int64().value_or(0));
  one.out = texts_of(entry["out"]);
  one.said = texts_of(entry["said"]);
  one.never = texts_of(entry["never"]);
  return one;
}

std::vector<Case> cases() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/cli/commands.json");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto document = json::parse(text);
  BOOST_REQUIRE_MESSAGE(document, "commands.json is JSON");
  std::vector<Case> all;
  for (const json::View entry : document->root().elements()) all.push_back(case_of(entry));
  return all;
}

std::string with_path(std::string text, const std::string& path) {
  for (std::size_t at; (at = text.find("{file}")) != std::string::npos;) text.replace(at, 6, path);
  return text;
}

/// A network with a few answers, and a provider that turns texts into vectors of their lengths.
cli::World world_of(const Case& one, const std::string& path) {
  cli::World world;
  for (const std::string& word : one.arguments) world.arguments.push_back(with_path(word, path));
  world.environment = one.environment;
  world.ask = [answers = one.answers, next = std::size_t{0}](
                  const config::Settings&, const http::Request&) mutable -> Result<http::Response, http::Failure> {
    if (next < answers.size()) return answers[next++];
    http::Failure away;
    away.kind = http::Failure::Kind::unreachable;
    away.detail = "no route";
    return failure(std::move(away));
  };
  world.embed = [](const config::Loaded& loaded, const cli::EmbedOrder& order) -> Result<client::Vectors, Failure> {
    if (order.model.empty() && loaded.settings.defaults.embedding_model.empty()) {
      Failure nobody;
      nobody.kind = Failure::Kind::bad_request;
      nobody.source = Failure::Source::worker;
      nobody.detail = "no model is named";
      return failure(std::move(nobody));
    }
    client::Vectors made;
    for (const std::string& text : order.texts)
      made.vectors.push_back({static_cast<float>(text.size()), static_cast<float>(order.dimensions.value_or(0))});
    made.usage.input = 3;
    made.usage.source = UsageSource::provider;
    made.place = {"openai", order.model, ""};
    return made;
  };
  return world;
}

void holds(const std::string& text, const Texts& parts, const std::string& path) {
  for (const std::string& part : parts)
    BOOST_TEST(text.find(with_path(part, path)) != std::string::npos, part << " is not in\n" << text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(commands)

BOOST_DATA_TEST_CASE(print_and_end_as_their_case_says, boost::unit_test::data::make(cases()), one) {
  const testing::TestFile file("commands.yaml", one.file);

  const testing::Ran ran = testing::run_program(world_of(one, file.path()));

  BOOST_TEST(ran.code == one.code, "ended with " << ran.code << ": " << ran.said);
  holds(ran.out, one.out, file.path());
  holds(ran.said, one.said, file.path());
  if (one.code != 0 && one.out.empty()) BOOST_TEST(ran.out.empty(), ran.out);
  for (const std::string& part : one.never) {
    BOOST_TEST(ran.out.find(part) == std::string::npos, part << " is in\n" << ran.out);
    BOOST_TEST(ran.said.find(part) == std::string::npos, part << " is in\n" << ran.said);
  }
}

BOOST_AUTO_TEST_SUITE_END()
