#include "config/load.hpp"

#include <algorithm>
#include <utility>

#include "config/checks.hpp"
#include "config/collect.hpp"
#include "providers/redact.hpp"

namespace assay::config {
namespace {

constexpr std::size_t shown_value = 60;

bool may_show(const Assignment& assignment, const std::string& text) {
  return !assignment.key->secret && !assignment.key->hides && text.size() <= shown_value &&
         text.find('@') == std::string::npos && providers::redacted(text, Secret()) == text;
}

/// The first item that fails alone; 0 when only all together fail.
std::size_t culprit(const Assignment& assignment, Settings scratch) {
  for (std::size_t i = 0; i < assignment.items.size(); ++i) {
    if (!assignment.key->put(scratch, {assignment.items[i]})) return i;
  }
  return 0;
}

Fault refusal(const Assignment& assignment, const Settings& settings, std::string why, const Lines& lines) {
  const std::size_t item = culprit(assignment, settings);
  const std::string written = item < assignment.written.size() ? assignment.written[item] : "";
  std::string message = why.empty() ? "expected " + assignment.key->expected : std::move(why);
  Assignment hidden = assignment;
  if (!assignment.written.empty() && may_show(assignment, written)) {
    message += ", got \"" + written + "\"";
  } else {
    hidden.written.clear();
  }
  return fault_at(hidden, item, std::move(message), lines);
}

/// Weakest first, so that the strongest stays. Those that lose are read too: their faults count.
void apply(Draft& draft, std::vector<Assignment> assignments, const Lines& lines) {
  std::stable_partition(assignments.begin(), assignments.end(), [](const Assignment& any) { return any.key->first; });
  for (Assignment& assignment : assignments) {
    const auto done = assignment.key->put(draft.settings, assignment.items);
    if (done) {
      draft.decided.insert_or_assign(assignment.key->path, std::move(assignment));
    } else {
      draft.faults.push_back(refusal(assignment, draft.settings, done.error(), lines));
    }
  }
}

void name_keys(Settings& settings, const std::vector<Key>& keys) {
  for (ProviderSettings& provider : settings.providers) {
    const std::string path = "providers." + provider.name + ".api_key";
    const auto key = std::find_if(keys.begin(), keys.end(), [&path](const Key& any) { return any.path == path; });
    provider.key_names = key->shared_names;
    provider.key_names.push_back(environment_name(path));
  }
}

std::string origin_of(const Draft& draft, const std::string& path) {
  const auto derived = draft.derived_from.find(path);
  if (derived != draft.derived_from.end()) return "from " + derived->second;
  const auto found = draft.decided.find(path);
  if (found == draft.decided.end()) return "default";
  const Place& place = found->second.place;
  std::string origin = place.source;
  if (place.line > 0) origin += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  for (const std::string& via : found->second.via) origin += " " + via;
  return origin;
}

std::vector<Row> rows_of(const Draft& draft, const std::vector<Key>& keys) {
  std::vector<Row> rows;
  for (const Key& key : keys) {
    if (key.seldom && !draft.decided.contains(key.path) && !draft.derived_from.contains(key.path)) continue;
    Row row{key.path, key.show(draft.settings), origin_of(draft, key.path), key.help, std::nullopt, key.limit_name, key.secret};
    if (key.limit) row.limit = key.limit(draft.settings);
    rows.push_back(std::move(row));
  }
  return rows;
}

void append(std::vector<Fault>& all, std::vector<Fault> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Errors first, each group in the order of its lines.
std::vector<Fault> sorted(std::vector<Fault> faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
    if (a.severity != b.severity) return a.severity == Fault::Severity::error;
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return faults;
}

}  // namespace

Result<Loaded, std::vector<Fault>> load(const Sources& sources) {
  const std::string text = sources.file ? sources.file->text : "";
  const Lines lines(text);
  const yaml::Tree tree = yaml::read(sources.file ? sources.file->name : "", text);

  Draft draft;
  draft.faults = tree.faults;
  draft.settings.providers = name_providers(sources, tree, draft.faults);
  draft.settings.models = name_models(tree, draft.faults);
  const std::vector<Key> keys = all_keys(draft.settings);
  name_keys(draft.settings, keys);

  Collected collected = collect(sources, tree, keys, lines);
  append(draft.faults, std::move(collected.faults));
  apply(draft, std::move(collected.assignments), lines);
  find_keys(draft, sources, lines);
  derive(draft);
  check_together(draft, lines);

  std::vector<Fault> faults = sorted(std::move(draft.faults));
  if (!faults.empty() && faults.front().severity == Fault::Severity::error) return failure(std::move(faults));
  std::vector<Row> rows = rows_of(draft, keys);
  return Loaded{std::move(draft.settings), std::move(rows), std::move(faults)};
}

std::string to_text(const std::vector<Row>& rows, bool with_origin) {
  std::string text;
  for (const Row& row : rows) {
    text += row.name + " = " + row.value;
    if (with_origin) text += "  # " + row.origin;
    text += '\n';
  }
  return text;
}

}  // namespace assay::config
