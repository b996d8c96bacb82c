#include "catalogue/aliases.hpp"

#include "yaml/tree.hpp"

namespace assay::catalogue {
namespace {

source::Fault fault(const source::Place& place, std::string message) {
  source::Fault made;
  made.place = place;
  made.message = std::move(message);
  return made;
}

}  // namespace

Result<std::vector<routing::Alias>, std::vector<source::Fault>> parse_aliases(const std::string& source,
                                                                              std::string_view yaml) {
  yaml::Tree tree = yaml::read(source, yaml);
  std::vector<source::Fault> faults = std::move(tree.faults);
  std::vector<routing::Alias> aliases;
  if (faults.empty() && tree.root.kind != yaml::Node::Kind::map)
    faults.push_back(fault(tree.root.place, "expected names, each with the model it stands for"));
  for (const yaml::Node::Member& member : tree.root.members) {
    const yaml::Node& target = member.value;
    if (target.kind != yaml::Node::Kind::scalar || target.text.empty()) {
      faults.push_back(fault(target.place, member.key + ": expected a model's name"));
    } else if (tree.root.find(target.text) != nullptr) {
      faults.push_back(fault(target.place, member.key + ": " + target.text + " is an alias itself"));
    } else {
      aliases.push_back({member.key, target.text});
    }
  }
  if (!faults.empty()) return failure(std::move(faults));
  return aliases;
}

}  // namespace assay::catalogue
