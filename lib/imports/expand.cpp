#include "imports/expand.hpp"

#include <algorithm>

#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

const Node* option(const Test& test, std::string_view name) {
  const auto found =
      std::find_if(test.options.begin(), test.options.end(), [&](const auto& member) { return member.key == name; });
  return found == test.options.end() ? nullptr : &found->value;
}

bool is_expanded(const Test& test) {
  const Node* disabled = option(test, "disableVarExpansion");
  return !disabled || yaml::as_boolean(*disabled) != true;
}

bool is_choice(const Node& var) {
  return var.kind == Node::Kind::list && !var.items.empty() && yaml::as_text(var.items.front());
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  return b != 0 && a > most / b ? most : a * b;
}

}  // namespace

std::uint64_t count_choices(const Test& test) {
  std::uint64_t count = 1;
  if (!is_expanded(test)) return count;
  for (const auto& var : test.vars) {
    if (is_choice(var.value)) count = product(count, var.value.items.size());
  }
  return count;
}

std::uint64_t count_repeats(const Test& test, std::uint64_t usual_repeats) {
  const Node* repeat = option(test, "repeat");
  return repeat ? static_cast<std::uint64_t>(yaml::as_number(*repeat).value_or(1)) : usual_repeats;
}

std::uint64_t count_cases(const Test& test, std::uint64_t usual_repeats) {
  return product(count_choices(test), count_repeats(test, usual_repeats));
}

void expand(const Test& test, std::uint64_t usual_repeats,
            const std::function<bool(const Members&, std::uint64_t, std::uint64_t)>& each) {
  const std::uint64_t choices = count_choices(test), repeats = count_repeats(test, usual_repeats);
  const bool expanded = is_expanded(test);
  for (std::uint64_t repeat = 0; repeat < repeats; ++repeat) {
    for (std::uint64_t number = 0; number < choices; ++number) {
      Members vars;
      std::uint64_t below = choices, rest = number;
      for (const auto& var : test.vars) {
        if (!expanded || !is_choice(var.value)) {
          vars.push_back(var);
          continue;
        }
        below /= var.value.items.size();
        vars.push_back({var.key, var.place, var.value.items[rest / below]});
        rest %= below;
      }
      if (!each(vars, number, repeat)) return;
    }
  }
}

}  // namespace assay::imports
