#pragma once
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "source/fault.hpp"

namespace assay::imports {

using source::Fault;
using source::Place;

/// The faults of one import: at most 200 errors and 200 warnings, each told once; the rest is counted.
class Report {
 public:
  /// Keeps a file's text, so that faults can show its lines.
  std::string_view keep(const std::string& source, std::string text);

  /// `shown` is what stands at the place, as far as it may be shown.
  void error(const Place& place, std::string message, std::string suggestion = "", std::string_view shown = "");
  void warning(const Place& place, std::string message, std::string suggestion = "", std::string_view shown = "");
  /// An error about a name that is none of those known: the nearest is suggested.
  void misspelt(const Place& place, std::string message, const std::string& name,
                const std::vector<std::string>& known);
  void unknown_key(const Place& place, const std::string& what, std::string_view key,
                   const std::vector<std::string>& known);
  void add(std::vector<Fault> faults);

  bool failed() const { return !errors_.faults.empty(); }
  std::vector<Fault> errors() && { return std::move(errors_).take("errors"); }
  std::vector<Fault> warnings() && { return std::move(warnings_).take("warnings"); }

 private:
  struct Pile {
    std::vector<Fault> faults;
    std::size_t more = 0;
    bool takes(const Place& place, const std::string& message);
    std::vector<Fault> take(const char* what) &&;
  };
  struct File {
    std::string text;
    source::Lines lines;
    explicit File(std::string given) : text(std::move(given)), lines(text) {}
  };
  Fault fault(const Place& place, std::string message, std::string suggestion, std::string_view shown) const;

  std::map<std::string, File> files_;
  Pile errors_, warnings_;
};

}  // namespace assay::imports
