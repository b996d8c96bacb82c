#include "imports/report.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "source/nearest.hpp"

namespace assay::imports {
namespace {

constexpr std::size_t most = 200;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

auto order(const Fault& fault) {
  return std::tie(fault.place.source, fault.place.line, fault.place.column, fault.message);
}

}  // namespace

std::string_view Report::keep(const std::string& source, std::string text) {
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  return files_.try_emplace(source, std::move(text)).first->second.text;
}

void Report::error(const Place& place, std::string message, std::string suggestion, std::string_view shown) {
  if (errors_.takes(place, message))
    errors_.faults.push_back(fault(place, std::move(message), std::move(suggestion), shown));
}

void Report::warning(const Place& place, std::string message, std::string suggestion, std::string_view shown) {
  if (!warnings_.takes(place, message)) return;
  warnings_.faults.push_back(fault(place, std::move(message), std::move(suggestion), shown));
  warnings_.faults.back().severity = Fault::Severity::warning;
}

// Looking for the nearest name is dear: only for faults that are told.
void Report::misspelt(const Place& place, std::string message, const std::string& name,
                      const std::vector<std::string>& known) {
  if (errors_.takes(place, message))
    errors_.faults.push_back(fault(place, std::move(message), source::nearest(name, known), name));
}

void Report::unknown_key(const Place& place, const std::string& what, std::string_view key,
                         const std::vector<std::string>& known) {
  const std::string name(key);
  misspelt(place, name + ": " + what + " has no such key", name, known);
}

void Report::add(std::vector<Fault> faults) {
  for (Fault& one : faults) {
    Pile& pile = one.severity == Fault::Severity::error ? errors_ : warnings_;
    if (pile.takes(one.place, one.message)) pile.faults.push_back(std::move(one));
  }
}

Fault Report::fault(const Place& place, std::string message, std::string suggestion, std::string_view shown) const {
  Fault made;
  made.place = place;
  made.message = std::move(message);
  made.suggestion = std::move(suggestion);
  const auto file = files_.find(place.source);
  if (file != files_.end() && place.line > 0) quote_line(made, file->second.lines, shown);
  return made;
}

/// Whether a fault is new and there is room for it; what has no room is counted.
bool Report::Pile::takes(const Place& place, const std::string& message) {
  const auto key = [](const Place& at, const std::string& text) {
    return std::tie(at.source, at.line, at.column, text);
  };
  const auto same = [&](const Fault& other) { return key(other.place, other.message) == key(place, message); };
  if (std::any_of(faults.begin(), faults.end(), same)) return false;
  const bool room = faults.size() < most;
  if (!room) ++more;
  return room;
}

std::vector<Fault> Report::Pile::take(const char* what) && {
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return order(a) < order(b); });
  if (more > 0) {
    Fault rest;
    rest.severity = faults.front().severity;
    rest.message = std::to_string(more) + " more " + what;
    faults.push_back(std::move(rest));
  }
  return std::move(faults);
}

}  // namespace assay::imports
