#include "imports/files.hpp"

#include "imports/code.hpp"
#include "imports/json_tree.hpp"
#include "imports/references.hpp"
#include "imports/walk.hpp"

namespace assay::imports {

std::optional<std::string> Files::text(std::string_view reference, const Place& from) {
  if (const auto code = code_named_by(reference)) {
    report_.error(from, std::string(reference) + " is " + *code + "; imports run no code");
    return std::nullopt;
  }
  const std::string path = path_of(reference).value_or(std::string(reference));
  if (path.find("://") != path.npos) {
    report_.error(from, path + " is an address; imports read files only");
  } else if (path.find_first_of("*?[]{}") != path.npos) {
    report_.error(from, path + " is a pattern; name each file");
  } else if (!read_) {
    report_.error(from, path + ": files are not read here; write the text in its place");
  } else {
    auto text = read_(path);
    if (text && (bytes_ += text->size()) <= limits_.bytes) return std::move(*text);
    report_.error(from, text
                            ? "the files that this one names hold more than " + std::to_string(limits_.bytes) + " bytes"
                            : "cannot read " + path + ": " + text.error());
  }
  return std::nullopt;
}

std::optional<std::string> Files::prose(std::string_view reference, const Place& from) {
  auto text = this->text(reference, from);
  if (!text || !reads_environment(*text)) return text;
  report_.error(
      from, std::string(reference) + " reads the environment ({{ env. }}); a suite means the same on every machine");
  return std::nullopt;
}

std::optional<yaml::Node> Files::tree(std::string_view reference, const Place& from) {
  auto text = this->text(reference, from);
  if (!text) return std::nullopt;
  const std::string name = path_of(reference).value_or(std::string(reference));
  return read_tree(report_, name, report_.keep(name, std::move(*text)));
}

std::optional<yaml::Node> read_tree(Report& report, const std::string& source, std::string_view text) {
  yaml::Node root;
  if (extension_of(source) == "json") {
    auto read = read_json(source, text);
    if (!read) {
      report.error(read.error().place, read.error().message);
      return std::nullopt;
    }
    root = std::move(*read);
  } else {
    yaml::Tree tree = yaml::read(source, text, yaml::Limits::foreign());
    const bool broken = !tree.faults.empty();
    report.add(std::move(tree.faults));
    if (broken) return std::nullopt;
    root = std::move(tree.root);
  }
  if (!write_out_references(root, report)) return std::nullopt;
  check_values(root, report);
  return root;
}

}  // namespace assay::imports
