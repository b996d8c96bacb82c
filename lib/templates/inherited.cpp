#include "templates/inherited.hpp"

#include <algorithm>
#include <array>

namespace assay::templates {
namespace {

// Each sorted, as of the language of Node 22.
constexpr std::array kObject = std::to_array<std::u16string_view>(
    {u"__defineGetter__", u"__defineSetter__", u"__lookupGetter__", u"__lookupSetter__", u"__proto__", u"constructor",
     u"hasOwnProperty", u"isPrototypeOf", u"propertyIsEnumerable", u"toLocaleString", u"toString", u"valueOf"});
constexpr std::array kList = std::to_array<std::u16string_view>(
    {u"at",        u"concat",   u"copyWithin",    u"entries", u"every",   u"fill",    u"filter",     u"find",
     u"findIndex", u"findLast", u"findLastIndex", u"flat",    u"flatMap", u"forEach", u"includes",   u"indexOf",
     u"join",      u"keys",     u"lastIndexOf",   u"map",     u"pop",     u"push",    u"reduce",     u"reduceRight",
     u"reverse",   u"shift",    u"slice",         u"some",    u"sort",    u"splice",  u"toReversed", u"toSorted",
     u"toSpliced", u"unshift",  u"values",        u"with"});
constexpr std::array kText = std::to_array<std::u16string_view>({u"anchor",
                                                                 u"at",
                                                                 u"big",
                                                                 u"blink",
                                                                 u"bold",
                                                                 u"charAt",
                                                                 u"charCodeAt",
                                                                 u"codePointAt",
                                                                 u"concat",
                                                                 u"endsWith",
                                                                 u"fixed",
                                                                 u"fontcolor",
                                                                 u"fontsize",
                                                                 u"includes",
                                                                 u"indexOf",
                                                                 u"isWellFormed",
                                                                 u"italics",
                                                                 u"lastIndexOf",
                                                                 u"link",
                                                                 u"localeCompare",
                                                                 u"match",
                                                                 u"matchAll",
                                                                 u"normalize",
                                                                 u"padEnd",
                                                                 u"padStart",
                                                                 u"repeat",
                                                                 u"replace",
                                                                 u"replaceAll",
                                                                 u"search",
                                                                 u"slice",
                                                                 u"small",
                                                                 u"split",
                                                                 u"startsWith",
                                                                 u"strike",
                                                                 u"sub",
                                                                 u"substr",
                                                                 u"substring",
                                                                 u"sup",
                                                                 u"toLocaleLowerCase",
                                                                 u"toLocaleUpperCase",
                                                                 u"toLowerCase",
                                                                 u"toUpperCase",
                                                                 u"toWellFormed",
                                                                 u"trim",
                                                                 u"trimEnd",
                                                                 u"trimLeft",
                                                                 u"trimRight",
                                                                 u"trimStart"});
constexpr std::array kNumber = std::to_array<std::u16string_view>({u"toExponential", u"toFixed", u"toPrecision"});

static_assert(std::is_sorted(kObject.begin(), kObject.end()) && std::is_sorted(kList.begin(), kList.end()) &&
              std::is_sorted(kText.begin(), kText.end()) && std::is_sorted(kNumber.begin(), kNumber.end()));

template <class Names>
bool among(const Names& names, std::u16string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

}  // namespace

bool is_inherited(Value::Kind kind, std::u16string_view name) {
  using Kind = Value::Kind;
  if (among(kObject, name)) return true;
  if (kind == Kind::list) return among(kList, name);
  if (kind == Kind::text || kind == Kind::marked) return among(kText, name);
  return kind == Kind::number && among(kNumber, name);
}

}  // namespace assay::templates
