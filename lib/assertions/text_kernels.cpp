#include "assertions/text_kernels.hpp"

#include <utility>
#include <vector>

#include "assertions/operand.hpp"
#include "json/number.hpp"
#include "json/writer.hpp"
#include "regex/regex_gate.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

using Needles = std::vector<std::string>;

std::string_view form_of(Answer& answer, bool lower) {
  return lower ? answer.lower() : answer.text();
}

Made contains(const std::string& text, bool lower) {
  std::string needle = lower ? text::to_lower_case(text) : text;
  return made(
      [needle = std::move(needle), lower](Answer& answer) -> Result<Finding, std::string> {
        const std::string_view form = form_of(answer, lower);
        const std::size_t at = text::find(form, needle);
        return at == std::string_view::npos ? missed(answer.text()) : hit(form, at);
      },
      text);
}

Result<Made, std::string> made_contains(const Build& build, bool lower) {
  const auto needle = needle_operand(build.value);
  if (!needle) return failure(needle.error());
  return contains(*needle, lower);
}

/// Texts of which one or all must occur.
struct Among {
  Needles needles;
  bool lower, all;

  Result<Finding, std::string> operator()(Answer& answer) const {
    const std::string_view form = form_of(answer, lower);
    Finding first = missed(answer.text());
    Needles missing;
    for (const std::string& needle : needles) {
      const std::size_t at = text::find(form, needle);
      if (at == std::string_view::npos) {
        missing.push_back(needle);
      } else if (!all) {
        return hit(form, at);
      } else if (!first.at) {
        first = hit(form, at);
      }
    }
    if (!all) return first;
    first.holds = missing.empty();
    return first.holds ? first : decided(false, "without " + list_of(missing));
  }

  static std::string list_of(const Needles& needles) {
    std::string list;
    json::Writer writer(list);
    writer.begin_array();
    for (const std::string& needle : needles) writer.string(needle);
    writer.end_array();
    return list;
  }
};

Result<Made, std::string> made_among(const Build& build, bool lower, bool all) {
  auto needles = needles_operand(build.value, build.strict);
  if (!needles) return failure(std::move(needles.error()));
  std::string shown = (all ? "all of " : "one of ") + Among::list_of(*needles);
  if (lower) {
    for (std::string& needle : *needles) needle = text::to_lower_case(needle);
  }
  const std::size_t count = needles->size() + 1;
  return made_heavy(Among{std::move(*needles), lower, all}, count, std::move(shown));
}

Finding ends(std::string_view text, bool holds, std::size_t at) {
  return holds ? hit(text, at) : missed(text);
}

class RegexKernel final : public Kernel {
 public:
  explicit RegexKernel(std::shared_ptr<const regex::Regex> regex) : regex_(std::move(regex)) {}

  Result<Finding, std::string> run(Answer& answer) const override {
    const auto matched = regex_->test(answer.subject());
    if (!matched) return failure(matched.error());
    Finding finding = missed(answer.text());
    finding.holds = *matched;
    return finding;
  }
  std::size_t work(std::size_t answer_bytes) const override { return answer_bytes * regex_->steps_per_byte(); }
  std::size_t memory_bytes() const override { return 64 * regex_->program_size(); }

 private:
  std::shared_ptr<const regex::Regex> regex_;
};

Result<Made, std::string> made_regex(const Build& build, const std::string& pattern, const std::string& flags = {}) {
  auto regex = build.regexes.get(pattern, flags);
  if (!regex) return failure(std::move(regex.error()));
  return Made{std::make_shared<const RegexKernel>(std::move(*regex)),
              flags.empty() ? pattern : "/" + pattern + "/" + flags};
}

/// promptfoo: a pattern that means nothing matches nothing, whatever the prefix.
Made senseless(const std::string& pattern) {
  return made(
      [](Answer&) -> Result<Finding, std::string> {
        Finding finding = decided(false, "the pattern is invalid");
        finding.fixed = true;
        return finding;
      },
      pattern);
}

Result<Made, std::string> made_regex_with_flags(const Build& build) {
  for (const auto& [key, part] : build.value.members()) {
    if ((key != "pattern" && key != "flags") || !part.is_string())
      return failure(std::string("the value must be a pattern, or {pattern, flags} with texts"));
  }
  const auto pattern = filled_operand(build.value["pattern"]);
  if (!pattern) return failure("pattern: " + pattern.error());
  return made_regex(build, *pattern, std::string(build.value["flags"].string_or("")));
}

Result<Made, std::string> made_length(const Build& build, bool longer) {
  const auto bound = length_operand(build.value);
  if (!bound) return failure(bound.error());
  return made(
      [longer, most = *bound](Answer& answer) -> Result<Finding, std::string> {
        const std::size_t units = answer.length();
        const auto size = static_cast<double>(units);
        return decided(longer ? size > most : size < most, std::to_string(units));
      },
      (longer ? "more than " : "fewer than ") + json::javascript_number(*bound));
}

}  // namespace

Result<Made, std::string> make_contains(const Build& build) {
  return made_contains(build, false);
}
Result<Made, std::string> make_icontains(const Build& build) {
  return made_contains(build, true);
}
Result<Made, std::string> make_contains_any(const Build& build) {
  return made_among(build, false, false);
}
Result<Made, std::string> make_icontains_any(const Build& build) {
  return made_among(build, true, false);
}
Result<Made, std::string> make_contains_all(const Build& build) {
  return made_among(build, false, true);
}
Result<Made, std::string> make_icontains_all(const Build& build) {
  return made_among(build, true, true);
}

Result<Made, std::string> make_starts_with(const Build& build) {
  auto start = filled_operand(build.value);
  if (!start) return failure(std::move(start.error()));
  return made(
      [start = *start](Answer& answer) -> Result<Finding, std::string> {
        return ends(answer.text(), answer.text().starts_with(start), 0);
      },
      *start);
}

Result<Made, std::string> make_ends_with(const Build& build) {
  auto end = filled_operand(build.value);
  if (!end) return failure(std::move(end.error()));
  return made(
      [end = *end](Answer& answer) -> Result<Finding, std::string> {
        const std::string_view text = answer.text();
        if (text.ends_with(end)) return hit(text, text.size() - end.size());
        return decided(false, excerpt(text, text.size()));
      },
      *end);
}

Result<Made, std::string> make_iequals(const Build& build) {
  auto text = text_operand(build.value);
  if (!text) return failure(std::move(text.error()));
  return made(
      [wanted = text::to_lower_case(text::trim(*text))](Answer& answer) -> Result<Finding, std::string> {
        const std::string_view trimmed = text::trim(answer.lower());
        return ends(trimmed, trimmed == wanted, 0);
      },
      *text);
}

Result<Made, std::string> make_regex(const Build& build) {
  if (build.strict && build.value.is_object()) return made_regex_with_flags(build);
  const auto pattern = filled_operand(build.value);
  if (!pattern) return failure(pattern.error());
  const auto read = regex::read_regex(*pattern);
  if (!build.strict && !read && is_senseless(read.error().refusal)) return senseless(*pattern);
  return made_regex(build, *pattern);
}

Result<Made, std::string> make_longer_than(const Build& build) {
  return made_length(build, true);
}
Result<Made, std::string> make_shorter_than(const Build& build) {
  return made_length(build, false);
}

Result<Made, std::string> make_prpm_contains(const Build& build) {
  const auto text = text_operand(build.value);
  if (!text) return failure(text.error());
  return contains_ignoring_case(*text);
}

Result<Made, std::string> make_prpm_equals(const Build& build) {
  auto text = text_operand(build.value);
  if (!text) return failure(std::move(text.error()));
  return made(
      [wanted = std::string(text::trim(*text))](Answer& answer) -> Result<Finding, std::string> {
        const std::string_view trimmed = text::trim(answer.text());
        return ends(trimmed, trimmed == wanted, 0);
      },
      *text);
}

Result<Made, std::string> make_prpm_regex(const Build& build) {
  const auto pattern = text_operand(build.value);
  if (!pattern) return failure(pattern.error());
  return made_regex(build, *pattern);
}

Made contains_ignoring_case(const std::string& text) {
  return contains(text, true);
}

}  // namespace assay::assertions
