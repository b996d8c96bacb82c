#include "similarity/json_likeness.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "similarity/levenshtein.hpp"

namespace assay::similarity {
namespace {

constexpr std::size_t max_depth = 128;

/// A value made ready for many comparisons: members sorted by key, each key once.
struct Node {
  json::Kind kind = json::Kind::null;
  bool truth = false;
  double number = 0;
  std::string_view text;
  std::vector<std::string_view> keys;
  std::vector<Node> children;
};

using Member = std::pair<std::string_view, Node>;

bool read(json::View view, std::size_t depth, Node& node);

bool read_members(json::View view, std::size_t depth, Node& node) {
  std::vector<Member> members;
  for (const auto& [key, value] : view.members()) {
    members.emplace_back(key, Node());
    if (!read(value, depth, members.back().second)) return false;
  }
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (Member& member : members) {
    const bool again = !node.keys.empty() && node.keys.back() == member.first;
    if (again) {
      node.children.back() = std::move(member.second);
    } else {
      node.keys.push_back(member.first);
      node.children.push_back(std::move(member.second));
    }
  }
  return true;
}

/// False when the value has more levels than are allowed.
bool read(json::View view, std::size_t depth, Node& node) {
  if (depth == 0) return false;
  node.kind = view.kind();
  node.truth = view.as_bool().value_or(false);
  node.number = view.as_double().value_or(0);
  node.text = view.string_or("");
  for (const json::View element : view.elements()) {
    if (!read(element, depth - 1, node.children.emplace_back())) return false;
  }
  return read_members(view, depth - 1, node);
}

class Comparison {
 public:
  Comparison(const Tolerance& tolerance, std::uint64_t max_steps) : tolerance_(tolerance), left_(max_steps) {}

  bool exhausted() const { return exhausted_; }

  /// Recurses as deep as the shallower value, at most max_depth levels. Meaningless once exhausted.
  double compare(const Node& a, const Node& b) {
    if (!spend(1) || a.kind != b.kind) return 0;
    switch (a.kind) {
      case json::Kind::missing:
      case json::Kind::null:
        return 1;
      case json::Kind::boolean:
        return a.truth == b.truth ? 1 : 0;
      case json::Kind::number:
        return numbers(a.number, b.number);
      case json::Kind::string:
        return texts(a.text, b.text);
      case json::Kind::array:
        return arrays(a.children, b.children);
      case json::Kind::object:
        return objects(a, b);
    }
    return 0;
  }

 private:
  bool spend(std::uint64_t steps) {
    exhausted_ = exhausted_ || steps > left_;
    if (!exhausted_) left_ -= steps;
    return !exhausted_;
  }

  double numbers(double a, double b) const {
    if (a == b || within(a, b, tolerance_)) return 1;
    const double likeness = 1 - std::abs(a / 2 - b / 2) / (std::abs(a) / 2 + std::abs(b) / 2);  // halves never overflow
    return std::max(0.0, likeness);
  }

  double texts(std::string_view a, std::string_view b) {
    if (a == b) return 1;
    const std::uint64_t worst = 2 * (std::min(a.size(), b.size()) / 64 + 1) * std::max(a.size(), b.size());
    if (!spend(worst)) return 0;
    return levenshtein_ratio(a, b, worst).value_or(0);
  }

  double objects(const Node& a, const Node& b) {
    double sum = 0;
    std::size_t keys = 0;
    for (std::size_t i = 0, j = 0; i < a.keys.size() || j < b.keys.size(); ++keys) {
      const bool only_b = i == a.keys.size() || (j < b.keys.size() && b.keys[j] < a.keys[i]);
      const bool only_a = !only_b && (j == b.keys.size() || a.keys[i] < b.keys[j]);
      if (!only_a && !only_b) sum += compare(a.children[i], b.children[j]);
      if (!spend(1)) return 0;
      i += only_b ? 0 : 1;
      j += only_a ? 0 : 1;
    }
    return keys == 0 ? 1 : sum / static_cast<double>(keys);
  }

  /// Whether two values compare as 1, found without trying pairs.
  bool same(const Node& a, const Node& b) {
    if (!spend(1) || a.kind != b.kind || a.truth != b.truth || a.text != b.text) return false;
    if (a.kind == json::Kind::number) return numbers(a.number, b.number) == 1;
    if (a.keys != b.keys || a.children.size() != b.children.size()) return false;
    const auto both = [this](const Node& mine, const Node& theirs) { return same(mine, theirs); };
    return std::equal(a.children.begin(), a.children.end(), b.children.begin(), both);
  }

  /// Equal elements at the ends belong together in some best pairing; what lies between is tried in all pairs.
  double arrays(const std::vector<Node>& a, const std::vector<Node>& b) {
    const std::size_t longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
    if (longer == 0) return 1;
    std::size_t front = 0, back = 0;
    while (front < shorter && same(a[front], b[front])) ++front;
    while (front + back < shorter && same(a[a.size() - 1 - back], b[b.size() - 1 - back])) ++back;
    const double between = best_pairing(a, front, a.size() - back, b, front, b.size() - back);
    return (static_cast<double>(front + back) + between) / static_cast<double>(longer);
  }

  double best_pairing(const std::vector<Node>& a, std::size_t a_at, std::size_t a_end, const std::vector<Node>& b,
                      std::size_t b_at, std::size_t b_end) {
    std::vector<double> row(b_end - b_at + 1);
    for (; a_at < a_end && !exhausted_; ++a_at) {
      double diagonal = 0;
      for (std::size_t j = b_at; j < b_end && !exhausted_; ++j) {
        double& cell = row[j - b_at + 1];
        const double above = cell;
        cell = std::max({above, row[j - b_at], diagonal + compare(a[a_at], b[j])});
        diagonal = above;
      }
    }
    return row.back();
  }

  Tolerance tolerance_;
  std::uint64_t left_;
  bool exhausted_ = false;
};

}  // namespace

Result<double, std::string> json_likeness(json::View a, json::View b, const Tolerance& tolerance,
                                          std::uint64_t max_steps) {
  if (!a || !b) return failure(std::string("there is no JSON value to compare"));
  Node first, second;
  if (!read(a, max_depth, first) || !read(b, max_depth, second)) {
    return failure("json likeness: a value has more than " + std::to_string(max_depth) + " levels");
  }
  Comparison comparison(tolerance, max_steps);
  const double likeness = comparison.compare(first, second);
  if (comparison.exhausted()) {
    return failure("json likeness needs more than " + std::to_string(max_steps) + " steps");
  }
  return likeness;
}

}  // namespace assay::similarity
