#include "fake/lists.hpp"

#include <algorithm>
#include <charconv>

#include "fake/wording.hpp"

namespace assay::fake {
namespace {

std::size_t number_or(std::optional<std::string_view> text, std::size_t usual) {
  std::size_t value = usual;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

net::ServerResponse told(const std::string& body) {
  return {200, "application/json", body};
}

/// OpenAI's, and what gateways add to it.
std::string chat_models(const Script& script) {
  std::string body;
  json::Writer out(body);
  out.begin_object().field("object", "list").key("data").begin_array();
  for (const std::string& model : script.models) {
    out.begin_object().field("id", model).field("object", "model").field("created", 1'700'000'000);
    out.field("owned_by", "fake");
    if (script.fallback.manner == Manner::openrouter) {
      out.field("name", "Fake: " + model).field("context_length", 8192);
      out.key("pricing").begin_object().field("prompt", "0.00000015").field("completion", "0.0000006").end_object();
    }
    out.end_object();
  }
  out.end_array().field("has_more", false).end_object();
  return body;
}

/// The page of `script.models` from the one after `after`, at most `most`.
struct Page {
  std::size_t from = 0, to = 0;
  bool more = false;
};

Page page_of(const Script& script, std::size_t from, std::size_t most) {
  Page page;
  page.from = std::min(from, script.models.size());
  page.to = page.from + std::min(std::max<std::size_t>(1, most), script.models.size() - page.from);
  page.more = page.to < script.models.size();
  return page;
}

std::string anthropic_models(const net::ServerRequest& request, const Script& script) {
  std::size_t from = 0;
  if (const auto after = request.query_value("after_id")) {
    const auto at = std::find(script.models.begin(), script.models.end(), percent_decoded(*after));
    from = static_cast<std::size_t>(at - script.models.begin()) + 1;
  }
  const Page page = page_of(script, from, number_or(request.query_value("limit"), 20));
  std::string body;
  json::Writer out(body);
  out.begin_object().key("data").begin_array();
  for (std::size_t i = page.from; i < page.to; ++i) {
    out.begin_object()
        .field("type", "model")
        .field("id", script.models[i])
        .field("display_name", "Fake " + script.models[i]);
    out.field("created_at", "2026-01-01T00:00:00Z").end_object();
  }
  out.end_array().field("has_more", page.more).key("first_id");
  const bool none = page.from == page.to;
  none ? out.null() : out.string(script.models[page.from]);
  out.key("last_id");
  none ? out.null() : out.string(script.models[page.to - 1]);
  out.end_object();
  return body;
}

std::string gemini_models(const net::ServerRequest& request, const Script& script) {
  const std::size_t from = number_or(request.query_value("pageToken"), 0);
  const Page page = page_of(script, from, number_or(request.query_value("pageSize"), 50));
  std::string body;
  json::Writer out(body);
  out.begin_object().key("models").begin_array();
  for (std::size_t i = page.from; i < page.to; ++i) {
    out.begin_object().field("name", "models/" + script.models[i]).field("displayName", "Fake " + script.models[i]);
    out.field("inputTokenLimit", 1'048'576).field("outputTokenLimit", 65'536).key("supportedGenerationMethods");
    out.begin_array().string("generateContent").string("countTokens").end_array().end_object();
  }
  out.end_array();
  if (page.more) out.field("nextPageToken", std::to_string(page.to));
  out.end_object();
  return body;
}

std::string bedrock_models(const Script& script) {
  std::string body;
  json::Writer out(body);
  out.begin_object().key("modelSummaries").begin_array();
  for (const std::string& model : script.models) {
    out.begin_object().field("modelId", model).field("modelName", "Fake " + model).field("providerName", "Fake");
    out.field("responseStreamingSupported", true).end_object();
  }
  out.end_array().end_object();
  return body;
}

std::string ollama_models(const Script& script) {
  std::string body;
  json::Writer out(body);
  out.begin_object().key("models").begin_array();
  for (const std::string& model : script.models) {
    out.begin_object().field("name", model).field("model", model).field("size", 2'019'393'189).end_object();
  }
  out.end_array().end_object();
  return body;
}

std::string litellm_models(const Script& script) {
  std::string body;
  json::Writer out(body);
  out.begin_object().key("data").begin_array();
  for (const std::string& model : script.models) {
    out.begin_object().field("model_name", model);
    out.key("litellm_params").begin_object().field("model", "openai/" + model).end_object();
    out.key("model_info").begin_object().field("id", "deployment-of-" + model).field("mode", "chat");
    out.field("max_input_tokens", 8192).field("max_output_tokens", 4096);
    out.key("input_cost_per_token").raw("1.5e-07").key("output_cost_per_token").raw("6e-07").end_object().end_object();
  }
  out.end_array().end_object();
  return body;
}

}  // namespace

std::optional<net::ServerResponse> list_for(const net::ServerRequest& request, const Script& script) {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  const std::string_view path = request.path();
  if (path == "/foundation-models") return told(bedrock_models(script));
  if (path == "/inference-profiles") return told(R"({"inferenceProfileSummaries":[]})");
  if (path == "/api/tags" || path == "/api/ps") return told(ollama_models(script));
  if (path == "/api/version") return told(R"({"version":"0.20.1"})");
  if (path.ends_with("/model/info")) return told(litellm_models(script));
  if (path == "/health/liveliness" || path == "/health/liveness") return told(R"("I'm alive!")");
  if (path == "/health/readiness")
    return told(R"({"status":"connected","db":"connected","litellm_version":"1.81.13"})");
  if (!path.ends_with("/models")) return std::nullopt;
  if (request.header("x-goog-api-key") || path == "/v1beta/models") return told(gemini_models(request, script));
  if (request.header("anthropic-version")) return told(anthropic_models(request, script));
  return told(chat_models(script));
}

}  // namespace assay::fake
