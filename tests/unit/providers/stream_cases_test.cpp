// Every stream of tests/data/providers/streams: what it becomes, and that it becomes the same however its bytes arrive.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "tests/unit/providers/stream_cases.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

template <class Check>
int for_each_stream(Check check) {
  int count = 0;
  for (const DialectKind kind : every_dialect) {
    for (const cases::StreamCase& stream : cases::load_streams(kind)) {
      BOOST_TEST_CONTEXT(cases::folder_of(kind) + "/" + stream.name) {
        check(stream);
      }
      ++count;
    }
  }
  return count;
}

std::vector<std::string_view> bytes_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < text.size(); ++i) pieces.push_back(text.substr(i, 1));
  return pieces;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(streams)

BOOST_AUTO_TEST_CASE(become_what_their_cases_say) {
  const int count = for_each_stream([](const cases::StreamCase& stream) {
    const std::string differs =
        cases::difference(stream.document["expect"], cases::answer(stream, {std::string_view(stream.bytes)}));

    BOOST_TEST(differs.empty(), differs);
  });

  BOOST_TEST(count >= 120);
}

BOOST_AUTO_TEST_CASE(give_the_same_byte_by_byte) {
  for_each_stream([](const cases::StreamCase& stream) {
    const std::string whole = cases::describe(cases::answer(stream, {std::string_view(stream.bytes)}));

    BOOST_TEST(cases::describe(cases::answer(stream, bytes_of(stream.bytes))) == whole);
  });
}

BOOST_AUTO_TEST_CASE(give_the_same_in_every_two_pieces) {
  for_each_stream([](const cases::StreamCase& stream) {
    const std::string_view bytes = stream.bytes;
    const std::string whole = cases::describe(cases::answer(stream, {bytes}));
    for (std::size_t at = 1; at < bytes.size(); ++at) {
      const std::string split = cases::describe(cases::answer(stream, {bytes.substr(0, at), bytes.substr(at)}));
      if (split != whole) BOOST_TEST(split == whole, "split at " << at << ":\n" << split << "\nnot " << whole);
    }
  });
}

BOOST_AUTO_TEST_CASE(hand_out_their_text_while_it_comes_in_every_dialect) {
  for (const DialectKind kind : every_dialect) {
    std::size_t most_pieces = 0;
    const bool azure = kind == DialectKind::azure_openai;  // speaks as OpenAI does
    for (cases::StreamCase& stream : cases::load_streams(azure ? DialectKind::openai_chat : kind)) {
      stream.deployment.dialect = kind;
      BOOST_TEST_CONTEXT(cases::folder_of(kind) + "/" + stream.name) {
        StreamedAnswer answer(stream.deployment, std::size_t{16} << 20);
        answer.head(200, {{"content-type", stream.content_type}});
        std::string shown;
        std::size_t pieces = 0;
        for (const std::string_view byte : bytes_of(stream.bytes)) {
          answer.feed(byte);
          const std::string_view text = answer.text();
          BOOST_REQUIRE(text.starts_with(shown));
          pieces += text.size() > shown.size();
          shown = text;
        }
        most_pieces = std::max(most_pieces, pieces);
      }
    }
    BOOST_TEST(most_pieces >= 2u, cases::folder_of(kind));
  }
}

BOOST_AUTO_TEST_SUITE_END()
