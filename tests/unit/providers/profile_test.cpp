#include "providers/profile.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "json/document.hpp"

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(known_vendors_of_the_format)

BOOST_AUTO_TEST_CASE(have_one_name_each_a_url_that_is_https_and_members_that_are_an_object) {
  std::set<std::string_view> names;
  for (const KnownVendor& vendor : known_vendors()) {
    BOOST_TEST_CONTEXT(vendor.name) {
      BOOST_TEST(names.insert(vendor.name).second);
      BOOST_TEST((vendor.base_url.empty() || vendor.base_url.starts_with("https://")));
      BOOST_TEST(!vendor.base_url.ends_with('/'));
      const auto extra = json::parse(vendor.profile.extra_body);
      BOOST_TEST((vendor.profile.extra_body.empty() || (extra && extra->root().is_object())));
      BOOST_TEST((vendor.profile == vendor_profile(vendor.name)));
    }
  }
  BOOST_TEST(names.size() >= 12u);
}

BOOST_AUTO_TEST_CASE(are_known_and_all_others_speak_the_format_as_openai_does) {
  BOOST_TEST((vendor_profile("openai") == Profile()));
  BOOST_TEST((vendor_profile("a vendor of tomorrow") == Profile()));
  BOOST_TEST((vendor_profile("Groq") == Profile()));
}

BOOST_AUTO_TEST_SUITE_END()
