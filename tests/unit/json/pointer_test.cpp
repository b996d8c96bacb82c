#include "json/pointer.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace assay::json;

namespace {

struct Value {
  Document document = *parse(R"({"a": {"b": [{"c": 1}, [2, 3]], "0": "zero", "x.y": 4, "q\"]": 5},
                                 "": 6, "m~n": 7, "a/b": 8, "list": [[9]]})");

  std::string at(std::string_view path) const {
    const auto found = at_path(document.root(), path);
    return !found ? "malformed" : found->exists() ? found->dump() : "missing";
  }
  std::string pointed(std::string_view pointer) const {
    const View found = at_pointer(document.root(), pointer);
    return found.exists() ? found.dump() : "missing";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dotted_path, Value)

BOOST_AUTO_TEST_CASE(leads_to_members_and_elements) {
  BOOST_TEST(at("a.b[0].c") == "1");
  BOOST_TEST(at("a.b[1][1]") == "3");
  BOOST_TEST(at("a.b.1.0") == "2");
  BOOST_TEST(at("a.0") == "\"zero\"");
  BOOST_TEST(at("list[0][0]") == "9");
  BOOST_TEST(at(R"(a["x.y"])") == "4");
  BOOST_TEST(at(R"(a["q\"]"])") == "5");
  BOOST_TEST(at(R"([""])") == "6");
  BOOST_TEST(at("$.a.b[0].c") == "1");
  BOOST_TEST(at(R"($["a"]["b"][0])") == R"({"c":1})");
  BOOST_TEST(at("") == at("$"));
}

BOOST_AUTO_TEST_CASE(says_when_nothing_stands_there) {
  for (const std::string_view path : {"b", "a.b[2]", "a.b.x", "a.b[0].c.d", "a[0]", "list[9999999999]", "a.b.01"}) {
    BOOST_TEST(at(path) == "missing", path);
  }
}

BOOST_AUTO_TEST_CASE(must_be_well_formed) {
  for (const std::string_view path : {".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[01]", "a[0", "a[\"x]",
                                      "a[\"x\"", "a[0]b", "$.", "a[99999999999999999999]"}) {
    BOOST_TEST(at(path) == "malformed", path);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(json_pointer, Value)

BOOST_AUTO_TEST_CASE(leads_to_members_and_elements) {
  BOOST_TEST(pointed("/a/b/0/c") == "1");
  BOOST_TEST(pointed("/") == "6");
  BOOST_TEST(pointed("/m~0n") == "7");
  BOOST_TEST(pointed("/a~1b") == "8");
  BOOST_TEST(pointed("") == document.root().dump());
}

BOOST_AUTO_TEST_CASE(leads_nowhere_when_it_is_malformed) {
  for (const std::string_view pointer : {"a", "/m~n", "/m~2n", "/m~", "/a/b/00", "/a/b/-", "/a/b/2", "/list/0/0/x"}) {
    BOOST_TEST(pointed(pointer) == "missing", pointer);
  }
}

BOOST_AUTO_TEST_CASE(is_written_with_escapes) {
  std::string pointer;
  append_pointer(pointer, "a/b~c");
  append_pointer(pointer, "");
  BOOST_TEST(pointer == "/a~1b~0c/");
}

BOOST_AUTO_TEST_SUITE_END()
