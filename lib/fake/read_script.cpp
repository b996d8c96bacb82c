#include "fake/read_behaviour.hpp"
#include "fake/script.hpp"
#include "fake/script_values.hpp"
#include "json/document.hpp"

namespace assay::fake {
namespace {

Match match(const json::View& view) {
  Match out;
  const auto nth = [&out](const json::View& value) {
    if (value.is_number()) {
      out.nth = {static_cast<std::uint64_t>(whole(value))};
      return;
    }
    for (json::View n : list(value)) out.nth.push_back(static_cast<std::uint64_t>(whole(n)));
  };
  Words{{"model", into(out.model)},
        {"call_id", into(out.call_id)},
        {"worker", into(out.worker)},
        {"dialect", into(out.dialect)},
        {"key", [&out](const json::View& value) { out.key = fingerprint(text(value)); }},
        {"prompt_contains", into(out.prompt_contains)},
        {"nth", nth},
        {"every", into(out.every)}}
      .read(view);
  return out;
}

Rule rule(const json::View& view, const Behaviour& fallback) {
  Rule out;
  out.behaviour = fallback;
  out.behaviour.has_text = false;
  Words{{"match", [&out](const json::View& value) { out.match = match(value); }},
        {"probability", [&out](const json::View& value) { out.probability = chance(value); }},
        {"times", into(out.times)}}
      .add(words_of(out.behaviour))
      .read(view);
  return out;
}

Reply reply(const json::View& view) {
  Reply out;
  Words{{"model", into(out.model)},
        {"contains", into(out.contains)},
        {"chance", [&out](const json::View& value) { out.chance = chance(value); }},
        {"text", [&out](const json::View& value) { out.text = read_reply_text(value); }},
        {"otherwise", [&out](const json::View& value) { out.otherwise = read_reply_text(value); }}}
      .read(view);
  return out;
}

Bill bill(const json::View& view) {
  Bill out;
  Words{{"model", into(out.model)},     {"input", into(out.input)},   {"cached", into(out.cached)},
        {"written", into(out.written)}, {"output", into(out.output)}, {"per_call", into(out.per_call)}}
      .read(view);
  return out;
}

/// Takes each element of a list.
template <class Read>
Take each(Read read) {
  return [read](const json::View& value) {
    for (json::View one : list(value)) read(one);
  };
}

Script script(const json::View& root) {
  Script out;
  // Before the rules, wherever it stands: they begin with it.
  if (const json::View given = root["default"]) words_of(out.fallback).read(given);
  out.fallback.has_text = false;  // the list of answers comes before the default text
  Words{{"default", [](const json::View&) {}},
        {"seed", into(out.seed)},
        {"require_key", into(out.require_key)},
        {"bill_aborted", into(out.bill_aborted)},
        {"aws_secret", into(out.aws_secret)},
        {"models", each([&out](json::View one) { out.models.push_back(text(one)); })},
        {"rules", each([&out](json::View one) { out.rules.push_back(rule(one, out.fallback)); })},
        {"answers", each([&out](json::View one) { out.replies.push_back(reply(one)); })},
        {"bills", each([&out](json::View one) { out.bills.push_back(bill(one)); })}}
      .read(root);
  return out;
}

}  // namespace

Result<Script, std::string> read_script(std::string_view json) {
  const auto document = json::parse(json);
  if (!document) return failure(to_string(document.error()));
  try {
    return script(document->root());
  } catch (const Wrong& error) {
    return failure(std::string(error.what()));
  }
}

}  // namespace assay::fake
