#include "providers/streamed_answer.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace assay;
using providers::StreamedAnswer;

namespace {

providers::Deployment deployment(providers::DialectKind kind = providers::DialectKind::openai_chat) {
  providers::Deployment of;
  of.provider = "fake";
  of.dialect = kind;
  of.base_url = "http://127.0.0.1:1";
  of.model = "m";
  of.key = Secret("sk-canary-0123456789");
  return of;
}

http::Response head(int status, std::string type) {
  http::Response response;
  response.status = status;
  if (!type.empty()) response.headers.emplace_back("Content-Type", std::move(type));
  return response;
}

Result<Completion, Failure> read(const http::Response& head, std::string_view body, std::size_t most = 1 << 20) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, most);
  answer.head(head.status, head.headers);
  answer.feed(body);
  return answer.end(head);
}

const std::string whole_answer =
    R"({"model":"m","choices":[{"message":{"content":"Lima"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}})";

std::string chunk(const std::string& text, const std::string& finish = "null") {
  return R"(data: {"model":"m","choices":[{"index":0,"delta":{"content":")" + text + R"("},"finish_reason":)" + finish +
         "}]}\n\n";
}

const http::Response stream = head(200, "text/event-stream; charset=utf-8");

/// Fed with `piece` again and again until it has enough, and then ended as who stopped reading ends it.
struct Endless {
  std::size_t fed = 0;
  bool enough = false;
  Result<Completion, Failure> end;

  Endless(providers::DialectKind kind, const http::Response& head, const std::string& beginning, std::string_view piece,
          std::size_t most = std::size_t{64} << 20)
      : end(Completion()) {
    const providers::Deployment from = deployment(kind);
    StreamedAnswer answer(from, 1 << 20);
    answer.head(head.status, head.headers);
    answer.feed(beginning);
    while (!answer.enough() && fed < most) {
      answer.feed(piece);
      fed += piece.size();
    }
    enough = answer.enough();
    http::Failure cut;
    cut.kind = http::Failure::Kind::cancelled;
    cut.sent = true;
    cut.status = head.status;
    end = answer.end(cut);
  }
};

using Dialects = providers::DialectKind;

}  // namespace

BOOST_AUTO_TEST_SUITE(streamed_answer)

BOOST_AUTO_TEST_CASE(a_whole_answer_to_a_streamed_question_is_read_whole) {
  for (const char* type : {"application/json", ""}) {
    const auto completion = read(head(200, type), whole_answer);

    BOOST_REQUIRE(completion);
    BOOST_TEST(completion->text == "Lima");
    BOOST_TEST(!completion->streamed);
  }
}

BOOST_AUTO_TEST_CASE(a_stream_that_no_content_type_announces_is_read_as_one) {
  const auto completion = read(head(200, "text/plain"), "\n" + chunk("Lima", "\"stop\"") + "data: [DONE]\n\n");

  BOOST_REQUIRE(completion);
  BOOST_TEST(completion->text == "Lima");
  BOOST_TEST(completion->streamed);
}

BOOST_AUTO_TEST_CASE(an_error_status_is_read_as_without_a_stream) {
  const auto refused =
      read(head(429, "application/json"), R"({"error":{"message":"slow down","code":"rate_limit_exceeded"}})");

  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == Failure::Kind::rate_limited));
  BOOST_TEST(!refused.error().may_have_run);
}

BOOST_AUTO_TEST_CASE(a_page_of_a_balancer_is_no_answer) {
  const auto page = read(head(200, "text/html"), "<html><body>Sign in</body></html>");

  BOOST_REQUIRE(!page);
  BOOST_TEST((page.error().kind == Failure::Kind::malformed));
}

BOOST_AUTO_TEST_CASE(a_clean_close_without_the_marker_is_cut_off_and_keeps_what_came) {
  const auto cut = read(stream, chunk("Li") + chunk("ma"));

  BOOST_REQUIRE(!cut);
  BOOST_TEST((cut.error().kind == Failure::Kind::cut_off));
  BOOST_TEST(cut.error().may_have_run);
  BOOST_REQUIRE(cut.error().partial);
  BOOST_TEST(cut.error().partial->text == "Lima");
}

BOOST_AUTO_TEST_CASE(a_connection_that_breaks_after_the_marker_has_answered) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, 1 << 20);
  http::Failure broken;
  broken.kind = http::Failure::Kind::cut_off;
  broken.sent = true;

  answer.head(200, stream.headers);
  answer.feed(chunk("Lima", "\"stop\"") + "data: [DONE]\n\n");
  const auto completion = answer.end(broken);

  BOOST_REQUIRE(completion);
  BOOST_TEST(completion->text == "Lima");
}

BOOST_AUTO_TEST_CASE(a_connection_that_breaks_before_it_leaves_what_came) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, 1 << 20);
  http::Failure broken;
  broken.kind = http::Failure::Kind::timed_out;
  broken.sent = true;
  broken.status = 200;

  answer.head(200, stream.headers);
  answer.feed(chunk("Li"));
  const auto failed = answer.end(broken);

  BOOST_REQUIRE(!failed);
  BOOST_TEST((failed.error().kind == Failure::Kind::timed_out));
  BOOST_REQUIRE(failed.error().partial);
  BOOST_TEST(failed.error().partial->text == "Li");
}

BOOST_AUTO_TEST_CASE(more_content_than_may_be_held_is_an_answer_cut_at_the_limit) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, 1000);

  answer.head(200, stream.headers);
  for (int i = 0; i < 100 && !answer.enough(); ++i) answer.feed(chunk(std::string(100, 'x')));
  http::Failure cut;
  cut.kind = http::Failure::Kind::cancelled;
  BOOST_TEST(answer.enough());
  const auto completion = answer.end(cut);

  BOOST_REQUIRE(completion);
  BOOST_TEST((completion->finish_reason == FinishReason::length));
  BOOST_TEST(completion->finish_reason_raw == "response_bytes");
  BOOST_TEST(completion->text.size() <= 1100u);
}

BOOST_AUTO_TEST_CASE(an_endless_error_body_is_that_error) {
  const auto failed = read(head(503, "text/plain"), std::string(1 << 20, 'x'), 1 << 16);

  BOOST_REQUIRE(!failed);
  BOOST_TEST((failed.error().kind == Failure::Kind::overloaded || failed.error().kind == Failure::Kind::unavailable));
  BOOST_TEST(failed.error().detail.size() <= 4096u);
}

BOOST_AUTO_TEST_CASE(an_endless_whole_answer_ends_at_its_cap) {
  const auto failed = read(head(200, "application/json"), "{\"x\":\"" + std::string(5000, 'x'), 1000);

  BOOST_REQUIRE(!failed);
  BOOST_TEST((failed.error().kind == Failure::Kind::malformed));
  BOOST_TEST(failed.error().detail.find("more than 1000 bytes") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(content_is_text_and_pings_are_not) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, 1 << 20);
  answer.head(200, stream.headers);

  BOOST_TEST(!answer.feed(": keep-alive\n\n").content);
  BOOST_TEST(!answer.feed("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n")
                  .content);
  BOOST_TEST(answer.feed(chunk("L")).content);
  BOOST_TEST(
      !answer.feed("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n").content);
}

BOOST_AUTO_TEST_CASE(garbage_is_enough_at_once_and_keeps_what_came_before_it) {
  const Endless bits(Dialects::bedrock, head(200, "application/vnd.amazon.eventstream"), "", std::string(4096, 'x'));
  const Endless lines(Dialects::openai_chat, stream, chunk("Li"), "data: no json\n\n");

  BOOST_TEST(bits.fed == 4096u);
  BOOST_TEST((bits.end.error().kind == Failure::Kind::malformed));
  BOOST_TEST(bits.end.error().detail.find("cannot be read") != std::string::npos);
  BOOST_TEST(lines.fed <= 80'000u);
  BOOST_TEST((lines.end.error().kind == Failure::Kind::malformed));
  BOOST_TEST(lines.end.error().partial->text == "Li");
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_enough_at_the_limit_of_one_event) {
  for (const auto kind : {Dialects::openai_chat, Dialects::ollama}) {
    const Endless line(kind, head(200, "text/event-stream"), "data: ", std::string(1 << 16, 'x'));

    BOOST_TEST(line.enough);
    BOOST_TEST(line.fed <= (std::size_t{16} << 20) + (1u << 16));
    BOOST_TEST((line.end.error().kind == Failure::Kind::malformed));
    BOOST_TEST(line.end.error().may_have_run);
  }
}

BOOST_AUTO_TEST_CASE(comments_and_pings_without_end_are_enough_after_two_of_the_largest_events) {
  for (const char* noise : {": ping\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n"}) {
    std::string many;
    while (many.size() < 1u << 18) many += noise;

    const Endless pings(Dialects::anthropic_messages, stream, "", many);

    BOOST_TEST(pings.fed <= (std::size_t{33} << 20));
    BOOST_TEST(pings.fed >= (std::size_t{31} << 20));
    BOOST_TEST((pings.end.error().kind == Failure::Kind::malformed));
    BOOST_TEST(pings.end.error().detail.find("bytes without content") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(an_errors_body_and_a_page_are_enough_after_64_kib) {
  for (const int status : {302, 429, 503}) {
    const Endless error(Dialects::openai_chat, head(status, "text/plain"), "", std::string(4096, 'x'));

    BOOST_TEST(error.enough);
    BOOST_TEST(error.fed <= 70'000u);
    BOOST_TEST((error.end.error().kind != Failure::Kind::cancelled));
    BOOST_TEST(error.end.error().status == status);
  }
  for (const char* type : {"text/html", "text/plain"}) {
    const Endless page(Dialects::openai_chat, head(200, type), "  <html>", std::string(4096, 'x'));

    BOOST_TEST(page.fed <= 70'000u);
    BOOST_TEST((page.end.error().kind == Failure::Kind::malformed));
  }
}

BOOST_AUTO_TEST_CASE(an_error_that_came_whole_before_its_connection_broke_is_read) {
  const providers::Deployment from = deployment();
  StreamedAnswer answer(from, 1 << 20);
  http::Failure broken;
  broken.kind = http::Failure::Kind::timed_out;
  broken.sent = true;
  broken.status = 400;

  answer.head(400, {{"Content-Type", "application/json"}});
  answer.feed(R"({"error":{"message":"too long","code":"context_length_exceeded"}})");
  const auto failed = answer.end(broken);

  BOOST_REQUIRE(!failed);
  BOOST_TEST((failed.error().kind == Failure::Kind::context_too_long));
  BOOST_TEST(failed.error().vendor_code == "context_length_exceeded");
}

BOOST_AUTO_TEST_CASE(blanks_without_end_are_enough_at_the_cap_and_not_kept) {
  const Endless blanks(Dialects::openai_chat, head(200, ""), "", std::string(4096, '\n'));

  BOOST_TEST(blanks.fed <= (1u << 20) + 4096u);
  BOOST_TEST((blanks.end.error().kind == Failure::Kind::malformed));
}

BOOST_AUTO_TEST_CASE(what_follows_the_end_is_enough_after_64_kib_and_the_answer_stays_one) {
  const Endless chatter(Dialects::openai_chat, stream, chunk("Lima", "\"stop\"") + "data: [DONE]\n\n", ": more\n\n");

  BOOST_TEST(chatter.enough);
  BOOST_TEST(chatter.fed <= 70'000u);
  BOOST_REQUIRE(chatter.end);
  BOOST_TEST(chatter.end->text == "Lima");
}

BOOST_AUTO_TEST_CASE(a_cut_that_came_before_enough_was_known_is_a_cut) {
  const Endless error(Dialects::openai_chat, head(503, "text/plain"), "", std::string(4096, 'x'), 4096);
  const Endless limited(Dialects::openai_chat, head(429, "text/plain"), "", std::string(4096, 'x'), 4096);

  BOOST_TEST(!error.enough);
  BOOST_TEST((error.end.error().kind == Failure::Kind::cancelled));
  BOOST_TEST((limited.end.error().kind == Failure::Kind::cancelled));
  BOOST_TEST(!limited.end.error().may_have_run);  // its status had come, and says that nothing ran
}

BOOST_AUTO_TEST_SUITE_END()
