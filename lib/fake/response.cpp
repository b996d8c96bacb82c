#include "fake/performance.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view stand_in = "\xEE\x80\x80";  // U+E000, where bad bytes will stand
constexpr std::string_view bad_bytes =
    "\xff\xfe\xc3\x28\xed\xa0\x80";  // never UTF-8: bytes, a cut character, a surrogate

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

std::string error_body(const Behaviour& behaviour, int status, const Dialect& dialect, const std::string& number) {
  ErrorAnswer error;
  error.status = status;
  error.code = behaviour.error_code;
  error.type = behaviour.error_type;
  error.message = behaviour.error_message;
  error.id = number;
  return dialect.error(error);
}

std::string nested(std::size_t depth) {
  return R"({"choices":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

std::string answer_body(const Plan& plan, const Dialect& dialect, const std::string& number) {
  const Fault fault = plan.behaviour->fault;
  Answer answer;
  answer.id = number;
  answer.model = plan.model;
  answer.text = plan.text ? *plan.text : filler(plan.filler_bytes);
  answer.content = content_for(fault);
  answer.finish = plan.behaviour->finish;
  answer.out_of_tokens = plan.out_of_tokens;
  answer.usage = plan.behaviour->usage;
  answer.tokens_in = plan.tokens_in;
  answer.tokens_cached = plan.tokens_cached;
  answer.tokens_out = plan.tokens_out;
  if (fault == Fault::nul_text) insert_in_the_middle(answer.text, std::string_view("\0", 1));
  if (fault == Fault::bad_utf8) insert_in_the_middle(answer.text, stand_in);
  std::string body = dialect.answer(answer);
  if (fault == Fault::bad_utf8) body.replace(body.find(stand_in), stand_in.size(), bad_bytes);
  if (fault == Fault::malformed_json) body.resize(body.size() * 2 / 3);
  return body;
}

}  // namespace

net::ServerResponse head_for(const Plan& plan, const Dialect& dialect, const std::string& number) {
  const Behaviour& behaviour = *plan.behaviour;
  net::ServerResponse response(behaviour.status);
  response.headers.reserve(4 + behaviour.headers.size());
  response.add("Content-Type", behaviour.fault == Fault::html ? "text/html" : "application/json");
  response.add(std::string(dialect.id_header()), "req_" + number);
  if (!behaviour.retry_after.empty()) response.add("Retry-After", behaviour.retry_after);
  for (const auto& [name, value] : behaviour.headers) response.add(name, value);
  return response;
}

net::ServerResponse response_for(const Plan& plan, const Dialect& dialect, const std::string& number) {
  const Behaviour& behaviour = *plan.behaviour;
  net::ServerResponse response = head_for(plan, dialect, number);
  if (behaviour.fault == Fault::html) {
    response.body = page(behaviour.status);
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
