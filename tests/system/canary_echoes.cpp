#include "tests/system/canary_echoes.hpp"

#include <functional>

#include "json/writer.hpp"

namespace assay::testing {
namespace {

using json::Writer;

using Headers = std::vector<std::string>;

/// One rule's members.
class Rule {
 public:
  Rule(Writer& out, const std::string& secret) : out_(out), secret_(secret) {}

  void error(int status, const std::string& code, const std::string& message) {
    out_.field("status", status).key("error").begin_object();
    out_.field("code", code).field("type", code).field("message", message).end_object();
  }
  void headers(const Headers& names) {
    out_.key("headers").begin_object();
    for (const std::string& name : names) out_.field(name, secret_);
    out_.end_object();
  }
  void page(int status) {
    out_.field("status", status).key("raw").begin_object();
    out_.field("body", "<html><head><title>Oops " + secret_ + "</title></head><body>for " + secret_ + "</body></html>");
    out_.field("type", "text/html").end_object();
  }
  /// Counted by OpenAI and by Anthropic in one body; who reads neither reads nothing.
  void usage() {
    std::string body;
    Writer answer(body);
    answer.begin_object().field("id", "x").field("type", "message").field("role", "assistant").field("model", "m");
    answer.key("content").raw(R"([{"type":"text","text":"Paris"}])").field("stop_reason", "end_turn");
    answer.key("choices").raw(
        R"([{"index":0,"message":{"role":"assistant","content":"Paris"},"finish_reason":"stop"}])");
    answer.key("usage").begin_object().field("prompt_tokens", 3).field("completion_tokens", 1).field("input_tokens", 3);
    answer.field("output_tokens", 1).field("note", secret_).end_object().end_object();
    out_.key("raw").begin_object().field("body", body).field("type", "application/json").end_object();
  }
  void fault(const char* name) { out_.field("fault", name); }
  void field(const char* name, const std::string& value) { out_.field(name, value); }
  const std::string& secret() const { return secret_; }

 private:
  Writer& out_;
  const std::string& secret_;
};

struct Known {
  Way way;
  std::function<void(Rule&)> write;
};

std::string masked(const std::string& secret) {
  return secret.substr(0, secret.size() - 12) + "********" + secret.substr(secret.size() - 4);
}

const std::vector<Known>& known() {
  static const std::vector<Known> all{
      {{"message"},
       [](Rule& r) { r.error(401, "invalid_api_key", "Incorrect key: " + r.secret() + ". See the docs."); }},
      {{"masked"}, [](Rule& r) { r.error(403, "denied", "Key " + masked(r.secret()) + " is blocked"); }},
      {{"beginning"}, [](Rule& r) { r.error(400, "bad", "sent " + r.secret().substr(0, r.secret().size() / 2 + 6)); }},
      {{"end"}, [](Rule& r) { r.error(400, "bad", "it ends in " + r.secret().substr(r.secret().size() - 14)); }},
      {{"labelled", true},
       [](Rule& r) { r.error(400, "bad", "x-api-key=" + r.secret() + ", Authorization: Bearer " + r.secret()); }},
      {{"url", true}, [](Rule& r) { r.error(404, "bad", "https://vendor/v1/chat?key=" + r.secret() + "&x=1"); }},
      {{"code"}, [](Rule& r) { r.error(400, r.secret(), "\"" + r.secret() + "\""); }},
      {{"header"},
       [](Rule& r) {
         r.error(500, "server_error", "broken");
         r.headers({"retry-after", "x-debug-echo", "server", "x-ratelimit-limit-requests"});
       }},
      {{"id"},
       [](Rule& r) {
         r.error(400, "bad", "broken");
         r.headers({"x-request-id"});
       }},
      {{"id of an answer"},
       [](Rule& r) {
         r.field("text", "Paris");
         r.headers({"x-request-id", "request-id", "x-amzn-requestid", "apim-request-id", "x-litellm-call-id"});
       }},
      {{"page"}, [](Rule& r) { r.page(502); }},
      {{"page of an answer"}, [](Rule& r) { r.page(200); }},
      {{"redirect"},
       [](Rule& r) {
         r.error(302, "moved", "moved to https://other/" + r.secret());
         r.headers({"location"});
       }},
      {{"error in 200"},
       [](Rule& r) {
         r.fault("error_in_200");
         r.error(200, r.secret(), "for " + r.secret());
       }},
      {{"event"},
       [](Rule& r) {
         r.fault("error_event");
         r.error(200, r.secret(), "for " + r.secret());
       }},
      {{"event in the middle"},
       [](Rule& r) {
         r.fault("error_event_mid_content");
         r.error(200, "server_error", "for " + r.secret());
       }},
      {{"model"}, [](Rule& r) { r.field("served_model", r.secret()); }},
      {{"reason"}, [](Rule& r) { r.field("finish", r.secret()); }},
      {{"usage"}, [](Rule& r) { r.usage(); }},
      {{"malformed"},
       [](Rule& r) {
         r.fault("malformed_json");
         r.field("text", "Paris");
         r.headers({"x-request-id"});
       }},
      {{"cut"},
       [](Rule& r) {
         r.fault("cut_mid_content");
         r.headers({"x-request-id"});
       }},
  };
  return all;
}

}  // namespace

const std::vector<Way>& ways() {
  static const std::vector<Way> all = [] {
    std::vector<Way> names;
    for (const Known& each : known()) names.push_back(each.way);
    return names;
  }();
  return all;
}

std::string words_for(const Way& way, std::size_t n) {
  return "way " + way.name + " " + std::to_string(n) + "!";
}

void add_echo(std::string& rules, const CanaryProvider& provider, std::size_t way, std::size_t n,
              const std::string& secret) {
  std::string text;
  Writer out(text);
  out.begin_object().key("match").begin_object().field("model", provider.name + "-model");
  out.field("prompt_contains", words_for(ways()[way], n)).end_object();
  Rule rule(out, secret);
  known()[way].write(rule);
  out.end_object();
  if (!rules.empty()) rules += ",";
  rules += text;
}

std::string script_of(const std::string& rules, const std::vector<std::string>& models) {
  std::string text;
  Writer out(text);
  out.begin_object().key("default").begin_object().field("text", "Paris").end_object().key("models").begin_array();
  for (const std::string& model : models) out.string(model);
  out.end_array().key("rules").raw("[" + rules + "]").end_object();
  return text;
}

std::string suite_of(const std::string& name, bool streamed, std::size_t secrets) {
  std::string text;
  Writer out(text);
  out.begin_object().field("name", name).field("prompt", "Answer.").key("defaults");
  out.begin_object().field("stream", streamed).end_object().key("cases").begin_array();
  for (const Way& way : ways()) {
    for (std::size_t n = 0; n < secrets; ++n) {
      out.begin_object().field("title", words_for(way, n)).field("input", words_for(way, n)).key("assertions");
      out.raw(R"([{"type":"contains","value":"Paris"}])").end_object();
    }
  }
  out.end_array().end_object();
  return text;
}

}  // namespace assay::testing
