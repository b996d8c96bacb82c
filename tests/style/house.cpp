#include "tests/style/house.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace assay::style {
namespace {

constexpr std::string_view kCall = "assay_library(";
constexpr std::string_view kAlias = "assay::";

std::string without_comments(std::string_view cmake) {
  std::string plain;
  std::istringstream lines{std::string(cmake)};
  for (std::string line; std::getline(lines, line);) plain += line.substr(0, line.find('#')) + "\n";
  return plain;
}

Room room_from(const std::string& arguments) {
  std::istringstream words(arguments);
  Room room;
  if (!(words >> room.name)) throw std::runtime_error("assay_library without a name");
  std::string part;
  for (std::string word; words >> word;) {
    if (word == "SOURCES" || word == "HEADERS" || word == "DEPS" || word == "PRIVATE_DEPS") {
      part = word;
    } else if (part == "SOURCES" || part == "HEADERS") {
      room.files.insert(word);
    } else if (word.starts_with(kAlias)) {
      (part == "DEPS" ? room.arrows : room.private_arrows).insert(word.substr(kAlias.size()));
    }
  }
  return room;
}

std::string first_folder(const std::string& path) {
  return path.substr(0, path.find('/'));
}

}  // namespace

House::House(std::string_view cmake) {
  const std::string plain = without_comments(cmake);
  for (std::size_t at = plain.find(kCall); at != std::string::npos; at = plain.find(kCall, at)) {
    at += kCall.size();
    rooms_.push_back(room_from(plain.substr(at, plain.find(')', at) - at)));
  }
}

const Room* House::find(std::string_view name) const {
  const auto room = std::find_if(rooms_.begin(), rooms_.end(), [&](const Room& each) { return each.name == name; });
  return room == rooms_.end() ? nullptr : &*room;
}

std::set<std::string> House::within_reach(const Room& room) const {
  std::set<std::string> reached{room.name};
  std::vector<std::string> ahead(room.arrows.begin(), room.arrows.end());
  while (!ahead.empty()) {
    const std::string name = ahead.back();
    ahead.pop_back();
    if (!reached.insert(name).second) continue;
    if (const Room* next = find(name)) ahead.insert(ahead.end(), next->arrows.begin(), next->arrows.end());
  }
  return reached;
}

std::string SourceFile::room() const {
  const std::string lib = "lib/";
  const bool in_a_room = path.starts_with(lib) && path.find('/', lib.size()) != std::string::npos;
  return in_a_room ? first_folder(path.substr(lib.size())) : std::string();
}

std::vector<std::string> includes_of(std::string_view text) {
  std::vector<std::string> found;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    if (!(words >> word) || !word.starts_with("#")) continue;
    if (word == "#") words >> word;  // "#  include"
    const std::size_t open = line.find_first_of("<\"");
    const std::size_t close = line.find_first_of(">\"", open + 1);
    if (word.find("include") == std::string::npos || open == std::string::npos || close == std::string::npos) continue;
    found.push_back(line.substr(open + 1, close - open - 1));
  }
  return found;
}

Complaints arrows_against_the_order(const House& house) {
  Complaints complaints;
  std::set<std::string> above;
  for (const Room& room : house.rooms()) {
    std::set<std::string> arrows = room.arrows;
    arrows.insert(room.private_arrows.begin(), room.private_arrows.end());
    for (const std::string& arrow : arrows) {
      if (!above.contains(arrow))
        complaints.push_back(room.name + " has an arrow to " + arrow + ", which is not above it");
    }
    above.insert(room.name);
  }
  return complaints;
}

Complaints includes_without_an_arrow(const House& house, const SourceFile& file) {
  const Room* room = house.find(file.room());
  if (!room) return {file.path + ": no assay_library builds " + file.room()};
  std::set<std::string> allowed = house.within_reach(*room);
  for (const std::string& arrow : room->private_arrows) {
    const Room* next = house.find(arrow);
    if (next && !file.is_header()) allowed.merge(house.within_reach(*next));
  }
  Complaints complaints;
  for (const std::string& include : includes_of(file.text)) {
    const Room* other = house.find(first_folder(include));
    if (!other) continue;
    if (!allowed.contains(other->name)) {
      complaints.push_back(file.path + ": includes " + include + ", but " + room->name + " has no arrow to " +
                           other->name);
    } else if (other != room && !other->files.contains(include)) {
      complaints.push_back(file.path + ": includes " + include + ", which is private to " + other->name);
    }
  }
  return complaints;
}

Complaints arrows_without_an_include(const House& house, const std::vector<SourceFile>& files) {
  std::map<std::string, std::set<std::string>> used;
  for (const SourceFile& file : files) {
    for (const std::string& include : includes_of(file.text)) used[file.room()].insert(first_folder(include));
  }
  Complaints complaints;
  for (const Room& room : house.rooms()) {
    std::set<std::string> arrows = room.arrows;
    arrows.insert(room.private_arrows.begin(), room.private_arrows.end());
    for (const std::string& arrow : arrows) {
      if (!used[room.name].contains(arrow)) complaints.push_back(room.name + ": nothing uses the arrow to " + arrow);
    }
  }
  return complaints;
}

Complaints files_without_a_target(const House& house, const std::vector<SourceFile>& files) {
  std::set<std::string> present, listed, used_at_home;
  for (const SourceFile& file : files) {
    if (!file.is_code() || file.room().empty()) continue;
    present.insert(file.path.substr(std::string("lib/").size()));
    for (const std::string& include : includes_of(file.text)) {
      if (first_folder(include) == file.room() && include.ends_with(".hpp")) used_at_home.insert(include);
    }
  }
  for (const Room& room : house.rooms()) listed.insert(room.files.begin(), room.files.end());
  Complaints complaints;
  for (const std::string& path : present) {
    if (!listed.contains(path) && !used_at_home.contains(path))
      complaints.push_back("lib/" + path + ": no target builds it");
  }
  for (const std::string& path : listed) {
    if (!present.contains(path) && path.find('$') == std::string::npos) {
      complaints.push_back("lib/" + path + ": listed, but not there");
    }
  }
  return complaints;
}

}  // namespace assay::style
