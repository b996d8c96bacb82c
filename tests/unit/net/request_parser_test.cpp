#include "net/request_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "runtime/random.hpp"

using assay::net::RequestParser;
using assay::net::ServerRequest;

namespace {

const std::string plain = "POST /v1/x?a=1&b=two HTTP/1.1\r\nHost: h\r\nX-Id:  seven \r\nContent-Length: 5\r\n\r\nhello";
const std::string chunked =
    "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;note=1\r\nhello\r\nA\r\n, my "
    "world\r\n0\r\nTrailer: "
    "x\r\n\r\n";

/// Feeds `bytes` in pieces of `piece` bytes, and says what was left over.
std::size_t feed(RequestParser& parser, std::string_view bytes, std::size_t piece) {
  while (!bytes.empty() && !parser.whole() && !parser.refused()) {
    const std::string part(bytes.substr(0, piece));  // a copy, so that sanitizers see a read behind its end
    bytes.remove_prefix(parser.feed(part));
  }
  return bytes.size();
}

int status_for(const std::string& bytes, const RequestParser::Caps& caps = {}) {
  int status = 0;
  for (std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
    RequestParser parser(caps);
    feed(parser, bytes, piece);
    const int found = parser.refused() ? parser.refusal_status() : parser.whole() ? 200 : 0;
    BOOST_TEST((status == 0 || status == found), "the pieces change the outcome: " << bytes);
    status = found;
  }
  return status;
}

std::string with(const std::string& lines) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_parser)

BOOST_AUTO_TEST_CASE(reads_a_request_cut_anywhere) {
  for (std::size_t piece = 1; piece <= plain.size(); ++piece) {
    RequestParser parser({});

    const std::size_t left = feed(parser, plain, piece);

    BOOST_TEST_REQUIRE(parser.whole());
    const ServerRequest request = parser.take();
    BOOST_TEST(left == 0u);
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.path() == "/v1/x");
    BOOST_TEST(request.query_value("b").value_or("") == "two");
    BOOST_TEST(!request.query_value("c"));
    BOOST_TEST(request.header("x-ID").value_or("") == "seven");
    BOOST_TEST(!request.header("X-I"));
    BOOST_TEST(request.body == "hello");
    BOOST_TEST(request.keep_alive);
    BOOST_TEST(parser.idle());
  }
}

BOOST_AUTO_TEST_CASE(reads_a_chunked_request_cut_anywhere) {
  for (std::size_t piece = 1; piece <= chunked.size(); ++piece) {
    RequestParser parser({});

    const std::size_t left = feed(parser, chunked, piece);

    BOOST_TEST_REQUIRE(parser.whole());
    BOOST_TEST(left == 0u);
    BOOST_TEST(parser.take().body == "hello, my world");
  }
}

BOOST_AUTO_TEST_CASE(takes_one_request_at_a_time) {
  RequestParser parser({});
  const std::string two = plain + chunked + "\r\n" + plain;

  std::string_view rest = two;
  rest.remove_prefix(parser.feed(rest));
  const std::string first = parser.take().body;
  rest.remove_prefix(parser.feed(rest));
  const std::string second = parser.take().body;
  rest.remove_prefix(parser.feed(rest));

  BOOST_TEST(first == "hello");
  BOOST_TEST(second == "hello, my world");
  BOOST_TEST(parser.take().body == "hello");
  BOOST_TEST(rest.empty());
}

BOOST_AUTO_TEST_CASE(knows_when_a_connection_stays) {
  const auto stays = [](const std::string& head) {
    RequestParser parser({});
    parser.feed(head);
    BOOST_TEST_REQUIRE(parser.whole());
    return parser.take().keep_alive;
  };

  BOOST_TEST(stays("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  BOOST_TEST(!stays("GET / HTTP/1.1\r\nHost: h\r\nConnection: foo, Close\r\n\r\n"));
  BOOST_TEST(!stays("GET / HTTP/1.0\r\n\r\n"));
  BOOST_TEST(stays("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(tells_once_that_the_client_waits_for_100_continue) {
  RequestParser parser({});

  parser.feed(with("Expect: 100-continue\r\nContent-Length: 2\r\n"));

  BOOST_TEST(parser.take_expectation());
  BOOST_TEST(!parser.take_expectation());
  parser.feed("ok");
  BOOST_TEST(parser.take().body == "ok");
}

BOOST_AUTO_TEST_CASE(a_body_that_comes_along_needs_no_100_continue) {
  RequestParser parser({});

  parser.feed(with("Expect: 100-continue\r\nContent-Length: 2\r\n") + "o");

  BOOST_TEST(!parser.take_expectation());
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_http) {
  BOOST_TEST(status_for("GET /\r\n\r\n") == 400);
  BOOST_TEST(status_for("G@T / HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
  BOOST_TEST(status_for("GET / FTP/1.1\r\nHost: h\r\n\r\n") == 400);
  BOOST_TEST(status_for("GET / HTTP/2.0\r\nHost: h\r\n\r\n") == 505);
  BOOST_TEST(status_for("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
  BOOST_TEST(status_for("GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
  BOOST_TEST(status_for("\x16\x03\x01 hello tls\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(refuses_headers_that_two_readers_read_differently) {
  BOOST_TEST(status_for(with("Name : blank before the colon\r\n")) == 400);
  BOOST_TEST(status_for(with("A: 1\r\n folded\r\n")) == 400);
  BOOST_TEST(status_for(with("A: 1\nB: 2\r\n")) == 400);
  BOOST_TEST(status_for(with("A: 1\rB: 2\r\n")) == 400);
  BOOST_TEST(status_for(with(std::string("A: \0\r\n", 6))) == 400);
  BOOST_TEST(status_for(with("no colon\r\n")) == 400);
  BOOST_TEST(status_for(with(": no name\r\n")) == 400);
  BOOST_TEST(status_for(with("Host: another\r\n")) == 400);
  BOOST_TEST(status_for("GET / HTTP/1.1\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(refuses_an_ambiguous_length) {
  BOOST_TEST(status_for(with("Content-Length: 1\r\nContent-Length: 2\r\n") + "ab") == 400);
  BOOST_TEST(status_for(with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n") == 400);
  BOOST_TEST(status_for(with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")) == 400);
  BOOST_TEST(status_for(with("Content-Length: +1\r\n") + "a") == 400);
  BOOST_TEST(status_for(with("Content-Length: -1\r\n")) == 400);
  BOOST_TEST(status_for(with("Content-Length: 1x\r\n") + "a") == 400);
  BOOST_TEST(status_for(with("Content-Length: \r\n")) == 400);
  BOOST_TEST(status_for(with("Content-Length: 99999999999999999999\r\n")) == 400);
  BOOST_TEST(status_for(with("Content-Length: 1\r\nContent-Length: 1\r\n") + "a") == 200);
}

BOOST_AUTO_TEST_CASE(refuses_what_it_cannot_do) {
  BOOST_TEST(status_for(with("Transfer-Encoding: gzip, chunked\r\n")) == 501);
  BOOST_TEST(status_for(with("Expect: a miracle\r\n")) == 417);
}

BOOST_AUTO_TEST_CASE(refuses_a_malformed_chunked_body) {
  const std::string head = with("Transfer-Encoding: chunked\r\n");
  BOOST_TEST(status_for(head + "zz\r\n") == 400);
  BOOST_TEST(status_for(head + "\r\n") == 400);
  BOOST_TEST(status_for(head + "-1\r\n") == 400);
  BOOST_TEST(status_for(head + "0x5\r\n") == 400);
  BOOST_TEST(status_for(head + "5\nhello\r\n") == 400);
  BOOST_TEST(status_for(head + "2\r\nhello\r\n0\r\n\r\n") == 400);
  BOOST_TEST(status_for(head + "fffffffffffffffff\r\n") == 400);
  BOOST_TEST(status_for(head + std::string(300, '0') + "1\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(keeps_its_caps) {
  RequestParser::Caps caps;
  caps.head_bytes = 100;
  caps.body_bytes = 10;

  BOOST_TEST(status_for("GET /" + std::string(200, 'a'), caps) == 414);
  BOOST_TEST(status_for(with("A: " + std::string(200, 'a') + "\r\n"), caps) == 431);
  BOOST_TEST(status_for(with("Content-Length: 10\r\n") + std::string(10, 'x'), caps) == 200);
  BOOST_TEST(status_for(with("Content-Length: 11\r\n"), caps) == 413);
  BOOST_TEST(status_for(with("Transfer-Encoding: chunked\r\n") + "6\r\nabcdef\r\n5\r\n", caps) == 413);
  BOOST_TEST(status_for(with("Transfer-Encoding: chunked\r\n") + "0\r\n" + std::string(200, 't'), caps) == 431);
  std::string many = with("Transfer-Encoding: chunked\r\n") + "0\r\n";
  for (int i = 0; i < 20; ++i) many += "T: 12345\r\n";
  BOOST_TEST(status_for(many, caps) == 431);
}

BOOST_AUTO_TEST_CASE(an_announced_length_costs_no_memory) {
  RequestParser parser({});

  parser.feed(with("Content-Length: 16000000\r\n"));

  BOOST_TEST(!parser.refused());
  BOOST_TEST(parser.take().body.capacity() <= 65536u);
}

// Proves two things on 20,000 damaged requests: sanitizers stay silent, and how the bytes were cut never matters.
BOOST_AUTO_TEST_CASE(any_damage_is_read_the_same_however_it_is_cut) {
  assay::Random random(7);
  RequestParser::Caps caps;
  caps.head_bytes = 150;
  caps.body_bytes = 40;
  int whole = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = random.chance(0.5) ? plain : chunked;
    for (std::uint64_t edits = random.below(4); edits > 0; --edits) {
      const std::size_t at = random.below(bytes.size());
      if (random.chance(0.3)) {
        bytes.erase(at, 1);
      } else if (random.chance(0.5)) {
        bytes.insert(at, 1, static_cast<char>(random.below(256)));
      } else {
        bytes[at] = "\r\n :0;\tA"[random.below(8)];
      }
    }
    RequestParser at_once(caps), in_pieces(caps);

    feed(at_once, bytes, bytes.size());
    feed(in_pieces, bytes, 1 + random.below(9));

    BOOST_TEST_REQUIRE(at_once.whole() == in_pieces.whole(), "cutting matters in " << bytes);
    BOOST_TEST_REQUIRE(at_once.refusal_status() == in_pieces.refusal_status(), "cutting matters in " << bytes);
    if (!at_once.whole()) continue;
    ++whole;
    BOOST_TEST_REQUIRE((at_once.take().body == in_pieces.take().body), "cutting matters in " << bytes);
  }
  BOOST_TEST(whole > 5'000);
  BOOST_TEST(whole < 19'000);
}

BOOST_AUTO_TEST_SUITE_END()
