// Every case of tests/data/providers/*/{models,probe,embeddings}*.json: what is asked beside questions, and how its
// answers are read. Requests are compared whole, answers field by field as written.
#include <boost/test/unit_test.hpp>

#include <sstream>

#include "json/writer.hpp"
#include "tests/unit/providers/stream_cases.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

void compare(const http::Request& request, json::View expected, const Deployment& deployment) {
  BOOST_TEST(request.method == expected["method"].string_or("?"));
  BOOST_TEST(request.url == expected["url"].string_or("?"));
  BOOST_TEST(request.body == expected["body"].dump());
  const auto lines = [](const http::Headers& headers) {
    std::string text;
    for (const auto& [name, value] : headers) text += name + ": " + value + "\n";
    return text;
  };
  http::Headers secrets;
  for (const auto& secret : request.secrets)
    secrets.emplace_back(secret.name, secret.prefix + std::string(secret.value.reveal()));
  if (expected["headers"]) BOOST_TEST(lines(request.headers) == lines(cases::headers(expected["headers"])));
  if (expected["secrets"]) BOOST_TEST(lines(secrets) == lines(cases::headers(expected["secrets"])));
  const std::string open_text = request.url + lines(request.headers) + request.body;
  BOOST_TEST((deployment.key.empty() || open_text.find(deployment.key.reveal()) == std::string::npos));
}

std::string described(const ModelPage& page) {
  std::string text;
  json::Writer out(text);
  out.begin_object().key("models").begin_array();
  for (const ModelPage::Model& model : page.models) {
    out.begin_object();
    cases::text_field(out, "name", model.name);
    cases::text_field(out, "display_name", model.display_name);
    if (model.context_tokens) out.field("context_tokens", *model.context_tokens);
    if (model.max_output_tokens) out.field("max_output_tokens", *model.max_output_tokens);
    cases::text_field(out, "input_price", model.input_price);
    cases::text_field(out, "output_price", model.output_price);
    out.end_object();
  }
  out.end_array();
  cases::text_field(out, "next", page.next);
  out.end_object();
  return text;
}

std::string described(const Embeddings& embeddings) {
  std::string text;
  json::Writer out(text);
  out.begin_object().key("vectors").begin_array();
  for (const auto& vector : embeddings.vectors) {
    out.begin_array();
    for (const float number : vector) out.number(static_cast<double>(number));
    out.end_array();
  }
  out.end_array().key("usage");
  cases::describe(out, embeddings.usage);
  cases::text_field(out, "served_model", embeddings.served_model);
  cases::text_field(out, "request_id", embeddings.request_id);
  cases::text_field(out, "reported_cost", embeddings.reported_cost);
  out.end_object();
  return text;
}

/// The raw usage is compared only where the case names it.
template <class Value>
void compare(const Result<Value, Failure>& found, json::View expected) {
  if (expected["failure"]) {
    BOOST_REQUIRE(!found.has_value());
    const std::string differs = cases::difference(expected["failure"], found.error());
    BOOST_TEST(differs.empty(), differs);
    return;
  }
  BOOST_REQUIRE_MESSAGE(found.has_value(), "failed: " << (found ? "" : found.error().detail));
  Value kept = *found;
  if constexpr (std::is_same_v<Value, Embeddings>) {
    if (!expected["usage"]["raw"]) kept.usage.raw.clear();
  }
  const std::string is = described(kept);
  BOOST_TEST(cases::same_json(is, expected.dump()), "is " << is << "\nshould be " << expected.dump());
}

template <class Run>
int for_each_case(std::string_view prefix, Run run) {
  int count = 0;
  for (const DialectKind kind : every_dialect) {
    for (const json::Document& file : cases::load(kind, prefix)) {
      for (const json::View given : file.root().elements()) {
        BOOST_TEST_CONTEXT(cases::folder_of(kind) << ": " << given["name"].string_or("?")) {
          run(given, dialect(kind), cases::deployment(kind, given["deployment"]));
        }
        ++count;
      }
    }
  }
  return count;
}

EmbeddingQuestion embedding_question(json::View view) {
  EmbeddingQuestion question;
  for (const json::View input : view["inputs"].elements()) question.inputs.emplace_back(input.string_or(""));
  question.dimensions = view["dimensions"].as_int64();
  question.call_id = std::string(view["call_id"].string_or("41.7.1"));
  question.timeout = std::chrono::milliseconds(view["timeout_ms"].as_int64().value_or(0));
  return question;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(of_models_are_asked_for_and_read_as_the_cases_say) {
  const int count = for_each_case("models", [](json::View given, const Dialect& dialect, const Deployment& deployment) {
    if (given["request"])
      compare(dialect.encode_models(deployment, given["page"].string_or("")), given["request"], deployment);
    if (given["response"])
      compare(dialect.decode_models(cases::response(given["response"]), deployment), given["expect"]);
  });

  BOOST_TEST(count >= 30);
}

BOOST_AUTO_TEST_CASE(probes_are_what_the_cases_say_and_ask_no_model) {
  const int count = for_each_case("probe", [](json::View given, const Dialect& dialect, const Deployment& deployment) {
    compare(dialect.encode_probe(deployment), given["request"], deployment);
  });

  BOOST_TEST(count >= 12);
}

BOOST_AUTO_TEST_CASE(of_vectors_are_asked_for_and_read_as_the_cases_say) {
  const int count =
      for_each_case("embeddings", [](json::View given, const Dialect& dialect, const Deployment& deployment) {
        if (given["request"])
          compare(dialect.encode_embeddings(embedding_question(given["question"]), deployment), given["request"],
                  deployment);
        if (given["response"])
          compare(dialect.decode_embeddings(cases::response(given["response"]), deployment), given["expect"]);
      });

  BOOST_TEST(count >= 30);
}

BOOST_AUTO_TEST_SUITE_END()
