#include "telemetry/log.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <thread>
#include <vector>

using namespace assay;
using namespace assay::telemetry;
using namespace std::chrono_literals;

namespace {

/// Lines as they were written, and a clock that the test moves.
struct Desk {
  std::vector<std::string> lines;
  WallTime now = WallTime(std::chrono::milliseconds(1'763'703'471'123));

  LogOptions options(LogFormat format) {
    LogOptions made;
    made.format = format;
    made.clock = [this] { return now; };
    return made;
  }
  Log log(LogOptions made) {
    return Log([this](Level, std::string_view line) { lines.emplace_back(line); }, std::move(made));
  }
  Log json() { return log(options(LogFormat::json)); }
  Log logfmt() { return log(options(LogFormat::logfmt)); }
};

enum class Fruit { apple };
std::string_view to_string(Fruit) {
  return "apple";
}

template <class Value>
concept Loggable = requires(Value value) {
  Field("key", value);
};

const std::string stamp = "2025-11-21T05:37:51.123Z";

}  // namespace

BOOST_AUTO_TEST_SUITE(log_lines)

BOOST_AUTO_TEST_CASE(are_one_json_object_each_for_machines) {
  Desk desk;

  desk.json().info("share claimed", {{"job", Id<struct Job>(41)}, {"cells", 20}, {"alone", true}, {"model", "gpt-4o"}});

  BOOST_REQUIRE(desk.lines.size() == 1U);
  BOOST_TEST(desk.lines[0] ==
             R"({"time":")" + stamp +
                 R"(","level":"info","msg":"share claimed","job":41,"cells":20,"alone":true,"model":"gpt-4o"})");
}

BOOST_AUTO_TEST_CASE(are_logfmt_for_eyes) {
  Desk desk;

  desk.logfmt().warn("call failed", {{"model", "gpt-4o"}, {"detail", "two words"}, {"waited_seconds", 1.5}});

  BOOST_REQUIRE(desk.lines.size() == 1U);
  BOOST_TEST(desk.lines[0] ==
             "time=" + stamp + R"( level=warn msg="call failed" model=gpt-4o detail="two words" waited_seconds=1.5)");
}

BOOST_AUTO_TEST_CASE(stay_one_line_whatever_a_model_says) {
  for (const LogFormat format : {LogFormat::json, LogFormat::logfmt}) {
    Desk desk;
    const std::string hostile("\" level=error\n{\"a\":1}\r\x1b[2J\0\xFF", 28);

    desk.log(desk.options(format)).info("answer", {{"text", hostile}});

    BOOST_REQUIRE(desk.lines.size() == 1U);
    const std::string& line = desk.lines[0];
    for (const char forbidden : {'\n', '\r', '\x1b', '\0', '\xFF'})
      BOOST_TEST(line.find(forbidden) == std::string::npos);
    BOOST_TEST(line.find(R"("\" level=error\n{\"a\":1}\r\u001b[2J\u0000)") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(cut_long_values_between_characters) {
  Desk desk;
  LogOptions options = desk.options(LogFormat::json);
  options.value_limit = 4;

  desk.log(options).info("cut", {{"text", "abc\xC3\xA9tail"}, {"whole", "abcd"}});

  BOOST_TEST(desk.lines[0].find("\"text\":\"abc\xE2\x80\xA6\"") != std::string::npos);
  BOOST_TEST(desk.lines[0].find(R"("whole":"abcd")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keep_numbers_exact_and_write_what_json_has_no_number_for_as_text) {
  Desk desk;

  desk.json().info("n", {{"big", std::numeric_limits<std::uint64_t>::max()},
                         {"small", std::numeric_limits<std::int64_t>::min()},
                         {"tenth", 0.1},
                         {"none", std::numeric_limits<double>::quiet_NaN()}});

  BOOST_TEST(
      desk.lines[0].find(R"("big":18446744073709551615,"small":-9223372036854775808,"tenth":0.1,"none":"nan")") !=
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(reduce_keys_to_safe_ones_and_keep_their_own_words) {
  Desk desk;

  desk.json().info("keys", {{"Bad key\n\"", 1}, {"", 2}, {"level", "mine"}});

  BOOST_TEST(desk.lines[0].find(R"("bad_key__":1,"_":2,"level_":"mine")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(name_enums_by_their_names) {
  Desk desk;

  desk.logfmt().info("eat", {{"fruit", Fruit::apple}});

  BOOST_TEST(desk.lines[0].ends_with("fruit=apple"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(log_object)

BOOST_AUTO_TEST_CASE(writes_its_level_and_above) {
  Desk desk;
  LogOptions options = desk.options(LogFormat::json);
  options.level = Level::warn;
  Log log = desk.log(options);

  log.debug("one");
  log.info("two");
  log.warn("three");
  log.error("four");

  BOOST_TEST(desk.lines.size() == 2U);
  BOOST_TEST(!log.writes(Level::info));
  BOOST_TEST(log.writes(Level::error));
}

BOOST_AUTO_TEST_CASE(reads_its_four_levels_by_name) {
  for (const Level level : {Level::debug, Level::info, Level::warn, Level::error}) {
    BOOST_TEST((parse_level(to_string(level)) == level));
  }
  BOOST_TEST(!parse_level("loud").has_value());
}

BOOST_AUTO_TEST_CASE(carries_context_which_a_field_of_the_same_key_replaces) {
  Desk desk;
  Log log = desk.logfmt().with({{"worker", std::string("w") + "1"}, {"job", 1}}).with({{"cell", 7}, {"job", 2}});

  log.info("a");
  log.info("b", {{"cell", 8}});

  BOOST_TEST(desk.lines[0].ends_with("msg=a worker=w1 cell=7 job=2"));
  BOOST_TEST(desk.lines[1].ends_with("msg=b worker=w1 job=2 cell=8"));
}

BOOST_AUTO_TEST_CASE(does_not_compile_with_a_secret) {
  static_assert(Loggable<std::string>);
  static_assert(Loggable<Id<struct Job>>);
  static_assert(!Loggable<Secret>);
  static_assert(!Loggable<const Secret&>);
  BOOST_TEST((!Loggable<Secret>));
}

BOOST_AUTO_TEST_CASE(takes_known_secrets_out_of_what_strangers_say) {
  Desk desk;
  Log log = desk.json();
  Log older_copy = log.with({{"worker", "w1"}});
  log.hide(Secret("sk-live-0123456789"));

  older_copy.warn("call failed", {{"detail", "bad key: sk-live-0123456789"}});

  BOOST_TEST(desk.lines[0].find("sk-live") == std::string::npos);
  BOOST_TEST(desk.lines[0].find("[secret ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(leaves_no_part_of_a_secret_that_stands_where_a_value_is_cut) {
  Desk desk;
  LogOptions options = desk.options(LogFormat::json);
  options.value_limit = 10;
  Log log = desk.log(options);
  log.hide(Secret("sk-live-0123456789"));

  for (std::size_t before = 0; before <= 10; ++before) {
    log.warn("call failed", {{"detail", std::string(before, '.') + "sk-live-0123456789 and more"}});
  }

  for (const std::string& line : desk.lines) BOOST_TEST(line.find("sk-l") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(counts_repeats_instead_of_writing_them_and_tells_the_number) {
  Desk desk;
  LogOptions options = desk.options(LogFormat::logfmt);
  options.repeats = 2;
  options.window = 10s;
  Log log = desk.log(options);

  for (int i = 0; i < 5; ++i) log.warn("call failed");
  desk.now += 10s;
  log.warn("call failed");

  BOOST_REQUIRE(desk.lines.size() == 3U);
  BOOST_TEST(desk.lines[2].ends_with("msg=\"call failed\" suppressed=3"));
}

BOOST_AUTO_TEST_CASE(tells_what_it_kept_back_when_its_last_copy_goes) {
  Desk desk;
  {
    LogOptions options = desk.options(LogFormat::logfmt);
    options.repeats = 1;
    Log log = desk.log(options);
    for (int i = 0; i < 5; ++i) log.warn("call failed");
  }

  BOOST_REQUIRE(desk.lines.size() == 2U);
  BOOST_TEST(desk.lines[1].ends_with("suppressed=4"));
}

BOOST_AUTO_TEST_CASE(never_mixes_the_lines_of_threads) {
  Desk desk;
  LogOptions options = desk.options(LogFormat::logfmt);
  options.repeats = 0;
  Log log = desk.log(options);

  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([log, thread]() mutable {
      for (int i = 0; i < 500; ++i) log.info("turn", {{"thread", thread}, {"i", i}});
    });
  }
  for (std::thread& thread : threads) thread.join();

  BOOST_TEST(desk.lines.size() == 2000U);
  for (const std::string& line : desk.lines)
    BOOST_TEST(line.starts_with("time=" + stamp + " level=info msg=turn thread="));
}

BOOST_AUTO_TEST_SUITE_END()
