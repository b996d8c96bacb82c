#include "assertions/judge_line.hpp"

#include <algorithm>
#include <utility>

#include "assertions/judgement_json.hpp"
#include "assertions/line_evidence.hpp"
#include "json/stringify.hpp"
#include "json/writer.hpp"
#include "suite/read.hpp"

namespace assay::assertions {
namespace {

using json::View;

json::Limits limits() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

Fault plain(std::string path, std::string message) {
  return {std::move(path), std::move(message)};
}

/// The verdict's own fields are appended by the caller.
json::Writer& begin(json::Writer& writer, View line, Verdict verdict, double score) {
  writer.begin_object();
  if (line["id"].exists()) writer.key("id").view(line["id"]);
  writer.field("verdict", to_string(verdict));
  writer.field("pass", verdict == Verdict::pass || verdict == Verdict::unchecked);
  return writer.field("score", score);
}

std::string faulty(View line, const Fault& fault) {
  std::string out;
  json::Writer writer(out);
  begin(writer, line, Verdict::error, 0).field("error", fault.path + ": " + fault.message);
  writer.key("fault").begin_object().field("path", fault.path).field("message", fault.message).end_object();
  writer.end_object();
  return out;
}

std::string judged(View line, const Judgement& judgement) {
  std::string out;
  json::Writer writer(out);
  begin(writer, line, judgement.verdict, judgement.score).field("reason", judgement.reason);
  if (judgement.verdict == Verdict::error) writer.field("error", judgement.reason);
  if (judgement.first_failed) writer.field("first_failed", *judgement.first_failed);
  if (!judgement.named_scores.empty()) writer.key("named_scores").raw(named_scores_json(judgement));
  Detail detail;
  detail.every_score = true;
  detail.max_bytes = std::size_t{16} << 20;
  writer.key("assertions").raw(to_json(judgement, detail)).end_object();
  return out;
}

Result<AssertionDialect, Fault> dialect_of(View line) {
  if (!line["dialect"].exists()) return AssertionDialect::prpm;
  const auto dialect = dialect_named(line["dialect"].string_or(""));
  if (!dialect) return failure(plain("dialect", "is not one this program knows: prpm, promptfoo, strict"));
  return *dialect;
}

/// What makes two lines' assertions the same.
std::string key_of(View line) {
  std::string key;
  for (const char* field : {"dialect", "templates", "assertions", "vars", "threshold", "expected_output"}) {
    key += line[field].raw();
    key += '\0';
  }
  return key;
}

}  // namespace

struct LineJudge::Loaded {
  Suite suite;
  CompiledSuite checks;

  static LoadedSuite from(std::string_view text, const SuiteBounds& bounds) {
    auto suite = suite::read(text);
    if (!suite) return failure(plain("suite." + suite.error().path, suite.error().message));
    auto checks = compile_suite(*suite, bounds);
    if (!checks) return failure(plain("suite." + checks.error().path, checks.error().message));
    return std::make_shared<const Loaded>(Loaded{std::move(*suite), std::move(*checks)});
  }
};

/// The checks of one line. What they belong to is kept alive by the pointer.
struct LineJudge::Chosen {
  std::shared_ptr<const void> owner;
  const CompiledCase* test = nullptr;
};

LineJudge::LoadedSuite LineJudge::suite_file(const std::string& path) {
  if (const auto known = suites_.find(path); known != suites_.end()) return known->second;
  const auto text = options_.read_file ? options_.read_file(path) : failure(std::string("files are not read here"));
  LoadedSuite loaded = text ? Loaded::from(*text, options_.bounds) : failure(plain("suite", path + ": " + text.error()));
  suites_.emplace(path, loaded);
  return loaded;
}

Result<LineJudge::Chosen, Fault> LineJudge::from_suite(View line) {
  const View given = line["suite"];
  const std::string path(given.string_or(options_.suite_file));
  const LoadedSuite loaded = given.is_object() ? Loaded::from(given.raw(), options_.bounds) : suite_file(path);
  if (!loaded) return failure(loaded.error());
  const auto& cases = (*loaded)->checks.cases;
  const auto number = line["case"].exists() ? line["case"].as_int64() : std::optional<std::int64_t>(0);
  if (!number || *number < 0 || static_cast<std::uint64_t>(*number) >= cases.size())
    return failure(plain("case", "is not the number of a case; the suite has " + std::to_string(cases.size())));
  return Chosen{*loaded, &cases[static_cast<std::size_t>(*number)]};
}

Result<LineJudge::Chosen, Fault> LineJudge::from_assertions(View line) {
  std::string key = key_of(line);
  if (last_ != nullptr && key == last_key_) return Chosen{last_, last_.get()};
  const auto dialect = dialect_of(line);
  if (!dialect) return failure(dialect.error());
  auto specs = suite::read_assertions(line["assertions"], *dialect);
  if (!specs) return failure(plain(specs.error().path, specs.error().message));
  TestCase test;
  test.assertions = std::move(*specs);
  test.threshold = line["threshold"].as_double();
  if (line["vars"].is_object()) test.vars = line["vars"].raw();
  if (const auto expected = line["expected_output"].as_string()) test.expected_output = std::string(*expected);
  const bool templates = line["templates"].as_bool().value_or(*dialect == AssertionDialect::promptfoo);
  auto compiled = compile(test, *dialect, templates, options_.bounds);
  if (!compiled) return failure(std::move(compiled.error()));
  last_ = std::make_shared<const CompiledCase>(std::move(*compiled));
  last_key_ = std::move(key);
  return Chosen{last_, last_.get()};
}

Result<LineJudge::Chosen, Fault> LineJudge::choose(View line) {
  const bool listed = line["assertions"].exists() || line["expected_output"].exists();
  if (line["suite"].exists() && listed) return failure(plain("suite", "and assertions exclude one another"));
  const bool suited = line["suite"].exists() || (!listed && !options_.suite_file.empty());
  return suited ? from_suite(line) : from_assertions(line);
}

LineJudge::Judged LineJudge::judge(std::string_view text) {
  const auto document = json::parse(text, limits());
  if (!document) return {std::nullopt, to_string(document.error())};
  const View line = document->root();
  if (!line.is_object()) return {std::nullopt, "is " + std::string(to_string(line.kind())) + "; it must be an object"};
  if (!line["output"].exists()) return {std::nullopt, "has no output"};
  auto evidence = line_evidence(line["context"]);
  if (!evidence) return {std::nullopt, evidence.error()};
  const auto chosen = choose(line);
  if (!chosen) return {Verdict::error, faulty(line, chosen.error())};
  evidence->structured = !line["output"].is_string();
  const std::string output =
      evidence->structured ? json::stringify(line["output"]) : std::string(*line["output"].as_string());
  const Judgement judgement = assertions::judge(*chosen->test, output, *evidence);
  return {judgement.verdict, judged(line, judgement)};
}

}  // namespace assay::assertions
