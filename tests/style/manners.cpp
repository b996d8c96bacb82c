#include "tests/style/manners.hpp"

#include <algorithm>
#include <cctype>

namespace assay::style {
namespace {

/// Something found in a text, and the beginnings of the paths where it may be.
struct Rule {
  std::string_view what;
  std::vector<std::string_view> homes;
};

const std::vector<Rule> kVendors = {
    {"rapidjson/", {"lib/json/"}},
    {"curl/", {"lib/curl/"}},
    {"pqxx/", {"lib/postgres/"}},
    {"libpq-fe.h", {"lib/postgres/"}},
    {"spdlog/", {"lib/telemetry/"}},
    {"fmt/", {"lib/telemetry/"}},
    {"prometheus/", {"lib/telemetry/"}},
    {"Poco/", {"lib/telemetry/", "worker/"}},
    {"yaml-cpp/", {"lib/yaml/"}},
    {"CLI/", {"lib/cli/"}},
    {"js/", {"worker/javascript/"}},
    {"seccomp.h", {"worker/javascript/"}},
    {"re2/", {"lib/regex/"}},
    {"pcre2.h", {"lib/regex/"}},
    {"unicode/", {"lib/text/"}},
    {"expat.h", {"lib/markup/"}},
    {"gumbo.h", {"lib/markup/"}},
    {"tl/", {"lib/base/"}},
    {"boost/", {}},
};

const std::vector<Rule> kDoors = {
    // A signature is dated when its request leaves, in the rim that sends it.
    {"system_clock::now", {"lib/runtime/", "lib/net/", "lib/telemetry/wall_clock.cpp", "lib/curl/transfer_setup.cpp"}},
    {"steady_clock::now", {"lib/runtime/", "lib/net/", "lib/postgres/"}},
    {"random_device", {"lib/runtime/"}},
    {"getenv", {"lib/config/"}},
    {"secure_getenv", {"lib/config/"}},
    {"environ", {"lib/config/", "worker/"}},
    {"std::thread", {"lib/runtime/", "lib/postgres/", "lib/telemetry/"}},
    {"std::jthread", {"lib/runtime/", "lib/postgres/", "lib/telemetry/"}},
    {"pthread_create", {"lib/runtime/"}},
    {"std::async", {}},
    {"epoll_create1", {"lib/net/"}},
    {"accept4", {"lib/net/"}},
    {"::socket", {"lib/net/"}},
    {"ifstream", {"lib/config/", "lib/cli/", "worker/"}},
    {"ofstream", {"lib/config/", "lib/cli/", "worker/"}},
    {"fopen", {"lib/config/", "lib/cli/", "worker/"}},
    {"this_thread::sleep_for", {}},
    {"this_thread::sleep_until", {}},
    {"usleep", {}},
    {"nanosleep", {}},
    {"std::rand", {}},
    {"srand", {}},
    {"std::regex", {}},
};

// Written in two halves, so that this file does not name them itself.
const std::vector<std::string> kPlaces = {std::string("/wo") + "rk/",           std::string("/fa") + "rm/",
                                          std::string("/tmp/as") + "say/",      std::string("registry.n") + "pmjs",
                                          std::string("registry.y") + "arnpkg", std::string("deb.deb") + "ian.org",
                                          std::string("pypi") + ".org",         std::string("proxy.gol") + "ang.org"};

bool is_word_char(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_';
}

bool at_home(const SourceFile& file, const Rule& rule) {
  return std::any_of(rule.homes.begin(), rule.homes.end(), [&](auto home) { return file.path.starts_with(home); });
}

bool names(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word_char(code[at - 1]) || !is_word_char(word.front());
    const std::size_t end = at + word.size();
    if (starts && (end == code.size() || !is_word_char(code[end]))) return true;
  }
  return false;
}

/// Where the literal or comment that starts at `at` ends; `at` itself if none starts there.
std::size_t end_of_silence(std::string_view text, std::size_t at) {
  const auto past = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == text.npos ? text.size() : found + mark.size();
  };
  const std::string_view rest = text.substr(at);
  const bool in_word = at > 0 && is_word_char(text[at - 1]);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return past("*/", at + 2);
  if (rest.starts_with("R\"") && !in_word) {
    const std::size_t open = text.find('(', at);
    if (open == text.npos) return text.size();
    return past(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool quoted = rest.starts_with('"') || (rest.starts_with('\'') && !in_word);  // 1'000 is a number
  if (!quoted) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != rest.front()) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

std::string code_only(std::string_view text) {
  std::string code;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_silence(text, at);
    code += end == at ? text[at] : ' ';
    at = std::max(end, at + 1);
  }
  return code;
}

Complaints vendors_away_from_home(const SourceFile& file) {
  Complaints complaints;
  for (const std::string& include : includes_of(file.text)) {
    for (const Rule& vendor : kVendors) {
      const bool vendors_own = include.starts_with(vendor.what) || include + "/" == vendor.what;
      const bool rooms_own = vendor.what == "curl/" && include.ends_with(".hpp");  // lib/curl's; libcurl has only .h
      if (vendors_own && !rooms_own && !at_home(file, vendor))
        complaints.push_back(file.path + ": includes " + include);
    }
  }
  return complaints;
}

Complaints doors_outside_their_rims(const SourceFile& file) {
  const std::string code = code_only(file.text);
  Complaints complaints;
  for (const Rule& door : kDoors) {
    if (names(code, door.what) && !at_home(file, door))
      complaints.push_back(file.path + ": uses " + std::string(door.what));
  }
  return complaints;
}

Complaints too_long(const SourceFile& file) {
  const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
  if (lines <= 500) return {};
  return {file.path + ": " + std::to_string(lines) + " lines; is it one room, or several?"};
}

Complaints places_that_readers_do_not_have(const SourceFile& file) {
  Complaints complaints;
  for (const std::string& place : kPlaces) {
    for (std::size_t at = file.text.find(place); at != std::string::npos; at = file.text.find(place, at + 1)) {
      if (place.front() == '/' && at > 0 && is_word_char(file.text[at - 1])) continue;  // "./src/work/" is nobody's
      complaints.push_back(file.path + ": names " + place);
      break;
    }
  }
  return complaints;
}

Complaints download_addresses(const SourceFile& file) {
  const bool lock = file.path.ends_with("package-lock.json") || file.path.ends_with("npm-shrinkwrap.json");
  if (!lock || file.text.find("\"resolved\"") == std::string::npos) return {};
  return {file.path + ": holds download addresses; set omit-lockfile-registry-resolved"};
}

Complaints cases_that_cannot_fail(const SourceFile& file) {
  const std::string code = code_only(file.text);
  Complaints complaints;
  for (const std::string_view decorator :
       {"unit_test::disabled", "unit_test::expected_failures", "unit_test::precondition", "unit_test::enable_if",
        "BOOST_AUTO_TEST_CASE_EXPECTED_FAILURES"}) {
    if (names(code, decorator)) complaints.push_back(file.path + ": uses " + std::string(decorator));
  }
  return complaints;
}

Complaints oracle_that_shares_code(const House& house, const SourceFile& file) {
  if (file.room() != "fake") return {};
  Complaints complaints;
  const Room* fake = house.find("fake");
  for (const std::string room : {"providers", "pricing", "routing", "engine"}) {
    if (fake && house.within_reach(*fake).contains(room)) complaints.push_back("fake: an arrow leads to " + room);
    for (const std::string& include : includes_of(file.text)) {
      if (include.starts_with(room + "/")) complaints.push_back(file.path + ": includes " + include);
    }
  }
  return complaints;
}

}  // namespace assay::style
