#include "imports/walk.hpp"

#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

void check(const Node& node, Report& report) {
  if (node.kind == Node::Kind::scalar) {
    if (reads_environment(node.text))
      report.error(node.place, "reads the environment ({{ env. }}); a suite means the same on every machine");
    if (node.plain && yaml::looks_like_a_date(node.text))
      report.warning(node.place, node.text + " is kept as text; promptfoo makes a moment in time of it. Quote it");
  }
  for (const Node& item : node.items) check(item, report);
  for (const auto& member : node.members) check(member.value, report);
}

}  // namespace

bool reads_environment(std::string_view text) {
  for (std::size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at + 2)) {
    std::size_t word = at + 2;
    if (text.substr(word).starts_with('-')) ++word;
    word = text.find_first_not_of(" \t\r\n", word);
    if (word == text.npos) return false;
    const std::string_view rest = text.substr(word);
    if (rest.starts_with("env.") || rest.starts_with("env[")) return true;
  }
  return false;
}

void check_values(const Node& root, Report& report) {
  if (root.kind != Node::Kind::map) return check(root, report);
  for (const auto& [key, place, value] : root.members) {
    if (key != "providers" && key != "targets" && key != "env" && key != "redteam") check(value, report);
  }
}

}  // namespace assay::imports
