#include "templates/questions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/trouble.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

struct Question {
  std::string_view name;
  bool (*answer)(Budget&, const Arguments&);
};

double remainder(Budget& budget, const Value& value, double by) {
  return std::fmod(to_number(budget, value), by);
}

/// Whether a mapping of letters leaves the text as it is. A marked text is an object and never equals a text.
bool unchanged(Budget& budget, const Value& value, std::u16string (*map)(std::u16string_view)) {
  if (!value.is_texty()) raise("this test needs a text, not " + kind_name(value));
  budget.read(value.text().size());
  return value.is(Kind::text) && map(value.text()) == value.text();
}

bool iterable(const Value& value) {
  if (value.is_nothing()) raise(kind_name(value) + " is neither iterable nor not");
  return value.is_texty() || value.is(Kind::list);
}

bool equal_to(Budget& budget, const Arguments& args) {
  return strictly_equal(budget, args[0], args[1]);
}
bool at_least(Budget& budget, const Arguments& args) {
  return less_or_equal(budget, args[1], args[0]);
}
bool more_than(Budget& budget, const Arguments& args) {
  return less(budget, args[1], args[0]);
}
bool less_than(Budget& budget, const Arguments& args) {
  return less(budget, args[0], args[1]);
}

constexpr std::array kQuestions = std::to_array<Question>({
    {"callable", [](Budget&, const Arguments&) { return false; }},
    {"defined", [](Budget&, const Arguments& args) { return !args[0].is(Kind::undefined); }},
    {"divisibleby",
     [](Budget& budget, const Arguments& args) { return remainder(budget, args[0], to_number(budget, args[1])) == 0; }},
    {"eq", equal_to},
    {"equalto", equal_to},
    {"escaped", [](Budget&, const Arguments& args) { return args[0].is(Kind::marked); }},
    {"even", [](Budget& budget, const Arguments& args) { return remainder(budget, args[0], 2) == 0; }},
    {"falsy", [](Budget&, const Arguments& args) { return !truthy(args[0]); }},
    {"ge", at_least},
    {"greaterthan", more_than},
    {"gt", more_than},
    {"iterable", [](Budget&, const Arguments& args) { return iterable(args[0]); }},
    {"le", [](Budget& budget, const Arguments& args) { return less_or_equal(budget, args[0], args[1]); }},
    {"lessthan", less_than},
    {"lower", [](Budget& budget, const Arguments& args) { return unchanged(budget, args[0], text::to_lower_case); }},
    {"lt", less_than},
    {"mapping", [](Budget&, const Arguments& args) { return args[0].is(Kind::object) || args[0].is(Kind::marked); }},
    {"ne", [](Budget& budget, const Arguments& args) { return !strictly_equal(budget, args[0], args[1]); }},
    {"null", [](Budget&, const Arguments& args) { return args[0].is(Kind::null); }},
    {"number", [](Budget&, const Arguments& args) { return args[0].is(Kind::number); }},
    {"odd", [](Budget& budget, const Arguments& args) { return remainder(budget, args[0], 2) == 1; }},
    {"sameas", equal_to},
    {"string", [](Budget&, const Arguments& args) { return args[0].is(Kind::text); }},
    {"truthy", [](Budget&, const Arguments& args) { return truthy(args[0]); }},
    {"undefined", [](Budget&, const Arguments& args) { return args[0].is(Kind::undefined); }},
    {"upper", [](Budget& budget, const Arguments& args) { return unchanged(budget, args[0], text::to_upper_case); }},
});

}  // namespace

std::optional<std::int32_t> find_question(std::string_view name) {
  const auto found = std::find_if(kQuestions.begin(), kQuestions.end(),
                                  [&](const Question& question) { return question.name == name; });
  if (found == kQuestions.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - kQuestions.begin());
}

bool answer_question(std::int32_t question, Budget& budget, const Arguments& arguments) {
  return kQuestions[static_cast<std::size_t>(question)].answer(budget, arguments);
}

std::vector<std::string_view> question_names() {
  std::vector<std::string_view> names;
  for (const Question& question : kQuestions) names.push_back(question.name);
  return names;
}

}  // namespace assay::templates
