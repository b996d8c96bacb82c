#include "yaml/tree.hpp"

#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "json/utf8.hpp"
#include "yaml/builder.hpp"

namespace assay::yaml {
namespace {

using source::Lines;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Without it the parser takes a quote that is never closed for a value that ends with the file.
constexpr const char* document_end = "...\n";

std::optional<Fault> unreadable(const std::string& source, std::string_view text, Limits limits) {
  Fault fault;
  if (text.size() > limits.bytes) {
    fault.place = {source, 1, 1};
    fault.message = "larger than " + std::to_string(limits.bytes / 1024) + " KiB";
    return fault;
  }
  const std::size_t bad = std::min(json::find_bad_utf8(text), text.find('\0'));
  if (bad == std::string_view::npos) return std::nullopt;
  fault.place = source::place_of(source, text, bad);
  fault.message = "a byte that is not UTF-8 text";
  return fault;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

Limits Limits::foreign() {
  Limits limits;
  limits.bytes = std::size_t{8} << 20;
  limits.depth = 64;
  limits.nodes = 500'000;
  limits.extras = Extras::taken;
  return limits;
}

Tree read(const std::string& source, std::string_view text, Limits limits) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (auto fault = unreadable(source, text, limits)) return {Node(), {*fault}};
  const Lines lines(text);
  Builder builder(source, lines, limits);
  std::vector<Fault> broken;
  try {
    std::istringstream in(std::string(text) + (text.ends_with('\n') ? "" : "\n") + document_end);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const YAML::Exception& reason) {
    broken.push_back(builder.syntax_fault(reason));
  } catch (const Refused& reason) {
    broken.push_back(builder.fault(reason.mark, reason.message));
  }
  Tree tree = std::move(builder).take();
  tree.faults.insert(tree.faults.end(), broken.begin(), broken.end());
  return tree;
}

}  // namespace assay::yaml
