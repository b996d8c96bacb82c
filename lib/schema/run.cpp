#include "schema/run.hpp"

#include <algorithm>

#include "base/require.hpp"
#include "json/pointer.hpp"
#include "schema/describe.hpp"

namespace assay::schema {
namespace {

constexpr std::size_t few = 8;

std::string pointer_to(const Spot& spot) {
  std::vector<const Spot*> way;
  for (const Spot* at = &spot; at->parent != nullptr; at = at->parent) way.push_back(at);
  std::string pointer;
  for (auto at = way.rbegin(); at != way.rend(); ++at) {
    json::append_pointer(pointer, (*at)->key ? *(*at)->key : std::to_string((*at)->index));
  }
  return pointer;
}

}  // namespace

Fields::Fields(json::View object) {
  all_.reserve(object.size());
  for (const json::Member member : object.members()) all_.push_back(member);
  std::vector<std::uint32_t> order(all_.size());
  for (std::uint32_t index = 0; index < order.size(); ++index) order[index] = index;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int way = all_[a].key.compare(all_[b].key);
    return way != 0 ? way < 0 : a < b;
  });
  std::vector<bool> shadowed(all_.size());
  bool any = false;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const bool again = at + 1 < order.size() && all_[order[at]].key == all_[order[at + 1]].key;
    shadowed[order[at]] = again;
    any = any || again;
    if (!again && order.size() > few) sorted_.push_back(all_[order[at]].key);
  }
  if (!any) return;
  std::size_t kept = 0;
  for (std::size_t index = 0; index < all_.size(); ++index) {
    if (!shadowed[index]) all_[kept++] = all_[index];
  }
  all_.resize(kept);
}

bool Fields::has(std::string_view key) const {
  if (!sorted_.empty()) return std::binary_search(sorted_.begin(), sorted_.end(), key);
  return std::any_of(all_.begin(), all_.end(), [&](const json::Member& member) { return member.key == key; });
}

Result<Outcome, LimitError> Run::go(json::View instance) {
  require(budget_.depth <= 2048, "a schema is applied at most 2048 deep");
  require(budget_.max_violations > 0, "one violation at least is described");
  require(instance.exists(), "a schema is applied to a value");
  const bool valid = apply(0, instance, Spot{});
  if (stopped_) return failure(std::move(*stopped_));
  return Outcome{valid, std::move(violations_)};
}

bool Run::apply(NodeId id, json::View value, const Spot& spot) {
  if (!charge(1)) return false;
  const Node& node = program_.nodes[id];
  if (node.kind == Node::Kind::always) return true;
  Here here{node, value, spot, std::nullopt};
  if (node.kind == Node::Kind::never) return broken(here, "", "no value here");
  if (depth_ == budget_.depth) {
    stop(LimitError::Limit::depth, "subschemas applied deeper than " + std::to_string(budget_.depth));
    return false;
  }
  ++depth_;
  bool valid = true;
  for (const Rule& rule : node.rules) {
    if (std::visit([&](const auto& each) { return check(each, here); }, rule)) continue;
    valid = false;
    if (enough()) break;
  }
  --depth_;
  return valid;
}

bool Run::apply_quietly(NodeId id, json::View value, const Spot& spot) {
  ++tries_;
  const bool valid = apply(id, value, spot);
  --tries_;
  return valid;
}

bool Run::charge(std::uint64_t steps) {
  if (stopped_) return false;
  taken_ += steps;
  if (taken_ <= budget_.steps) return true;
  stop(LimitError::Limit::steps, "the schema takes more than " + std::to_string(budget_.steps) + " steps");
  return false;
}

void Run::stop(LimitError::Limit limit, std::string message) {
  if (!stopped_) stopped_ = LimitError{limit, std::move(message)};
}

bool Run::enough() const {
  return stopped_ || tries_ > 0 || violations_.size() >= budget_.max_violations;
}

bool Run::broken(const Here& here, std::string_view keyword, std::string expected, std::string found) {
  if (tries_ > 0 || stopped_ || violations_.size() >= budget_.max_violations) return false;
  Violation violation{pointer_to(here.spot), here.node.location, std::string(keyword), std::move(expected),
                      found.empty() ? describe(here.value) : std::move(found)};
  if (keyword.empty()) {
    violation.keyword = "false schema";
  } else {
    json::append_pointer(violation.schema_path, keyword);
  }
  violations_.push_back(std::move(violation));
  return false;
}

const std::vector<json::Member>* Run::fields_of(Here& here) {
  if (!here.value.is_object()) return nullptr;
  if (!here.fields) {
    if (!charge(here.value.size())) return nullptr;
    here.fields.emplace(here.value);
  }
  return &here.fields->all();
}

}  // namespace assay::schema
