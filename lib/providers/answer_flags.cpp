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

/// What is left of a name when all that may differ is taken off.
std::string_view stem(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  name = name.substr(0, name.find_first_of(":@"));
  while (cut_date(name) || cut_number(name) || cut_word(name, "-latest") || cut_word(name, "-preview") ||
         cut_word(name, "-0")) {
  }
  return name;
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
  if (asked == served) return true;
  const std::string_view left = stem(asked), right = stem(served);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
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
  if (!names_deployments(deployment) && !completion.served_model.empty() &&
      !same_model(deployment.model, completion.served_model))
    flag(completion, completion_flags::other_model);
  if (!completion.tool_calls.empty() && arguments_unreadable(completion.tool_calls))
    flag(completion, completion_flags::tool_arguments);
}

}  // namespace assay::providers
