#include "schema/formats.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "json/document.hpp"

namespace assay {
namespace {

BOOST_AUTO_TEST_SUITE(formats)

/// What ajv-formats ("full") said about hand-made texts and mutations of them.
BOOST_AUTO_TEST_CASE(fit_what_fits_in_ajv) {
  std::ifstream lines(ASSAY_SOURCE_DIR "/tests/data/schema/formats.jsonl");
  std::size_t texts = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto record = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE_MESSAGE(record.has_value(), line);
    const std::string_view name = record->root()["format"].string_or("");

    const schema::Format* format = schema::find_format(name);

    BOOST_REQUIRE_MESSAGE(format != nullptr && format->fits_text != nullptr, name);
    for (const json::View text : record->root()["fits"].elements())
      BOOST_TEST(format->fits_text(*text.as_string()), name << " takes " << text.raw());
    for (const json::View text : record->root()["fails"].elements())
      BOOST_TEST(!format->fits_text(*text.as_string()), name << " refuses " << text.raw());
    texts += record->root()["fits"].size() + record->root()["fails"].size();
  }
  BOOST_TEST(texts >= 2000U);
}

BOOST_AUTO_TEST_CASE(are_found_by_name) {
  BOOST_TEST(schema::find_format("date") != nullptr);
  BOOST_TEST(schema::find_format("Date") == nullptr);
  BOOST_TEST(schema::find_format("idn-hostname") == nullptr);
  BOOST_TEST((schema::find_format("iri")->known == schema::Format::Known::not_to_ajv));
}

BOOST_AUTO_TEST_CASE(of_other_scripts_take_other_scripts) {
  BOOST_TEST(schema::find_format("iri")->fits_text("http://ƒøø.ßår/?∂éœ=πîx#πîüx"));
  BOOST_TEST(!schema::find_format("uri")->fits_text("http://ƒøø.ßår/"));
  BOOST_TEST(schema::find_format("idn-email")->fits_text("실례@실례.테스트"));
  BOOST_TEST(!schema::find_format("idn-email")->fits_text("2962"));
  BOOST_TEST(!schema::find_format("iri-reference")->fits_text("\\\\WINDOWS\\filëßåré"));
}

BOOST_AUTO_TEST_CASE(take_time_that_grows_with_the_text) {
  const std::string many(200'000, 'a');
  BOOST_TEST(!schema::find_format("url")->fits_text("http://" + std::string(200'000, '@')));
  BOOST_TEST(schema::find_format("email")->fits_text(many + "@" + many + ".b"));
  BOOST_TEST(!schema::find_format("uri-template")->fits_text("{" + many));
  BOOST_TEST(!schema::find_format("ipv6")->fits_text(many));
  BOOST_TEST(!schema::find_format("date-time")->fits_text(std::string(200'000, 'T')));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
