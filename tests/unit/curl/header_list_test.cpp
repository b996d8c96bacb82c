#include <boost/test/unit_test.hpp>

#include "curl/header_list.hpp"

using namespace assay;

namespace {

http::Request with_secret() {
  http::Request request("POST", "http://127.0.0.1/");
  request.headers = {{"X-One", "1"}};
  request.secrets.push_back({"Authorization", "Bearer ", Secret("sk-123")});
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(header_list)

BOOST_AUTO_TEST_CASE(lists_the_lines_in_order_and_what_curl_is_to_leave_out) {
  curl::HeaderList list;
  BOOST_REQUIRE(list.build(with_secret()));
  std::vector<std::string> lines;
  for (const curl_slist* line = list.first(); line != nullptr; line = line->next) lines.emplace_back(line->data);
  const std::vector<std::string> expected = {"X-One: 1", "Authorization: Bearer sk-123", "Expect:", "Content-Type:"};
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(overwrites_the_secret_where_it_lay) {
  curl::HeaderList list;
  BOOST_REQUIRE(list.build(with_secret()));
  const char* const secret = list.first()->next->data + std::string_view("Authorization: Bearer ").size();
  BOOST_REQUIRE(std::string_view(secret) == "sk-123");

  list.wipe();  // the block of memory stays for the next request

  BOOST_TEST(std::string_view(secret, 6) == std::string_view("\0\0\0\0\0\0", 6));
}

BOOST_AUTO_TEST_CASE(holds_any_number_of_lines) {
  http::Request request = with_secret();
  for (std::size_t i = 0; i < 1000; ++i)
    request.headers.emplace_back("X-" + std::to_string(i), std::string(i % 7, 'v'));
  for (std::size_t i = 0; i < 100; ++i)
    request.secrets.push_back({"S-" + std::to_string(i), "", Secret(std::string(i % 3, 's'))});
  curl::HeaderList list;
  BOOST_REQUIRE(list.build(request));
  int lines = 0;
  for (const curl_slist* line = list.first(); line != nullptr; line = line->next) ++lines;
  BOOST_TEST(lines == 1104);
}

BOOST_AUTO_TEST_SUITE_END()
