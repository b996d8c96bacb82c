#include <boost/test/unit_test.hpp>

#include <zlib.h>

#include <string>
#include <vector>

#include "tests/unit/curl/names.hpp"
#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  require(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK, "zlib starts");
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib packs");
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// Text that gzip makes only a little smaller.
std::string noise(std::size_t size) {
  std::string text;
  for (std::uint64_t state = 1; text.size() < size; state = state * 6364136223846793005u + 1442695040888963407u) {
    text.push_back(static_cast<char>(' ' + (state >> 40) % 90));
  }
  return text;
}

std::string chunked(const std::string& body) {
  std::string text = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t at = 0; at < body.size(); at += 1000) {
    const std::string piece = body.substr(at, 1000);
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    text += size + piece + "\r\n";
  }
  return text + "0\r\n\r\n";
}

/// Answers the first request with these bytes and ends the connection.
RawServer::Handler once(std::string bytes) {
  return [bytes = std::move(bytes)](RawServer::Connection& connection) {
    connection.request();
    connection.write(bytes);
  };
}

struct Fixture : World {
  Outcome answered_with(const std::string& bytes, std::size_t cap = 16u << 20) {
    RawServer server(once(bytes));
    http::Request request = a_post(server.url());
    request.max_response_bytes = cap;
    return send(std::move(request));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(answers, Fixture)

BOOST_AUTO_TEST_CASE(what_is_not_an_answer_has_its_kind) {
  struct Case {
    std::string bytes;
    Failure::Kind kind;
    int status;
  };
  const std::string gz = "Content-Encoding: gzip\r\n";
  const std::vector<Case> cases = {
      {"", Failure::Kind::cut_off, 0},
      {"HTTP/1.1 200 O", Failure::Kind::cut_off, 0},
      {"HTTP/1.1 200 OK\r\nContent-Le", Failure::Kind::cut_off, 200},
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", Failure::Kind::cut_off, 200},
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", Failure::Kind::cut_off, 200},
      {"HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\nhalf", Failure::Kind::cut_off, 503},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", Failure::Kind::cut_off, 200},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", Failure::Kind::cut_off, 200},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", Failure::Kind::bad_answer, 200},
      {"SSH-2.0-OpenSSH_9\r\n", Failure::Kind::bad_answer, 0},
      {"<html>hello</html>\r\n\r\n", Failure::Kind::bad_answer, 0},
      {"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", Failure::Kind::bad_answer, 200},
      {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999999\r\n\r\nab", Failure::Kind::bad_answer, 200},
      {answer(200, "not gzip at all", gz), Failure::Kind::bad_answer, 200},
      {answer(200, "body", "Content-Encoding: rot13\r\n"), Failure::Kind::bad_answer, 200},
  };
  for (const Case& one : cases) {
    const Outcome outcome = answered_with(one.bytes);
    BOOST_TEST_CONTEXT(one.bytes.substr(0, 60) << " -> " << text_of(outcome)) {
      BOOST_TEST(failed_as(outcome, one.kind));
      if (outcome) continue;
      BOOST_TEST(outcome.error().status == one.status);
      BOOST_TEST(outcome.error().sent);
      BOOST_TEST(!outcome.error().detail.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reset_connection_is_cut_off) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nRetry-After: 3\r\nContent-Length: 10\r\n\r\nhalf");
    connection.reset();
  });
  const Outcome outcome = send(a_post(server.url()));
  BOOST_TEST(failed_as(outcome, Failure::Kind::cut_off), text_of(outcome));
}

BOOST_AUTO_TEST_CASE(headers_that_had_arrived_are_kept) {
  const Outcome outcome = answered_with("HTTP/1.1 429 No\r\nRetry-After: 3\r\nContent-Length: 10\r\n\r\nhalf");
  BOOST_REQUIRE(!outcome);
  BOOST_TEST(outcome.error().status == 429);
  BOOST_TEST(http::find_header(outcome.error().headers, "retry-after").value() == "3");
}

BOOST_AUTO_TEST_CASE(compressed_bodies_are_expanded) {
  const std::string text = noise(200'000);
  for (const std::string& bytes : {answer(200, gzip(text), "Content-Encoding: gzip\r\n"), chunked(gzip(text))}) {
    const Outcome outcome = answered_with(bytes);
    BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
    BOOST_TEST((outcome->body == text));
  }
}

BOOST_AUTO_TEST_CASE(compression_that_was_not_offered_is_refused) {
  RawServer server(once(answer(200, gzip("text"), "Content-Encoding: gzip\r\n")));
  http::Request request = a_post(server.url());
  request.accept_compressed = false;
  BOOST_TEST(failed_as(send(std::move(request)), Failure::Kind::bad_answer));
}

BOOST_AUTO_TEST_CASE(a_body_may_be_as_large_as_its_cap_and_no_larger) {
  const std::string text = noise(100'000);
  for (const std::string& bytes : {answer(200, text), answer(200, gzip(text), "Content-Encoding: gzip\r\n")}) {
    const Outcome fits = answered_with(bytes, 100'000);
    BOOST_TEST(fits.has_value(), text_of(fits));
    const Outcome outcome = answered_with(bytes, 99'999);
    BOOST_TEST(failed_as(outcome, Failure::Kind::too_large), text_of(outcome));
    BOOST_TEST(outcome.error().status == 200);
  }
}

BOOST_AUTO_TEST_CASE(an_endless_body_ends_at_the_cap) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    const std::string piece(1 << 16, 'x');
    for (std::size_t written = 0; written < (256u << 20); written += piece.size()) connection.write(piece);
  });
  http::Request request = a_post(server.url());
  request.max_response_bytes = 1 << 20;

  const Outcome outcome = send(std::move(request));

  BOOST_TEST(failed_as(outcome, Failure::Kind::too_large), text_of(outcome));
}

BOOST_AUTO_TEST_CASE(a_bomb_ends_at_a_hundred_times_its_size_though_the_cap_is_far) {
  // 64 MiB of zeros, about 64 KiB on the wire: a thousand to one.
  const std::string packed = gzip(std::string(64u << 20, '\0'));
  for (const std::string& bytes : {answer(200, packed, "Content-Encoding: gzip\r\n"), chunked(packed)}) {
    std::size_t seen = 0;
    RawServer server(once(bytes));
    http::Request request = a_post(server.url());
    request.max_response_bytes = 1u << 30;
    request.body_sink = [&](std::string_view piece) { seen += piece.size(); };
    const Outcome outcome = send(std::move(request));
    BOOST_TEST(failed_as(outcome, Failure::Kind::too_large), text_of(outcome));
    BOOST_TEST(seen <= 100 * (packed.size() + (16u << 10)));
  }
}

BOOST_AUTO_TEST_CASE(a_small_body_may_be_compressed_as_well_as_it_likes) {
  const std::string text(1u << 20, 'a');
  const Outcome outcome = answered_with(answer(200, gzip(text), "Content-Encoding: gzip\r\n"));
  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(outcome->body.size() == text.size());
}

BOOST_AUTO_TEST_CASE(headers_have_their_cap) {
  const auto lines = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "X-" + std::to_string(i) + ": " + std::string(1000, 'v') + "\r\n";
    return text;
  };
  const Outcome fits = answered_with(answer(200, "ok", lines(60)));
  BOOST_TEST(fits.has_value(), text_of(fits));
  const Outcome many = answered_with(answer(200, "ok", lines(70)));
  BOOST_TEST(failed_as(many, Failure::Kind::bad_answer), text_of(many));
  const Outcome one = answered_with(answer(200, "ok", "X: " + std::string(70'000, 'v') + "\r\n"));
  BOOST_TEST(failed_as(one, Failure::Kind::bad_answer), text_of(one));
  std::string interim;
  for (int i = 0; i < 70; ++i) interim += "HTTP/1.1 103 Early\r\nX: " + std::string(1000, 'v') + "\r\n\r\n";
  const Outcome endless = answered_with(interim + answer(200, "ok"));
  BOOST_TEST(failed_as(endless, Failure::Kind::bad_answer), text_of(endless));
  std::string trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n" + lines(70) + "\r\n";
  const Outcome tail = answered_with(trailers);
  BOOST_TEST(failed_as(tail, Failure::Kind::bad_answer), text_of(tail));
}

BOOST_AUTO_TEST_CASE(folded_header_lines_are_joined) {
  const Outcome outcome = answered_with(answer(200, "ok", "X-Long: one\r\n  two\r\n"));
  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(http::find_header(outcome->headers, "x-long").value() == "one two");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(unreachable, Fixture)

BOOST_AUTO_TEST_CASE(a_refused_connection) {
  std::string url;
  {
    const RawServer gone(always("ok"));
    url = gone.url();
  }
  const Outcome outcome = send(a_post(url));
  BOOST_TEST(failed_as(outcome, Failure::Kind::unreachable), text_of(outcome));
  BOOST_TEST(!outcome.error().sent);
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_exist) {
  const Outcome outcome = send(a_post("http://nowhere.assay/"));
  BOOST_TEST(failed_as(outcome, Failure::Kind::unreachable), text_of(outcome));
  BOOST_TEST(!outcome.error().sent);
}

BOOST_AUTO_TEST_CASE(many_names_resolve_though_their_descriptors_come_again) {
  const Names names;
  RawServer server(always("ok"));
  curl::Settings settings;
  settings.connect_timeout = 20s;
  curl::CurlTransport transport(loop, port, settings);
  for (int i = 0; i < 50; ++i) {
    const std::string url = "http://n" + std::to_string(i) + ".assay:" + std::to_string(server.port()) + "/";
    BOOST_TEST(send(transport, a_post(url)).has_value());
    BOOST_TEST(send(transport, a_post(server.url())).has_value());
  }
  BOOST_TEST(server.accepted() == 51);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_request_that_cannot_be_built, Fixture)

BOOST_AUTO_TEST_CASE(is_refused_before_a_socket_opens) {
  RawServer server(always("ok"));
  std::vector<http::Request> requests;
  for (const char* url :
       {"", "no url", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http:///x", "http://user:word@127.0.0.1/",
        "http://127.0.0.1:99999/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "gopher://127.0.0.1/"}) {
    requests.push_back(a_post(url));
  }
  for (const char* name : {"", "X Y", "X\r\nY", "Content-Length", "transfer-encoding", "Expect", "Connection"}) {
    requests.push_back(a_post(server.url()));
    requests.back().headers = {{name, "1"}};
  }
  for (const std::string& value : {std::string("a\r\nX: y"), std::string("a\nb"), std::string("a\0b", 3)}) {
    requests.push_back(a_post(server.url()));
    requests.back().headers = {{"X", value}};
    requests.push_back(a_post(server.url()));
    requests.back().secrets.push_back({"X", "", Secret(value)});
  }
  for (const char* method : {"", "get", "POST /x HTTP/1.1\r\nX: y\r\n\r\nGET"}) {
    requests.push_back(a_post(server.url()));
    requests.back().method = method;
  }
  for (http::Request& request : requests) {
    const std::string what = request.method + " " + request.url;
    const Outcome outcome = send(std::move(request));
    BOOST_TEST_CONTEXT(what << " -> " << text_of(outcome)) {
      BOOST_TEST(failed_as(outcome, Failure::Kind::internal));
      if (!outcome) BOOST_TEST(!outcome.error().sent);
    }
  }
  BOOST_TEST(server.accepted() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(secrets, Fixture)

BOOST_AUTO_TEST_CASE(stand_in_no_detail_though_a_server_sends_them_back) {
  const std::string key = "sk-very-secret";
  const std::vector<std::string> bad = {
      "HTTP/1.1 200 OK\r\nContent-Encoding: " + key + "\r\nContent-Length: 1\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nContent-Length: " + key + "\r\n\r\nx", key + "\r\n\r\n", ""};
  for (const std::string& bytes : bad) {
    RawServer server(once(bytes));
    http::Request request = a_post(server.url("/path?query=hidden"));
    request.secrets.push_back({"Authorization", "Bearer ", Secret(key)});
    const Outcome outcome = send(std::move(request));
    BOOST_TEST(!outcome.has_value());
    if (outcome) continue;
    BOOST_TEST(outcome.error().detail.find(key) == std::string::npos);
    BOOST_TEST(outcome.error().detail.find("hidden") == std::string::npos);
  }
  http::Request unreachable = a_post("http://nowhere.assay/path?query=hidden");
  const Outcome outcome = send(std::move(unreachable));
  BOOST_TEST(outcome.error().detail.find("hidden") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(are_taken_out_of_curls_words) {
  http::Request request = a_post("http://nowhere.assay/");
  request.secrets.push_back({"Authorization", "", Secret("nowhere.assay")});  // curl names the host it cannot resolve
  const Outcome outcome = send(std::move(request));
  BOOST_TEST(failed_as(outcome, Failure::Kind::unreachable), text_of(outcome));
  BOOST_TEST(outcome.error().detail.find("nowhere") == std::string::npos);
  BOOST_TEST(outcome.error().detail.find("[secret]") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
