#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::style {

/// A complaint as one line for a person: which file, and what is wrong there. An empty list means all is well.
using Complaints = std::vector<std::string>;

/// A room of lib/: one assay_library(…) of lib/CMakeLists.txt.
struct Room {
  std::string name;
  std::set<std::string> arrows;          ///< rooms that its DEPS name
  std::set<std::string> private_arrows;  ///< rooms that its PRIVATE_DEPS name
  std::set<std::string> files;           ///< SOURCES and HEADERS, relative to lib/
};

/// The house in the order in which lib/CMakeLists.txt builds it.
class House {
 public:
  /// @throws std::runtime_error on an assay_library without a name
  explicit House(std::string_view cmake);

  [[nodiscard]] const std::vector<Room>& rooms() const { return rooms_; }
  [[nodiscard]] const Room* find(std::string_view name) const;

  /// Every room that a header of this one may include: itself, its DEPS, theirs, and so on.
  [[nodiscard]] std::set<std::string> within_reach(const Room& room) const;

 private:
  std::vector<Room> rooms_;
};

/// A source file with its path relative to the project ("lib/json/number.cpp").
struct SourceFile {
  std::string path;
  std::string text;

  /// "json" for "lib/json/number.cpp"; empty outside lib/.
  [[nodiscard]] std::string room() const;
  [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
  [[nodiscard]] bool is_code() const { return is_header() || path.ends_with(".cpp"); }
};

/// What the file includes, in either kind of bracket, in order.
std::vector<std::string> includes_of(std::string_view text);

/// Arrows that point at no room above their own.
Complaints arrows_against_the_order(const House& house);

/// Includes of a room that no arrow leads to, or that are private to another room (its build file lists them nowhere).
/// A source may use private arrows too, a header may not.
Complaints includes_without_an_arrow(const House& house, const SourceFile& file);

/// Arrows that no include of the room uses.
Complaints arrows_without_an_include(const House& house, const std::vector<SourceFile>& files);

/// Files of lib/ that no target builds, and listed files that are not there. A header that only its own room includes
/// need not be listed: it is private.
Complaints files_without_a_target(const House& house, const std::vector<SourceFile>& files);

}  // namespace assay::style
