#include "config/values.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::config;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(written_values)

BOOST_AUTO_TEST_CASE(are_durations_with_a_unit) {
  BOOST_TEST((parse_duration("500ms") == Duration(500ms)));
  BOOST_TEST((parse_duration("60s") == Duration(60s)));
  BOOST_TEST((parse_duration("1.5s") == Duration(1500ms)));
  BOOST_TEST((parse_duration("2m") == Duration(2min)));
  BOOST_TEST((parse_duration("1h") == Duration(1h)));
  BOOST_TEST((parse_duration("0s") == Duration(0s)));
  for (const char* bad : {"", "60", "s", "-1s", "1 s", "1x", "1ss", "1e3s", ".", ".s", "1..5s", "99999999999999h",
                          "+1s", "nans", "infs"}) {
    BOOST_TEST(!parse_duration(bad).has_value(), bad);
  }
}

BOOST_AUTO_TEST_CASE(show_durations_as_people_write_them) {
  BOOST_TEST(to_text(Duration(120s)) == "120s");
  BOOST_TEST(to_text(Duration(2h)) == "2h");
  BOOST_TEST(to_text(Duration(1500ms)) == "1500ms");
  BOOST_TEST(to_text(Duration(0s)) == "0s");
  BOOST_TEST((parse_duration(to_text(Duration(7))) == Duration(7)));
}

BOOST_AUTO_TEST_CASE(are_sizes_with_a_unit) {
  BOOST_TEST(parse_size("16MiB").value() == 16 << 20);
  BOOST_TEST(parse_size("64KiB").value() == 64 << 10);
  BOOST_TEST(parse_size("1.5KiB").value() == 1536);
  BOOST_TEST(parse_size("512B").value() == 512);
  BOOST_TEST(parse_size("2MB").value() == 2'000'000);
  for (const char* bad : {"", "16", "16mib", "16 MiB", "-1B", "1TiB", "99999999999GiB"})
    BOOST_TEST(!parse_size(bad).has_value(), bad);
  BOOST_TEST(size_to_text(16 << 20) == "16MiB");
  BOOST_TEST(size_to_text(1000) == "1000B");
}

BOOST_AUTO_TEST_CASE(are_numbers_read_whole) {
  BOOST_TEST(parse_integer("-7").value() == -7);
  BOOST_TEST(parse_number("0.5").value() == 0.5);
  for (const char* bad : {"", "1x", " 1", "1 ", "0x10", "9223372036854775808"})
    BOOST_TEST(!parse_integer(bad).has_value(), bad);
  for (const char* bad : {"", "nan", "inf", "1,5", "1e999"}) BOOST_TEST(!parse_number(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(are_addresses_with_a_port) {
  BOOST_TEST(to_text(parse_address("127.0.0.1:9464").value()) == "127.0.0.1:9464");
  BOOST_TEST(to_text(parse_address("[::1]:0").value()) == "[::1]:0");
  for (const char* bad : {"", "127.0.0.1", ":9464", "127.0.0.1:", "127.0.0.1:65536", "::1:9464", "a b:1", "h:-1"})
    BOOST_TEST(!parse_address(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(are_base_urls_that_hold_no_secret) {
  BOOST_TEST(parse_base_url("https://api.example.com/v1/").value() == "https://api.example.com/v1");
  BOOST_TEST(parse_base_url("http://localhost:8000").value() == "http://localhost:8000");
  for (const char* bad : {"", "api.example.com", "ftp://a", "http://", "http:///v1", "http://u:p@a", "http://a?key=1",
                          "http://a#b", "http://a b", "http://a\nb"}) {
    BOOST_TEST(!parse_base_url(bad).has_value(), bad);
  }
}

BOOST_AUTO_TEST_CASE(name_variables_in_braces) {
  const auto find = [](const std::string& name) {
    return name == "A" ? std::optional<std::string>("1") : std::nullopt;
  };

  BOOST_TEST(expand("${A}-${A}", find).value() == "1-1");
  BOOST_TEST(expand("$A $ $$ 5$", find).value() == "$A $ $$ 5$");
  BOOST_TEST(expand("$${A}", find).value() == "${A}");
  BOOST_TEST(expand("${B}", find).error() == "the environment has no variable B");
  BOOST_TEST(!expand("${A", find).has_value());
  BOOST_TEST(!expand("${}", find).has_value());
  BOOST_TEST(expand("${s-k}", find).error().find("s-k") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
