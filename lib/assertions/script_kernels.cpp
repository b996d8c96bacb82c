#include "assertions/script_kernels.hpp"

#include <algorithm>
#include <utility>

#include "assertions/compile.hpp"
#include "javascript/function_body.hpp"
#include "json/writer.hpp"

namespace assay::assertions {
namespace {

using javascript::Outcome;
using Judged = Result<Finding, std::string>;

/// JSON text of its own, or null.
void field(json::Writer& writer, std::string_view name, std::string_view json_text) {
  writer.key(name);
  if (json_text.empty()) {
    writer.null();
  } else {
    writer.raw(json_text);
  }
}

void field(json::Writer& writer, std::string_view name, const std::optional<double>& number) {
  if (number) writer.field(name, *number);
}

std::string context_of(const Evidence& evidence, std::string_view vars, std::string_view config) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  field(writer, "vars", vars.empty() ? std::string_view("{}") : vars);
  field(writer, "config", config);
  field(writer, "metadata", evidence.metadata);
  field(writer, "trace", evidence.trace);
  field(writer, "latencyMs", evidence.latency_ms);
  field(writer, "cost", evidence.cost_usd);
  if (!evidence.finish_reason.empty()) writer.field("finishReason", evidence.finish_reason);
  if (!evidence.log_probs.empty()) {
    writer.key("logProbs").begin_array();
    for (const double each : evidence.log_probs) writer.number(each);
    writer.end_array();
  }
  writer.end_object();
  return text;
}

std::string output_of(Answer& answer) {
  if (answer.evidence().structured) return std::string(answer.text());
  std::string text;
  json::append_quoted(text, answer.text());
  return text;
}

/// Failed whatever the prefix: the code did not do what it is there for.
Finding broken(std::string why) {
  Finding finding = decided(false, std::move(why));
  finding.fixed = true;
  finding.score = 0;
  return finding;
}

class ScriptKernel final : public Kernel {
 public:
  explicit ScriptKernel(const Build& build)
      : runner_(build.scripts),
        body_(javascript::function_body(*build.value.as_string())),
        vars_(build.vars),
        config_(build.spec.config),
        threshold_(build.spec.threshold),
        strict_(build.strict) {}

  Judged run(Answer& answer) const override {
    auto outcome = runner_->run(body_, output_of(answer), context_of(answer.evidence(), vars_, config_));
    if (!outcome) return failure(std::move(outcome.error()));
    if (outcome->how == Outcome::How::threw) return broken("the code threw " + shown(outcome->message));
    const auto returned = json::parse(outcome->json, json::Limits::foreign());
    if (!returned) return broken("the code returned nothing");
    return read(returned->root());
  }

  /// It waits for a process: never on a thread that others wait for.
  std::size_t work(std::size_t) const override { return 2 * light_work; }

 private:
  double bounded(double score) const { return strict_ ? std::clamp(score, 0.0, 1.0) : score; }

  Judged read(json::View value) const {
    if (const auto passed = value.as_bool()) return decided(*passed, "the code returned " + value.dump());
    if (const auto number = value.as_double()) {
      Finding finding = decided(threshold_ ? *number >= *threshold_ : *number > 0, "the code returned " + value.dump());
      finding.score = bounded(*number);
      return finding;
    }
    const auto passed = value["pass"].as_bool();
    const auto score = value["score"].as_double();
    const auto reason = value["reason"].as_string();
    if (!passed || !score || !reason)
      return broken("the code must return a boolean, a number, or {pass, score, reason}; it returned " +
                    shown(value.dump()));
    Finding finding = decided(*passed, std::string(*reason));
    finding.score = bounded(*score);
    return finding;
  }

  std::shared_ptr<const javascript::Runner> runner_;
  std::string body_, vars_, config_;
  std::optional<double> threshold_;
  bool strict_;
};

}  // namespace

Result<Made, std::string> make_javascript(const Build& build) {
  if (!build.value.is_string())
    return failure(std::string("must be a text: the code of a function of output and context"));
  if (!build.scripts) return failure(std::string("is code, and the operator does not allow it (judge.javascript)"));
  return Made{std::make_shared<const ScriptKernel>(build), std::string(*build.value.as_string())};
}

}  // namespace assay::assertions
