#include "assertions/tool_kernels.hpp"

#include <utility>

#include "assertions/operand.hpp"
#include "assertions/schemas.hpp"
#include "json/number.hpp"
#include "json/writer.hpp"
#include "tools/skill_used.hpp"
#include "tools/span_checks.hpp"
#include "tools/tool_call_f1.hpp"
#include "tools/trajectory.hpp"
#include "tools/valid_call.hpp"

namespace assay::assertions {
namespace {

using Judged = Result<Finding, std::string>;
using tools::Sense;

json::Limits deep() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

/// JSON text of an assertion or of evidence; empty text is a missing value.
class Held {
 public:
  explicit Held(std::string_view text) {
    if (!text.empty()) document_ = read(text);
  }
  json::View view() const { return document_ ? document_->root() : json::View(); }

 private:
  static std::shared_ptr<const json::Document> read(std::string_view text) {
    auto document = json::parse(text, deep());
    return document ? std::make_shared<const json::Document>(std::move(*document)) : nullptr;
  }
  std::shared_ptr<const json::Document> document_;
};

Judged told(tools::Answer answer) {
  if (!answer) return failure(std::move(answer.error()));
  Finding finding = decided(answer->holds, std::move(answer->found));
  finding.score = answer->score;
  finding.fixed = answer->fixed;
  return finding;
}

/// What the model gave back, as its tools see it: calls that came apart from the text go before the text.
struct Given {
  Held calls;
  Result<json::View, std::string> value = json::View();
  tools::Output output;

  explicit Given(Answer& answer)
      : calls(answer.evidence().tool_calls),
        value(answer.evidence().structured ? answer.json() : json::View()),
        output(calls.view().exists()                  ? tools::Output(calls.view())
               : value.has_value() && value->exists() ? tools::Output(*value)
                                                      : tools::Output(answer.text())) {}
};

/// The functions among the tools that were offered; declarations in the other vendor's form stay as they are.
std::string functions_of(std::string_view tools) {
  const Held offered(tools);
  std::string list;
  json::Writer writer(list);
  writer.begin_array();
  for (const json::View tool : offered.view().elements()) {
    if (tool["functionDeclarations"].exists()) return std::string(tools);
    if (tool["function"].is_object()) writer.view(tool["function"]);
  }
  writer.end_array();
  return list;
}

/// What a schema says of arguments, as promptfoo's Ajv would.
Result<tools::SchemaAnswer, std::string> fits(json::View schema, json::View value) {
  using Kind = tools::SchemaAnswer::Kind;
  const auto compiled = schema::Schema::compile(schema, schema_options(false));
  if (!compiled) return tools::SchemaAnswer{Kind::broken, to_string(compiled.error())};
  const auto outcome = compiled->validate(value);
  if (!outcome) return failure(outcome.error().message);
  if (outcome->valid) return tools::SchemaAnswer{Kind::fits, {}};
  return tools::SchemaAnswer{Kind::differs, to_string(outcome->violations.front())};
}

/// strict turns what promptfoo leaves as it is: there the check itself must not be fixed.
bool turns(const Build& build) {
  return build.strict;
}
Judged unfixed(Judged judged, bool turnable) {
  if (judged && turnable) judged->fixed = false;
  return judged;
}

template <class Check>
Made over_trace(const Build& build, Check check) {
  return made_heavy(
      [value = Held(build.value.raw()), check, turnable = turns(build)](Answer& answer) -> Judged {
        const Held trace(answer.evidence().trace);
        const auto read = tools::read_trace(trace.view());
        if (!read) return failure(read.error());
        return unfixed(told(check(*read, value.view())), turnable);
      },
      16, build.value.dump());
}

template <class Check>
Made over_steps(const Build& build, Check check) {
  return made_heavy(
      [value = Held(build.value.raw()), check](Answer& answer) -> Judged {
        const Held trace(answer.evidence().trace);
        const auto read = tools::read_trace(trace.view());
        if (!read) return failure(read.error());
        return told(check(tools::steps_of(*read), value.view()));
      },
      16, build.value.dump());
}

Sense sense_of(const Build& build) {
  return build.inverse ? Sense::forbidden : Sense::required;
}

Made with_sense(Made made) {
  made.knows_inverse = true;
  return made;
}

/// strict: a value that no answer could be judged by is refused. An empty trace finds that out.
Result<Made, std::string> proven(const Build& build, Made made) {
  if (!build.strict) return made;
  Evidence nothing;
  nothing.trace = R"({"spans":[]})";
  nothing.metadata = "{}";
  Answer answer("", nothing);
  auto judged = made.kernel->run(answer);
  if (!judged) return failure(std::move(judged.error()));
  return made;
}

}  // namespace

Result<Made, std::string> make_tool_call_f1(const Build& build) {
  auto expected = tools::expected_tools(build.value);
  if (!expected) return failure(std::move(expected.error()));
  return made_heavy(
      [expected = std::move(*expected), threshold = build.threshold(),
       turnable = turns(build)](Answer& answer) -> Judged {
        const Given given(answer);
        if (!given.value) return failure(given.value.error());
        return unfixed(told(tools::tool_call_f1(given.output, expected, threshold)), turnable);
      },
      16, "at least " + json::javascript_number(build.threshold()) + " against: " + build.value.dump());
}

Result<Made, std::string> make_valid_tools_call(const Build& build) {
  return made_heavy(
      [turnable = turns(build)](Answer& answer) -> Judged {
        const Given given(answer);
        const Held offered(answer.evidence().tools);
        if (!given.value) return failure(given.value.error());
        return unfixed(told(tools::valid_tools_call(given.output, offered.view(), fits)), turnable);
      },
      16, "calls of the tools that were offered");
}

Result<Made, std::string> make_valid_function_call(const Build& build) {
  return made_heavy(
      [turnable = turns(build)](Answer& answer) -> Judged {
        const Given given(answer);
        const Held offered(functions_of(answer.evidence().tools));
        if (!given.value) return failure(given.value.error());
        return unfixed(told(tools::valid_function_call(given.output, offered.view(), fits)), turnable);
      },
      16, "a call of a function that was offered");
}

Result<Made, std::string> make_skill_used(const Build& build) {
  return proven(build, with_sense(made_heavy(
                           [value = Held(build.value.raw()), sense = sense_of(build)](Answer& answer) -> Judged {
                             const Held metadata(answer.evidence().metadata);
                             return told(tools::skill_used(metadata.view(), value.view(), sense));
                           },
                           4, build.value.dump())));
}

Result<Made, std::string> make_trace_span_count(const Build& build) {
  return proven(build, over_trace(build, tools::trace_span_count));
}
Result<Made, std::string> make_trace_span_duration(const Build& build) {
  return proven(build, over_trace(build, tools::trace_span_duration));
}
Result<Made, std::string> make_trace_error_spans(const Build& build) {
  return proven(build, over_trace(build, tools::trace_error_spans));
}

Result<Made, std::string> make_tool_used(const Build& build) {
  const auto check = [sense = sense_of(build)](const std::vector<tools::Step>& steps, json::View value) {
    return tools::tool_used(steps, value, sense);
  };
  return proven(build, with_sense(over_steps(build, check)));
}
Result<Made, std::string> make_tool_sequence(const Build& build) {
  return proven(build, over_steps(build, tools::tool_sequence));
}
Result<Made, std::string> make_tool_args_match(const Build& build) {
  return proven(build, over_steps(build, tools::tool_args_match));
}
Result<Made, std::string> make_step_count(const Build& build) {
  return proven(build, over_steps(build, tools::step_count));
}

}  // namespace assay::assertions
