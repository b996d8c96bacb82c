#include "tests/unit/fake/fake_world.hpp"

#include <boost/test/unit_test.hpp>

namespace assay::test {

void FakeWorld::script(std::string_view json) {
  const auto used = provider.use_script(json);
  BOOST_TEST_REQUIRE(used.has_value(), (used ? "" : used.error()));
}

std::string FakeWorld::answer_to(const std::string& request) {
  RawClient client = this->client();
  client.send(request);
  return client.read_to_end();
}

std::string post(const std::string& path, const std::string& headers, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string get(const std::string& path, const std::string& headers) {
  return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers + "\r\n";
}

Streamed dechunked(const std::string& answer) {
  Streamed out;
  const std::size_t at = answer.find("\r\n\r\n");
  BOOST_TEST_REQUIRE(at != std::string::npos, "no head: " << answer.substr(0, 200));
  out.head = answer.substr(0, at + 4);
  std::string_view rest = std::string_view(answer).substr(at + 4);
  while (!rest.empty()) {
    const std::size_t size = std::strtoull(std::string(rest.substr(0, 16)).c_str(), nullptr, 16);
    rest.remove_prefix(std::min(rest.size(), rest.find('\n') + 1));
    out.body += rest.substr(0, size);
    if (size == 0) {
      out.whole = true;
      break;
    }
    rest.remove_prefix(std::min(rest.size(), size + 2));
  }
  return out;
}

json::Document json_of(std::string_view text) {
  auto document = json::parse(text, json::Limits::foreign());
  BOOST_TEST_REQUIRE(document.has_value(), "not JSON: " << text.substr(0, 300));
  return std::move(*document);
}

}  // namespace assay::test
