#include "framing/aws_event_stream.hpp"

#include "tests/support/aws_frames.hpp"
#include "tests/unit/framing/pieces.hpp"

using namespace assay;
using namespace assay::framing;
using namespace assay::support;

namespace {

constexpr Kind kind = Kind::aws_event_stream;

/// Why a stream is no event stream, told alike whole and byte by byte; empty when it is one.
std::string fault_of(std::string_view stream, std::size_t event_bytes = 16u << 20) {
  const auto nothing = [](const Event&) {};
  const auto whole = make_framing(kind, {event_bytes}), bytewise = make_framing(kind, {event_bytes});
  const auto fed = whole->feed(stream, nothing);
  Result<void, std::string> last;
  for (std::size_t i = 0; i < stream.size() && last; ++i) last = bytewise->feed(stream.substr(i, 1), nothing);
  BOOST_TEST(fed.has_value() == last.has_value());
  if (fed) return "";
  BOOST_TEST(last.error() == fed.error());
  BOOST_TEST(whole->feed("more", nothing).error() == fed.error());
  return fed.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_event_stream)

BOOST_AUTO_TEST_CASE(gives_the_events_of_its_frames_whatever_the_split) {
  const std::string stream = aws_event("messageStart", R"({"role":"assistant"})") + aws_event("contentBlockDelta", "") +
                             aws_exception("throttlingException", R"({"message":"slow down"})");
  const assay::unit::Events expected{R"(messageStart|{"role":"assistant"})", "contentBlockDelta|",
                                     R"(throttlingException|{"message":"slow down"})"};
  const bool same = assay::unit::events_of(kind, stream) == expected;
  BOOST_TEST(same);
}

BOOST_AUTO_TEST_CASE(reads_a_frame_that_another_program_made) {
  // AWS's own example of an empty message: no headers, no payload.
  const std::string empty("\x00\x00\x00\x10\x00\x00\x00\x00\x05\xC2\x48\xEB\x7D\x98\xC8\xFF", 16);
  BOOST_TEST(fault_of(empty) == "");
  BOOST_TEST(aws_frame("", "") == empty);
  BOOST_TEST(crc32("123456789") == 0xCBF43926u);
}

BOOST_AUTO_TEST_CASE(passes_over_headers_of_every_type) {
  using namespace std::string_literals;
  const std::string headers = "\x01t\x00"s +
                              "\x01"
                              "f\x01"s +
                              "\x01"
                              "b\x02\x7f"s +
                              "\x01s\x03\x01\x02"s + "\x01i\x04\x01\x02\x03\x04"s +
                              "\x01l\x05"
                              "12345678"s +
                              "\x01y\x06\x00\x02hi"s +
                              "\x01w\x08"
                              "12345678"s +
                              "\x01u\x09"
                              "1234567890123456"s;
  const std::string stream =
      aws_frame(headers + string_header(":message-type", "event") + string_header(":event-type", "e"), "x");
  const bool same = assay::unit::events_of(kind, stream) == assay::unit::Events{"e|x"};
  BOOST_TEST(same);
}

BOOST_AUTO_TEST_CASE(an_error_without_payload_gives_its_words) {
  bool exception = false;
  std::string event;
  const std::string stream =
      aws_frame(string_header(":message-type", "error") + string_header(":error-code", "InternalError") +
                    string_header(":error-message", "An internal server error occurred"),
                "");
  BOOST_REQUIRE(make_framing(kind)->feed(stream, [&](const Event& found) {
    exception = found.exception;
    event = std::string(found.name) + "|" + std::string(found.data);
  }));
  BOOST_TEST(exception);
  BOOST_TEST(event == "InternalError|An internal server error occurred");
}

BOOST_AUTO_TEST_CASE(is_between_events_only_after_a_whole_frame) {
  const std::string frame = aws_event("e", "payload");
  const auto framing = make_framing(kind);
  const auto nothing = [](const Event&) {};
  BOOST_TEST(framing->between_events());
  for (std::size_t i = 0; i < frame.size(); ++i) {
    BOOST_REQUIRE(framing->feed(std::string_view(frame).substr(i, 1), nothing));
    BOOST_TEST(framing->between_events() == (i + 1 == frame.size()));
  }
}

BOOST_AUTO_TEST_CASE(every_wrong_bit_is_found) {
  const std::string frame = aws_event("e", "payload");
  for (std::size_t i = 0; i < frame.size() * 8; ++i) {
    std::string wrong = frame;
    wrong[i / 8] = static_cast<char>(wrong[i / 8] ^ (1 << i % 8));
    BOOST_TEST(fault_of(wrong).find("checksum") != std::string::npos, "bit " << i);
  }
}

BOOST_AUTO_TEST_CASE(lengths_that_cannot_be_are_faults_though_their_checksum_is_right) {
  const auto prelude = [](std::uint32_t total, std::uint32_t headers) {
    const std::string lengths = big_endian(total, 4) + big_endian(headers, 4);
    return lengths + big_endian(checksum(lengths), 4);
  };
  BOOST_TEST(fault_of(prelude(15, 0)) == "a frame's lengths contradict each other");
  BOOST_TEST(fault_of(prelude(20, 5)) == "a frame's lengths contradict each other");
  BOOST_TEST(fault_of(prelude(20, 0xFFFFFFFF)) == "a frame's lengths contradict each other");
  BOOST_TEST(fault_of(prelude(0xFFFFFFFF, 0)) == "a frame has more than 16777216 bytes");
  BOOST_TEST(fault_of(prelude(101, 0), 100) == "a frame has more than 100 bytes");
}

BOOST_AUTO_TEST_CASE(headers_that_cannot_be_read_are_faults) {
  using namespace std::string_literals;
  for (const std::string& headers :
       {"\x05"s, "\x01n"s, "\x01n\x0a"s, "\x01n\x07\x00"s, "\x01n\x07\x00\x02x"s, "\x01n\x04\x01"s, "\xff"s})
    BOOST_TEST(fault_of(aws_frame(headers, "")) == "a frame's headers cannot be read");
}

BOOST_AUTO_TEST_SUITE_END()
