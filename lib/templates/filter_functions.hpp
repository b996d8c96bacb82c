#pragma once
#include "templates/filters.hpp"
#include "templates/value.hpp"

namespace assay::templates {

// The filters, one function each, by what they work on. Names are Nunjucks'; docs/templates.md tells what they do.

// filters_text.cpp
Value filter_capitalize(Budget& budget, const Arguments& args);
Value filter_center(Budget& budget, const Arguments& args);
Value filter_indent(Budget& budget, const Arguments& args);
Value filter_lower(Budget& budget, const Arguments& args);
Value filter_nl2br(Budget& budget, const Arguments& args);
Value filter_replace(Budget& budget, const Arguments& args);
Value filter_string(Budget& budget, const Arguments& args);
Value filter_title(Budget& budget, const Arguments& args);
Value filter_trim(Budget& budget, const Arguments& args);
Value filter_truncate(Budget& budget, const Arguments& args);
Value filter_upper(Budget& budget, const Arguments& args);
Value filter_wordcount(Budget& budget, const Arguments& args);

// filters_markup.cpp
Value filter_escape(Budget& budget, const Arguments& args);
Value filter_forceescape(Budget& budget, const Arguments& args);
Value filter_safe(Budget& budget, const Arguments& args);
Value filter_striptags(Budget& budget, const Arguments& args);
Value filter_urlencode(Budget& budget, const Arguments& args);

// filters_list.cpp
Value filter_batch(Budget& budget, const Arguments& args);
Value filter_first(Budget& budget, const Arguments& args);
Value filter_groupby(Budget& budget, const Arguments& args);
Value filter_join(Budget& budget, const Arguments& args);
Value filter_last(Budget& budget, const Arguments& args);
Value filter_length(Budget& budget, const Arguments& args);
Value filter_list(Budget& budget, const Arguments& args);
Value filter_reject(Budget& budget, const Arguments& args);
Value filter_rejectattr(Budget& budget, const Arguments& args);
Value filter_reverse(Budget& budget, const Arguments& args);
Value filter_select(Budget& budget, const Arguments& args);
Value filter_selectattr(Budget& budget, const Arguments& args);
Value filter_slice(Budget& budget, const Arguments& args);

// filters_order.cpp
Value filter_dictsort(Budget& budget, const Arguments& args);
Value filter_sort(Budget& budget, const Arguments& args);

// filters_number.cpp
Value filter_abs(Budget& budget, const Arguments& args);
Value filter_float(Budget& budget, const Arguments& args);
Value filter_int(Budget& budget, const Arguments& args);
Value filter_round(Budget& budget, const Arguments& args);
Value filter_sum(Budget& budget, const Arguments& args);

// filters_value.cpp
Value filter_default(Budget& budget, const Arguments& args);
Value filter_dump(Budget& budget, const Arguments& args);
Value filter_load(Budget& budget, const Arguments& args);

// Shared by them (filters_value.cpp).

/// The text of a value on which JavaScript's text methods can be called; raises for every other kind.
std::u16string_view require_text(const Value& value);
/// A new text, marked if the one it came from was.
Value like(Budget& budget, const Value& original, std::u16string text);
/// null, undefined and false become the empty text, as most filters begin.
Value normalized(const Value& value);
/// A list of what `value[0]`, `value[1]`, … give up to its `length`; empty for nothing and for what has no length.
Items items_like_a_list(Budget& budget, const Value& value);
/// Arguments of a filter that takes them by name too: `names` in order, the piped value first.
Items by_name(Budget& budget, const Arguments& args, std::initializer_list<std::u16string_view> names);
/// A dotted path of own properties, "a.b"; undefined where it ends.
Value attribute(Budget& budget, const Value& item, const Value& path);

}  // namespace assay::templates
