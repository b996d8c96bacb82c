#include "assertions/type_table.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "assertions/types.hpp"

using namespace assay;

namespace {

std::string contents(const std::string& path) {
  std::ifstream file(ASSAY_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(type_table)

BOOST_AUTO_TEST_CASE(stands_in_the_documents_as_the_compiler_has_it) {
  BOOST_TEST(contents("docs/assertions.md").find(assertions::type_table()) != std::string::npos,
             "docs/assertions.md must hold the table that `assay assertions list` prints");
}

BOOST_AUTO_TEST_CASE(names_each_type_once_and_says_what_it_means) {
  std::set<std::string_view> names;
  for (const assertions::Type& type : assertions::types()) {
    BOOST_TEST(names.insert(type.name).second, type.name);
    BOOST_TEST(!type.meaning.empty(), type.name);
    BOOST_TEST(!type.value.empty(), type.name);
    BOOST_TEST(!type.name.starts_with("not-"), type.name);
  }
}

BOOST_AUTO_TEST_CASE(is_the_one_that_suites_are_stored_by) {
  const std::string shapes = contents("migrations/functions/assay_private/assertion_shapes.sql");

  for (const assertions::Type& type : assertions::types()) {
    const std::string entry = '"' + std::string(type.name) + "\": \"" + (type.built ? "" : "known\"");
    BOOST_TEST(shapes.find(entry) != std::string::npos, type.name);
    BOOST_TEST((!type.built || shapes.find('"' + std::string(type.name) + "\": \"known\"") == std::string::npos),
               type.name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
