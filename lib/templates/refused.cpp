#include "templates/refused.hpp"

#include <array>

namespace assay::templates {
namespace {

template <class Text>
struct Refusal {
  Text name;
  std::string_view why;
};

constexpr std::string_view kFiles = "templates read no other files";
constexpr std::string_view kBlocks = "templates have no blocks to inherit";
constexpr std::string_view kMacros = "templates have no macros and call nothing";
constexpr std::string_view kOther = "it is not part of the subset";

constexpr std::array kTags = std::to_array<Refusal<std::string_view>>({{"include", kFiles},
                                                                       {"import", kFiles},
                                                                       {"from", kFiles},
                                                                       {"extends", kFiles},
                                                                       {"block", kBlocks},
                                                                       {"macro", kMacros},
                                                                       {"call", kMacros},
                                                                       {"filter", kOther},
                                                                       {"switch", kOther},
                                                                       {"ifAsync", kOther},
                                                                       {"asyncEach", kOther},
                                                                       {"asyncAll", kOther}});

constexpr std::array kFilters = std::to_array<Refusal<std::string_view>>(
    {{"random", "the same template must give the same text"}, {"urlize", "it writes HTML links"}});

constexpr std::array kGlobals =
    std::to_array<Refusal<std::u16string_view>>({{u"range", "write range(…) with its numbers"},
                                                 {u"cycler", "templates call nothing"},
                                                 {u"joiner", "templates call nothing"},
                                                 {u"env", "templates do not see the environment"}});

template <class Table, class Text>
std::string_view why(const Table& table, Text name) {
  for (const auto& refusal : table) {
    if (refusal.name == name) return refusal.why;
  }
  return {};
}

}  // namespace

std::string_view refused_tag(std::string_view tag) {
  return why(kTags, tag);
}

std::string_view refused_filter(std::string_view filter) {
  return why(kFilters, filter);
}

std::string_view refused_global(std::u16string_view name) {
  return why(kGlobals, name);
}

}  // namespace assay::templates
