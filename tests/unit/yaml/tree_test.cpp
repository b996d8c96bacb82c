#include "yaml/tree.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::yaml;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string made;
  for (std::size_t i = 0; i < times; ++i) made += text;
  return made;
}

std::string only_fault(const std::string& yaml) {
  const Tree tree = read("f", yaml);
  BOOST_REQUIRE(tree.faults.size() == 1U);
  return to_text(tree.faults.front());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yaml_tree)

BOOST_AUTO_TEST_CASE(knows_the_place_of_keys_and_values) {
  const Tree tree = read("f", "a: 1\nb:\n  - x\n  - \"y z\"\nc: {d: }\n");

  BOOST_TEST(tree.faults.empty());
  BOOST_REQUIRE(tree.root.members.size() == 3U);
  const Node& list = tree.root.members[1].value;
  BOOST_TEST(list.items[1].text == "y z");
  BOOST_TEST(list.items[1].place.line == 4);
  BOOST_TEST(list.items[1].place.column == 5);
  BOOST_TEST(tree.root.members[2].place.line == 5);
  BOOST_TEST((tree.root.members[2].value.members[0].value.kind == Node::Kind::null));
}

BOOST_AUTO_TEST_CASE(reads_nothing_as_nothing) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n"}) {
    const Tree tree = read("f", text);
    BOOST_TEST(tree.faults.empty());
    BOOST_TEST((tree.root.kind == Node::Kind::null));
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_nested_too_deep_before_the_stack_ends) {
  BOOST_TEST(only_fault("a: " + repeated("[", 100) + repeated("]", 100)).find("nested more than 16 deep") !=
             std::string::npos);
  BOOST_TEST(only_fault(repeated("- ", 100'000)).find("nested more than 16 deep") != std::string::npos);
  BOOST_TEST(read("f", repeated("[", 100'000)).faults.size() == 1U);
  BOOST_TEST(read("f", repeated("{a: ", 50'000)).faults.size() == 1U);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_never_closed_and_points_at_its_beginning) {
  for (const char* yaml : {"a: 1\nb: \"x\nc: 2\n", "a: 1\nb: 'x", "a: 1\nb: [x\n"}) {
    const std::string fault = only_fault(yaml);
    BOOST_TEST(fault.starts_with("f:2:"), fault);
    BOOST_TEST(fault.find("never closed") != std::string::npos, fault);
  }
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_no_person_wrote) {
  BOOST_TEST(only_fault("a: " + std::string(300 * 1024, 'x')) == "f:1:1: larger than 256 KiB\n");
}

BOOST_AUTO_TEST_CASE(refuses_bytes_that_are_no_text_with_their_place) {
  BOOST_TEST(only_fault("a: 1\nb: \xC3\xA9\xFF\n") == "f:2:5: a byte that is not UTF-8 text\n");
  BOOST_TEST(only_fault(std::string("a: 1\nb: \0\n", 10)) == "f:2:4: a byte that is not UTF-8 text\n");
}

BOOST_AUTO_TEST_CASE(refuses_keys_that_are_not_plain_text) {
  BOOST_TEST(only_fault("? [a, b]\n: c\n").find("a key must be plain text") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_aliases) {
  BOOST_TEST(only_fault("a: *nobody\n").find("f:1:4: ") != std::string::npos);
  BOOST_TEST(only_fault("base: &base {x: 1}\na: *base\n").find("anchors are not accepted") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(points_at_broken_syntax) {
  const std::string fault = only_fault("worker:\n  slots: 8\n :bad: [\n");

  BOOST_TEST(fault.starts_with("f:"));
  BOOST_TEST(fault.find("YAML: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(survives_any_single_byte_anywhere) {
  const std::string good = "a: {b: [1, \"2\"], c: 'x'}\nd: |\n  text\n";

  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[at] = static_cast<char>(byte);
      BOOST_REQUIRE_NO_THROW(read("f", text));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
