#include "config/collect.hpp"

#include <algorithm>
#include <set>

#include "config/values.hpp"
#include "source/nearest.hpp"

namespace assay::config {
namespace {

using Expanded = Result<std::string, std::string>;

Fault plain_fault(Place place, std::string message) {
  Fault fault;
  fault.place = std::move(place);
  fault.message = std::move(message);
  return fault;
}

const Key* find_key(const std::vector<Key>& keys, std::string_view path) {
  const auto found = std::find_if(keys.begin(), keys.end(), [path](const Key& key) { return key.path == path; });
  return found == keys.end() ? nullptr : &*found;
}

bool is_section(const std::vector<Key>& keys, const std::string& path) {
  if (path == "models") return true;  // the names in it are people's
  return std::any_of(keys.begin(), keys.end(), [&path](const Key& key) { return key.path.starts_with(path + "."); });
}

/// The nearest key or section; a key whose last word was written at the wrong level counts as near.
std::string suggest(const std::vector<Key>& keys, const std::string& path) {
  const std::string last = path.substr(path.rfind('.') + 1);
  std::set<std::string> names;
  for (const Key& key : keys) {
    names.insert(key.path);
    for (std::size_t dot = key.path.find('.'); dot != std::string::npos; dot = key.path.find('.', dot + 1))
      names.insert(key.path.substr(0, dot));
  }
  const std::string near = source::nearest(path, {names.begin(), names.end()});
  if (!near.empty()) return near;
  const auto same_word =
      std::find_if(names.begin(), names.end(), [&last](const std::string& name) { return name.ends_with("." + last); });
  return same_word == names.end() ? "" : *same_word;
}

/// "providers.gemini.api_key" for "providers.google.api_key".
std::string canonical_path(const std::string& path) {
  constexpr std::string_view start = "providers.";
  if (!path.starts_with(start)) return path;
  const std::size_t end = std::min(path.find('.', start.size()), path.size());
  return std::string(start) + canonical_provider(path.substr(start.size(), end - start.size())) + path.substr(end);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

/// One pass over the sources.
class Collector {
 public:
  Collector(const Sources& sources, const std::vector<Key>& keys, const Lines& lines)
      : sources_(sources), keys_(keys), lines_(lines) {}

  Collected take() && {
    auto& all = collected_.assignments;
    std::stable_sort(all.begin(), all.end(), [](const Assignment& a, const Assignment& b) { return a.rank < b.rank; });
    return std::move(collected_);
  }

  void read_map(const yaml::Node& map, const std::string& prefix) {
    for (const yaml::Node::Member& member : map.members)
      read_member(member, prefix.empty() ? member.key : canonical_path(prefix + "." + member.key));
  }

  void read_root(const yaml::Node& root) {
    if (root.kind == yaml::Node::Kind::map) return read_map(root, "");
    if (root.kind != yaml::Node::Kind::null)
      complain(plain_fault(root.place, "expected keys with their values, such as \"worker:\""));
  }

  void read_environment() {
    for (const Key& key : keys_) {
      if (key.shape == Shape::named || key.of_the_file) continue;
      std::vector<std::string> ours = {environment_name(key.path)};
      ours.insert(ours.end(), key.own_names.begin(), key.own_names.end());
      read_variables(key, ours, Rank::environment);
      read_variables(key, key.shared_names, Rank::shared_environment);
    }
    warn_of_strangers();
  }

  void read_sets() {
    for (const std::string& set : sources_.sets) read_set(set);
  }

 private:
  // --- the file

  void read_member(const yaml::Node::Member& member, const std::string& path) {
    if (const Key* key = find_key(keys_, path)) return read_value(*key, member.value);
    if (!is_section(keys_, path)) return unknown_key(member, path);
    if (member.value.kind == yaml::Node::Kind::map) return read_map(member.value, path);
    if (member.value.kind != yaml::Node::Kind::null) {
      Fault fault = plain_fault(member.place, path + ": expected a section with keys of its own");
      quote_line(fault, lines_, member.key);
      complain(std::move(fault));
    }
  }

  void unknown_key(const yaml::Node::Member& member, const std::string& path) {
    const bool a_name = path.starts_with("providers.") && std::count(path.begin(), path.end(), '.') == 1;
    if (a_name || path == "models." + member.key) return;  // refused with the other names
    Fault fault = plain_fault(member.place, path + ": unknown key");
    fault.suggestion = suggest(keys_, path);
    quote_line(fault, lines_, member.key);
    complain(std::move(fault));
  }

  void read_value(const Key& key, const yaml::Node& node) {
    Assignment made;
    made.key = &key;
    made.rank = Rank::file;
    made.place = node.place;
    if (!gather(key, node, made)) return wrong_shape(key, node);
    if (expand_all(made)) collected_.assignments.push_back(std::move(made));
  }

  static void add_item(Assignment& made, const yaml::Node& node, const std::string& name) {
    made.items.push_back({node.text, name});
    made.item_places.push_back(node.place);
    made.written.push_back(node.text);
  }

  /// Takes the node's scalars; false when the node has another shape than the key takes.
  static bool gather(const Key& key, const yaml::Node& node, Assignment& made) {
    const auto scalar = [](const yaml::Node& part) { return part.kind == yaml::Node::Kind::scalar; };
    if (key.shape == Shape::named) {
      for (const yaml::Node::Member& member : node.members) {
        if (!scalar(member.value)) return false;
        add_item(made, member.value, member.key);
      }
      return node.kind == yaml::Node::Kind::map;
    }
    if (key.shape == Shape::named_lists) {
      for (const yaml::Node::Member& member : node.members) {
        const bool list = member.value.kind == yaml::Node::Kind::list;
        if (!list && !scalar(member.value)) return false;
        if (!list) add_item(made, member.value, member.key);
        if (list && !std::all_of(member.value.items.begin(), member.value.items.end(), scalar)) return false;
        for (const yaml::Node& item : member.value.items) add_item(made, item, member.key);
      }
      return node.kind == yaml::Node::Kind::map;
    }
    if (key.shape == Shape::many && node.kind == yaml::Node::Kind::list) {
      for (const yaml::Node& item : node.items) {
        if (!scalar(item)) return false;
        add_item(made, item, "");
      }
      return true;
    }
    if (!scalar(node)) return false;
    add_item(made, node, "");
    return true;
  }

  void wrong_shape(const Key& key, const yaml::Node& node) {
    const bool nothing = node.kind == yaml::Node::Kind::null;
    Fault fault = plain_fault(node.place, key.path + ": expected " + key.expected + (nothing ? ", got nothing" : ""));
    quote_line(fault, lines_, "");
    complain(std::move(fault));
  }

  /// Replaces ${NAME} in every item; false when one names nothing.
  bool expand_all(Assignment& made) {
    if (!made.key->expands) return true;
    bool all = true;
    for (std::size_t i = 0; i < made.items.size(); ++i) {
      const Expanded text = expand(made.items[i].text, [&](const std::string& name) { return variable(name, made); });
      if (text) {
        made.items[i].text = *text;
      } else {
        complain(fault_at(made, i, text.error(), lines_));
        all = false;
      }
    }
    return all;
  }

  std::optional<std::string> variable(const std::string& name, Assignment& made) const {
    const auto found = sources_.environment.find(name);
    if (found == sources_.environment.end() || found->second.empty()) return std::nullopt;
    made.via.push_back("${" + name + "}");
    return found->second;
  }

  // --- the environment

  bool takes_files(const Key& key) const { return key.secret && key.shape == Shape::one; }

  /// Reads every variable that gives the key; those that disagree are a fault that names both.
  void read_variables(const Key& key, const std::vector<std::string>& names, Rank rank) {
    std::vector<Assignment> given;
    for (const std::string& name : names) {
      known_.insert(name);
      const bool translated = rank == Rank::shared_environment && key.from_shared;
      if (const auto value = value_of(name))
        given.push_back(from_text(key, rank, name, translated ? key.from_shared(*value) : *value));
      const std::string file_name = name + "_FILE";
      const bool a_key_itself = find_key(keys_, key.path + "_file") != nullptr && rank == Rank::environment;
      if (!takes_files(key) || a_key_itself) continue;
      known_.insert(file_name);
      if (const auto path = value_of(file_name)) read_secret_file(key, rank, file_name, *path, given);
    }
    if (given.empty()) return;
    for (const Assignment& other : given) {
      if (other.written != given.front().written) disagree(given.front(), other);
    }
    for (std::size_t i = 1; i < given.size(); ++i) given.front().via.push_back("also " + given[i].place.source);
    collected_.assignments.push_back(std::move(given.front()));
  }

  std::optional<std::string> value_of(const std::string& name) const {
    const auto found = sources_.environment.find(name);
    if (found == sources_.environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
  }

  static Assignment from_text(const Key& key, Rank rank, const std::string& source, const std::string& text) {
    Assignment made;
    made.key = &key;
    made.rank = rank;
    made.place = {source, 0, 0};
    const bool list = key.shape == Shape::many || key.shape == Shape::named_lists;
    for (const std::string& part : list ? split(text) : std::vector<std::string>{text}) {
      made.items.push_back({part, ""});
      made.item_places.push_back(made.place);
      made.written.push_back(part);
    }
    return made;
  }

  void read_secret_file(const Key& key, Rank rank, const std::string& name, const std::string& path,
                        std::vector<Assignment>& given) {
    const auto text = secret_text(sources_, path);
    if (!text) return complain(plain_fault({name, 0, 0}, text.error()));
    given.push_back(from_text(key, rank, name, *text));
  }

  void disagree(const Assignment& one, const Assignment& other) {
    complain(plain_fault(one.place, one.place.source + " and " + other.place.source + " both give " + one.key->path +
                                        " and differ; unset one of them"));
  }

  void warn_of_strangers() {
    const std::vector<std::string> known(known_.begin(), known_.end());
    for (const auto& [name, value] : sources_.environment) {
      const bool stranger = name.starts_with("ASSAY_") && !known_.contains(name) && !is_for_others(name);
      if (!stranger) continue;
      Fault fault = plain_fault({name, 0, 0}, "no setting has this name; it is not used");
      fault.severity = Fault::Severity::warning;
      fault.suggestion = source::nearest(name, known);
      complain(std::move(fault));
    }
  }

  /// Variables of the program's other commands and of its scripts.
  static bool is_for_others(std::string_view name) {
    return name == "ASSAY_CONFIG" || name.starts_with("ASSAY_TEST_") || name.starts_with("ASSAY_BENCH_") ||
           name.starts_with("ASSAY_DEMO_");
  }

  // --- the command line

  void read_set(const std::string& set) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos)
      return complain(plain_fault({"--set", 0, 0}, "expected key=value, such as worker.slots=8"));
    const std::string path = canonical_path(set.substr(0, equals));
    const std::string text = set.substr(equals + 1);
    if (const Key* key = find_key(keys_, path); key != nullptr && !is_map(*key)) {
      return add_set(from_text(*key, Rank::command_line, "--set", text));
    }
    if (const Key* key = map_of(path)) {
      Assignment made = from_text(*key, Rank::command_line, "--set", text);
      for (Item& item : made.items) item.name = path.substr(key->path.size() + 1);
      return add_set(std::move(made));
    }
    Fault fault = plain_fault({"--set", 0, 0}, path + ": unknown key");
    fault.suggestion = suggest(keys_, path);
    complain(std::move(fault));
  }

  static bool is_map(const Key& key) { return key.shape == Shape::named || key.shape == Shape::named_lists; }

  /// The map in which the path names a member.
  const Key* map_of(const std::string& path) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(), [&path](const Key& key) {
      return is_map(key) && path.size() > key.path.size() + 1 && path.starts_with(key.path + ".");
    });
    return found == keys_.end() ? nullptr : &*found;
  }

  void add_set(Assignment made) {
    if (made.key->secret) {
      Fault fault = plain_fault(made.place,
                                made.key->path + ": other users of this machine can read secrets on the command line");
      fault.severity = Fault::Severity::warning;
      complain(std::move(fault));
    }
    collected_.assignments.push_back(std::move(made));
  }

  void complain(Fault fault) { collected_.faults.push_back(std::move(fault)); }

  const Sources& sources_;
  const std::vector<Key>& keys_;
  const Lines& lines_;
  Collected collected_;
  std::set<std::string> known_;
};

}  // namespace

Collected collect(const Sources& sources, const yaml::Tree& tree, const std::vector<Key>& keys, const Lines& lines) {
  Collector collector(sources, keys, lines);
  collector.read_root(tree.root);
  collector.read_environment();
  collector.read_sets();
  return std::move(collector).take();
}

Fault fault_at(const Assignment& assignment, std::size_t item, std::string message, const Lines& lines) {
  Fault fault;
  fault.place = item < assignment.item_places.size() ? assignment.item_places[item] : assignment.place;
  fault.message = assignment.key->path + ": " + message;
  if (fault.place.line == 0) return fault;
  const bool hidden = assignment.key->secret || assignment.key->hides || item >= assignment.written.size();
  quote_line(fault, lines, hidden ? "" : assignment.written[item]);
  return fault;
}

}  // namespace assay::config
