#include <algorithm>

#include "fake/performance.hpp"
#include "fake/wording.hpp"

namespace assay::fake {
namespace {

std::string page(int status) {
  const std::string title = std::to_string(status) + " " + std::string(net::reason_of(status));
  return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
         "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
}

void insert_in_the_middle(std::string& text, std::string_view part) {
  std::size_t at = text.size() / 2;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  text.insert(at, part);
}

Answer::Content content_for(Fault fault) {
  switch (fault) {
    case Fault::no_choices:
      return Answer::Content::none;
    case Fault::empty_content:
      return Answer::Content::empty;
    case Fault::null_content:
      return Answer::Content::null;
    default:
      return Answer::Content::text;
  }
}

std::string nested(std::size_t depth) {
  return R"({"choices":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

std::string error_body(const Behaviour& behaviour, int status, const Dialect& dialect, const std::string& number) {
  return dialect.error(error_for(behaviour, status, number));
}

std::string answer_body(const Plan& plan, const Dialect& dialect, const std::string& number) {
  const Fault fault = plan.behaviour->fault;
  Answer answer = answer_for(plan, number);
  if (fault == Fault::whole_for_stream) answer.wish.stream = false;
  std::string body = dialect.answer(answer);
  if (fault == Fault::bad_utf8) body.replace(body.find(bad_text_stand_in), bad_text_stand_in.size(), bad_text);
  if (fault == Fault::malformed_json) body.resize(body.size() * 2 / 3);
  if (fault == Fault::garbage_after) body += "\x01garbage after the end";
  return body;
}

/// What a gateway says the call has cost.
std::string told_cost(const Plan& plan) {
  return plan.behaviour->cost.empty() ? dollars(plan.nanos) : plan.behaviour->cost;
}

void add_vendor_headers(net::ServerResponse& response, const Plan& plan, const Dialect& dialect,
                        const std::string& number) {
  if (plan.behaviour->status >= 300) {
    dialect.add_error_headers(response, error_for(*plan.behaviour, plan.behaviour->status, number));
    return;
  }
  Answer answer;
  answer.id = number;
  answer.model = plan.model;
  answer.manner = plan.behaviour->manner;
  answer.wish.stream = is_streamed(plan);
  answer.cost = told_cost(plan);
  dialect.add_headers(response, answer);
}

bool is_page(Fault fault) {
  return fault == Fault::html || fault == Fault::html_200;
}

std::string_view type_for(Fault fault, std::string_view sound) {
  if (is_page(fault)) return "text/html";
  return fault == Fault::wrong_type ? "text/plain" : sound;
}

}  // namespace

Answer answer_for(const Plan& plan, const std::string& number) {
  const Behaviour& behaviour = *plan.behaviour;
  Answer answer;
  answer.id = number;
  answer.model = plan.model;
  answer.content = content_for(behaviour.fault);
  answer.finish = behaviour.finish;
  answer.out_of_tokens = plan.out_of_tokens;
  answer.usage = behaviour.usage;
  answer.tokens_in = plan.tokens_in;
  answer.tokens_cached = plan.tokens_cached;
  answer.tokens_written = plan.tokens_written;
  answer.tokens_out = plan.tokens_out;
  answer.tokens_reasoning = std::min(behaviour.tokens_reasoning, plan.tokens_out);
  answer.reasoning = behaviour.reasoning;
  answer.refusal = behaviour.refusal;
  answer.tool_calls = behaviour.tool_calls;
  answer.manner = behaviour.manner;
  answer.wish = plan.wish;
  if (behaviour.manner != Manner::plain) answer.cost = told_cost(plan);
  if (behaviour.fault == Fault::tool_arguments_cut) {
    for (ToolCall& call : answer.tool_calls) call.arguments.resize(call.arguments.size() / 2);
    answer.out_of_tokens = true;
  }
  const bool other =
      !answer.refusal.empty() || (!answer.tool_calls.empty() && behaviour.text.kind == Text::Kind::filler);
  if (answer.content == Answer::Content::text && !other)
    answer.text = plan.text ? *plan.text : filler(plan.filler_bytes);
  if (behaviour.fault == Fault::nul_text) insert_in_the_middle(answer.text, std::string_view("\0", 1));
  if (behaviour.fault == Fault::bad_utf8) insert_in_the_middle(answer.text, bad_text_stand_in);
  return answer;
}

ErrorAnswer error_for(const Behaviour& behaviour, int status, const std::string& number) {
  ErrorAnswer error;
  error.status = status;
  error.code = behaviour.error_code;
  error.type = behaviour.error_type;
  error.message = behaviour.error_message;
  error.id = number;
  error.manner = behaviour.manner;
  return error;
}

bool is_streamed(const Plan& plan) {
  const Fault fault = plan.behaviour->fault;
  if (plan.behaviour->status >= 300 || plan.wish.embeddings) return false;
  if (is_page(fault) || fault == Fault::error_in_200 || fault == Fault::whole_for_stream) return false;
  return plan.wish.stream || fault == Fault::stream_for_whole;
}

net::ServerResponse head_for(const Plan& plan, const Dialect& dialect, const std::string& number,
                             std::string_view type) {
  const Behaviour& behaviour = *plan.behaviour;
  net::ServerResponse response(behaviour.status);
  response.headers.reserve(4 + behaviour.headers.size());
  response.add("Content-Type", std::string(type_for(behaviour.fault, type)));
  if (!dialect.id_header().empty()) response.add(std::string(dialect.id_header()), "req_" + number);
  if (!behaviour.retry_after.empty()) response.add("Retry-After", behaviour.retry_after);
  if (behaviour.status >= 300 || behaviour.manner != Manner::plain) add_vendor_headers(response, plan, dialect, number);
  for (const auto& [name, value] : behaviour.headers) response.add(name, value);
  return response;
}

net::ServerResponse response_for(const Plan& plan, const Dialect& dialect, const std::string& number) {
  const Behaviour& behaviour = *plan.behaviour;
  net::ServerResponse response = head_for(plan, dialect, number);
  if (is_page(behaviour.fault)) {
    response.body = page(behaviour.status);
  } else if (behaviour.fault == Fault::empty_body) {
    // nothing
  } else if (behaviour.fault == Fault::nested) {
    response.body = nested(behaviour.depth);
  } else if (behaviour.status >= 300) {
    response.body = error_body(behaviour, behaviour.status, dialect, number);
  } else if (behaviour.fault == Fault::error_in_200) {
    response.body = error_body(behaviour, 500, dialect, number);
  } else {
    response.body = answer_body(plan, dialect, number);
  }
  return response;
}

}  // namespace assay::fake
