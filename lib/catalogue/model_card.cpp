#include "catalogue/model_card.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/split.hpp"
#include "pricing/price.hpp"
#include "routing/provider_names.hpp"

namespace assay::catalogue {
namespace {

using Mode = ModelCard::Mode;
using Lifecycle = ModelCard::Lifecycle;

constexpr std::array<std::pair<Mode, std::string_view>, 3> modes{
    {{Mode::chat, "chat"}, {Mode::embedding, "embedding"}, {Mode::responses, "responses"}}};
constexpr std::array<std::pair<Lifecycle, std::string_view>, 3> lifecycles{
    {{Lifecycle::current, "current"}, {Lifecycle::deprecated, "deprecated"}, {Lifecycle::retired, "retired"}}};
constexpr std::string_view heading = "provider\tmodel\tmode\tlifecycle\tuntil\tcan\tsource";
constexpr std::size_t columns = 7;

template <class Names, class Value>
bool read(const Names& names, std::string_view text, Value& into) {
  for (const auto& [value, name] : names) {
    if (name != text) continue;
    into = value;
    return true;
  }
  return false;
}

template <class Names, class Value>
std::string_view name_of(const Names& names, Value value) {
  return std::find_if(names.begin(), names.end(), [value](const auto& known) { return known.first == value; })->second;
}

std::optional<ModelCard> read_card(const std::vector<std::string_view>& cells) {
  ModelCard card;
  if (cells.size() != columns || cells[0].empty() || cells[1].empty() || cells[6].empty()) return std::nullopt;
  if (!read(modes, cells[2], card.mode) || !read(lifecycles, cells[3], card.lifecycle)) return std::nullopt;
  card.until = pricing::parse_day(cells[4]);
  if (!card.until && cells[4] != "-") return std::nullopt;
  card.provider = cells[0];
  card.model = cells[1];
  if (cells[5] != "-") {
    for (const std::string_view ability : split(cells[5], ',')) card.can.emplace_back(ability);
  }
  card.source = cells[6];
  return card;
}

}  // namespace

std::string_view to_string(ModelCard::Mode mode) {
  return name_of(modes, mode);
}

std::string_view to_string(ModelCard::Lifecycle lifecycle) {
  return name_of(lifecycles, lifecycle);
}

Result<std::vector<ModelCard>, std::string> parse_cards(std::string_view tsv) {
  std::vector<ModelCard> cards;
  bool begun = false;
  std::size_t number = 0;
  for (const std::string_view line : split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    if (!begun) {
      if (line != heading) return failure("list of models, line " + std::to_string(number) + ": another heading");
      begun = true;
      continue;
    }
    auto card = read_card(split(line, '\t'));
    if (!card) return failure("list of models, line " + std::to_string(number) + ": not a model");
    cards.push_back(std::move(*card));
  }
  return cards;
}

const ModelCard* find_card(const std::vector<ModelCard>& cards, std::string_view provider, std::string_view model) {
  provider = routing::canonical_provider(provider);
  const auto found = std::find_if(cards.begin(), cards.end(), [&](const ModelCard& card) {
    return card.provider == provider && card.model == model;
  });
  return found == cards.end() ? nullptr : &*found;
}

}  // namespace assay::catalogue
