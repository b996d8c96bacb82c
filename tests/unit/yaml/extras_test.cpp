#include <boost/test/unit_test.hpp>

#include "yaml/to_json.hpp"
#include "yaml/tree.hpp"

using namespace assay::yaml;

namespace {

std::string json(const std::string& yaml) {
  const auto made = to_json(yaml);
  return made ? *made : made.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(anchors)

BOOST_AUTO_TEST_CASE(are_written_out_where_they_are_named) {
  BOOST_TEST(json("a: &x [1, two]\nb: *x\nc: &y word\nd: *y\n") ==
             R"({"a":[1,"two"],"b":[1,"two"],"c":"word","d":"word"})");
  BOOST_TEST(json("- &x 1\n- &x 2\n- *x\n") == "[1,2,2]");
  BOOST_TEST(json("&k key: 1\nother: *k\n") == R"({"key":1,"other":"key"})");
}

BOOST_AUTO_TEST_CASE(copies_keep_the_place_of_the_original) {
  const Tree tree = read("f", "a: &x {k: 1}\nb: *x\n", Limits::foreign());

  BOOST_REQUIRE(tree.faults.empty());
  BOOST_TEST(tree.root.members[1].value.members[0].place.line == 1);
}

BOOST_AUTO_TEST_CASE(of_nothing_or_of_oneself_are_refused) {
  BOOST_TEST(json("a: *nobody\n").starts_with("line 1, column 4: "));
  BOOST_TEST(json("a: &x [1, *x]\n") == "line 1, column 11: an alias of a value that it is part of");
}

BOOST_AUTO_TEST_CASE(that_multiply_end_at_the_bound) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += (k == 0 ? "" : ",") + before;
    bomb += "]\n";
  }

  BOOST_TEST(json(bomb).ends_with("more than 500000 values"));
}

BOOST_AUTO_TEST_CASE(that_stack_up_end_at_the_bound) {
  std::string tower = "a0: &a0 [[[[[[[[[[x]]]]]]]]]]\n";
  for (int i = 1; i < 20; ++i)
    tower +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [[[[[[[[[[*a" + std::to_string(i - 1) + "]]]]]]]]]]\n";

  BOOST_TEST(json(tower).ends_with("nested more than 64 deep"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(merge_keys)

BOOST_AUTO_TEST_CASE(lend_what_the_map_has_not_itself) {
  BOOST_TEST(json("base: &b {x: 1, y: 2}\nmap:\n  y: 3\n  <<: *b\n  z: 4\n") ==
             R"({"base":{"x":1,"y":2},"map":{"y":3,"x":1,"z":4}})");
  BOOST_TEST(json("base: &b {x: 1, y: 2}\nmap:\n  <<: *b\n  y: 3\n") ==
             R"({"base":{"x":1,"y":2},"map":{"x":1,"y":3}})");
}

BOOST_AUTO_TEST_CASE(of_a_list_prefer_the_first) {
  BOOST_TEST(json("<<: [{a: 1}, {a: 2, b: 2}]\nc: 3\n") == R"({"a":1,"b":2,"c":3})");
}

BOOST_AUTO_TEST_CASE(take_maps_only_and_only_unquoted) {
  BOOST_TEST(json("<<: 1\n") == "line 1, column 5: only maps can be merged");
  BOOST_TEST(json("\"<<\": 1\n") == R"({"<<":1})");
}

BOOST_AUTO_TEST_CASE(are_plain_keys_in_a_configuration) {
  BOOST_TEST(read("f", "<<: {a: 1}\n").root.members[0].key == "<<");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tags)

BOOST_AUTO_TEST_CASE(of_the_core_schema_say_what_a_value_is) {
  BOOST_TEST(json("[!!str 4, !!int \"4\", !!float 4, !!bool 'true', !!null '', !!str, !!seq [1], !!map {a: 1}]") ==
             R"(["4",4,4,true,null,"",[1],{"a":1}])");
}

BOOST_AUTO_TEST_CASE(that_do_not_fit_or_are_not_known_are_refused) {
  BOOST_TEST(json("a: !!int x\n").ends_with("this is no !!int"));
  BOOST_TEST(json("a: !!int 1.5\n").ends_with("this is no !!int"));
  BOOST_TEST(json("a: !!binary aGk=\n").ends_with("the tag !!binary is not accepted"));
  BOOST_TEST(json("a: !!set {x}\n").ends_with("the tag !!set is not accepted"));
  BOOST_TEST(json("a: !own {x: 1}\n").ends_with("the tag !own is not accepted"));
}

BOOST_AUTO_TEST_SUITE_END()
