#include "templates/filters.hpp"

#include <algorithm>
#include <array>

#include "templates/filter_functions.hpp"
#include "templates/trouble.hpp"

namespace assay::templates {
namespace {

struct Filter {
  std::string_view name;
  Value (*apply)(Budget&, const Arguments&);
};

constexpr std::array kFilters = std::to_array<Filter>({
    {"abs", filter_abs},
    {"batch", filter_batch},
    {"capitalize", filter_capitalize},
    {"center", filter_center},
    {"d", filter_default},
    {"default", filter_default},
    {"dictsort", filter_dictsort},
    {"dump", filter_dump},
    {"e", filter_escape},
    {"escape", filter_escape},
    {"first", filter_first},
    {"float", filter_float},
    {"forceescape", filter_forceescape},
    {"groupby", filter_groupby},
    {"indent", filter_indent},
    {"int", filter_int},
    {"join", filter_join},
    {"last", filter_last},
    {"length", filter_length},
    {"list", filter_list},
    {"load", filter_load},
    {"lower", filter_lower},
    {"nl2br", filter_nl2br},
    {"reject", filter_reject},
    {"rejectattr", filter_rejectattr},
    {"replace", filter_replace},
    {"reverse", filter_reverse},
    {"round", filter_round},
    {"safe", filter_safe},
    {"select", filter_select},
    {"selectattr", filter_selectattr},
    {"slice", filter_slice},
    {"sort", filter_sort},
    {"string", filter_string},
    {"striptags", filter_striptags},
    {"sum", filter_sum},
    {"title", filter_title},
    {"trim", filter_trim},
    {"truncate", filter_truncate},
    {"upper", filter_upper},
    {"urlencode", filter_urlencode},
    {"wordcount", filter_wordcount},
});

}  // namespace

std::optional<std::int32_t> find_filter(std::string_view name) {
  const auto found =
      std::find_if(kFilters.begin(), kFilters.end(), [&](const Filter& filter) { return filter.name == name; });
  if (found == kFilters.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - kFilters.begin());
}

Value apply_filter(std::int32_t filter, Budget& budget, const Arguments& arguments) {
  try {
    return kFilters[static_cast<std::size_t>(filter)].apply(budget, arguments);
  } catch (Trouble& trouble) {
    if (trouble.kind == Fault::Kind::value)
      trouble.message = "filter " + std::string(filter_name(filter)) + ": " + trouble.message;
    throw;
  }
}

std::string_view filter_name(std::int32_t filter) {
  return kFilters[static_cast<std::size_t>(filter)].name;
}

std::vector<std::string_view> filter_names() {
  std::vector<std::string_view> names;
  for (const Filter& filter : kFilters) names.push_back(filter.name);
  return names;
}

}  // namespace assay::templates
