#include "providers/answer_flags.hpp"

#include <algorithm>

#include "json/document.hpp"

namespace assay::providers {
namespace {

constexpr bool digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "-20250514", "-0613", "-001", and of "-2024-08-06" one part after the other.
bool cut_number(std::string_view& name) {
  std::size_t begin = name.size();
  while (begin > 0 && digit(name[begin - 1])) --begin;
  const std::size_t digits = name.size() - begin;
  if (begin == 0 || name[begin - 1] != '-' || (digits != 3 && digits != 4 && digits != 6 && digits != 8)) return false;
  name.remove_suffix(digits + 1);
  return true;
}

bool cut_date(std::string_view& name) {
  constexpr std::string_view shape = "-dddd-dd-dd";
  if (name.size() <= shape.size()) return false;
  const std::string_view end = name.substr(name.size() - shape.size());
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 'd' ? !digit(end[i]) : end[i] != '-') return false;
  }
  name.remove_suffix(shape.size());
  return true;
}

bool cut_word(std::string_view& name, std::string_view word) {
  if (name.size() <= word.size() || !name.ends_with(word)) return false;
  name.remove_suffix(word.size());
  return true;
}

/// A model's name in its parts: "openai/gpt-4o-2024-08-06:free".
struct Name {
  std::string_view bare;     ///< "gpt-4o-2024-08-06"
  std::string_view stem;     ///< "gpt-4o": without marks of a version in time
  std::string_view variant;  ///< "free"
  bool dated = false;        ///< the stem lost a date or a build's number
};

Name read_name(std::string_view text) {
  text = text.substr(text.rfind('/') + 1);  // npos + 1 is 0
  Name name;
  name.bare = name.stem = text.substr(0, text.find_first_of(":@"));
  name.variant = text.substr(std::min(name.bare.size() + 1, text.size()));
  for (;;) {
    if (cut_date(name.stem) || cut_number(name.stem)) {
      name.dated = true;
    } else if (!cut_word(name.stem, "-latest") && !cut_word(name.stem, "-preview") && !cut_word(name.stem, "-0")) {
      return name;
    }
  }
}

bool alike(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

/// Whether the variant says which model it is: "3b", "20241022"; not how it is served.
bool tells(std::string_view variant) {
  return !variant.empty() && variant != "latest" && variant != "free";
}

/// Null is read as no arguments by nobody: what is sent must be empty or JSON.
bool arguments_unreadable(const std::string& tool_calls) {
  const auto calls = json::parse(tool_calls);
  if (!calls) return true;
  for (const json::View call : calls->root().elements()) {
    const std::string_view arguments = call["function"]["arguments"].string_or("");
    const bool blank = arguments.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (!blank && !json::parse(arguments, json::Limits::foreign())) return true;
  }
  return false;
}

}  // namespace

void flag(Completion& completion, std::string_view word) {
  const auto found = std::find(completion.flags.begin(), completion.flags.end(), word);
  if (found == completion.flags.end()) completion.flags.emplace_back(word);
}

bool same_model(std::string_view asked, std::string_view served) {
  if (asked.empty() || served.empty()) return true;
  const Name want = read_name(asked), got = read_name(served);
  if (!alike(want.stem, got.stem)) return false;
  if (want.dated && !alike(want.bare, got.bare)) return false;
  return !tells(want.variant) || !tells(got.variant) || alike(want.variant, got.variant);
}

bool names_deployments(const Deployment& deployment) {
  return deployment.dialect == DialectKind::azure_openai;
}

void flag_answer(Completion& completion, const Deployment& deployment) {
  const bool nothing = completion.text.empty() && completion.tool_calls.empty() && completion.refusal.empty();
  if (nothing) flag(completion, completion_flags::empty);
  if (nothing && completion.finish_reason == FinishReason::length &&
      (completion.usage.reasoning.value_or(0) > 0 || !completion.reasoning.empty()))
    flag(completion, completion_flags::out_of_reasoning);
  if (!names_deployments(deployment) && !same_model(deployment.model, completion.served_model))
    flag(completion, completion_flags::other_model);
  if (!completion.tool_calls.empty() && arguments_unreadable(completion.tool_calls))
    flag(completion, completion_flags::tool_arguments);
}

}  // namespace assay::providers
