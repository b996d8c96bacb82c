#include "fake/openai_wording.hpp"

namespace assay::fake {
namespace {

std::string_view usual_code(int status) {
  switch (status) {
    case 401:
      return "invalid_api_key";
    case 404:
      return "model_not_found";
    case 429:
      return "rate_limit_exceeded";
    default:
      return "";
  }
}

/// {"error": {"code": 429, "message": …, "metadata": …}}
std::string openrouter_error(const ErrorAnswer& error) {
  std::string text;
  json::Writer out(text);
  out.begin_object().key("error").begin_object();
  out.field("code", error.status).field("message", chat_error_message(error));
  out.key("metadata").begin_object().field("provider_name", "Stand-in");
  if (!error.code.empty()) out.field("raw", error.code);
  out.end_object().end_object().field("user_id", "user_1").end_object();
  return text;
}

/// {"object": "error", "message": …, "type": …, "code": …}
std::string mistral_error(const ErrorAnswer& error) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("object", "error").field("message", chat_error_message(error));
  out.field("type", chat_error_type(error)).key("param").null();
  out.field("code", error.code.empty() ? std::string_view("1300") : std::string_view(error.code)).end_object();
  return text;
}

}  // namespace

std::string_view chat_error_type(const ErrorAnswer& error) {
  if (!error.type.empty()) return error.type;
  switch (error.status) {
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 429:
      return "requests";
    default:
      return error.status < 500 ? "invalid_request_error" : "server_error";
  }
}

std::string_view chat_error_message(const ErrorAnswer& error) {
  if (!error.message.empty()) return error.message;
  switch (error.status) {
    case 401:
      return "Incorrect API key provided.";
    case 404:
      return "The model does not exist or you do not have access to it.";
    case 429:
      return "Rate limit reached for requests.";
    default:
      return error.status < 500 ? "The request was refused." : "The server had an error while processing your request.";
  }
}

std::string chat_error(const ErrorAnswer& error) {
  if (error.manner == Manner::openrouter) return openrouter_error(error);
  if (error.manner == Manner::mistral) return mistral_error(error);
  std::string text;
  json::Writer out(text);
  out.begin_object().key("error").begin_object();
  out.field("message", chat_error_message(error)).field("type", chat_error_type(error));
  out.key("param").null();
  const std::string status = std::to_string(error.status);
  const std::string_view usual = error.manner == Manner::litellm ? std::string_view(status) : usual_code(error.status);
  const std::string_view code = either(error.code, usual);
  if (code.empty()) {
    out.key("code").null();
  } else {
    out.field("code", code);
  }
  out.end_object().end_object();
  return text;
}

std::string_view chat_finish(const Answer& answer) {
  if (!answer.finish.empty()) return answer.finish;
  if (answer.out_of_tokens) return "length";
  if (!answer.tool_calls.empty()) return "tool_calls";
  return answer.manner == Manner::together ? "eos" : "stop";
}

void write_manner(json::Writer& out, const Answer& answer) {
  if (answer.manner == Manner::openrouter) out.field("provider", "Stand-in");
}

void write_usage_members(json::Writer& out, const Answer& answer) {
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  out.begin_object();
  out.field("prompt_tokens", answer.tokens_in * some);
  out.field("completion_tokens", answer.tokens_out * some);
  out.field("total_tokens", (answer.tokens_in + answer.tokens_out) * some);
  out.key("prompt_tokens_details").begin_object().field("cached_tokens", answer.tokens_cached * some);
  if (answer.tokens_written != 0) out.field("cache_write_tokens", answer.tokens_written * some);
  out.end_object();
  out.key("completion_tokens_details").begin_object();
  out.field("reasoning_tokens", answer.tokens_reasoning * some).end_object();
  if (answer.manner == Manner::deepseek) {
    out.field("prompt_cache_hit_tokens", answer.tokens_cached * some);
    out.field("prompt_cache_miss_tokens", (answer.tokens_in - answer.tokens_cached) * some);
  }
  if (answer.manner == Manner::groq) out.field("queue_time", 0.01).field("total_time", 0.5);
  if (answer.manner == Manner::openrouter) {
    out.key("cost").raw(answer.cost).field("is_byok", false);
    out.key("cost_details").begin_object().key("upstream_inference_cost").null().end_object();
  } else if (answer.manner == Manner::litellm && answer.wish.stream) {
    out.key("cost").raw(answer.cost);
  }
  out.end_object();
}

std::string embeddings_body(const Answer& answer) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("object", "list").key("data").begin_array();
  // The last one first: the index tells which is which.
  for (std::size_t i = answer.wish.inputs.size(); i-- > 0;) {
    out.begin_object().field("object", "embedding").field("index", i).key("embedding");
    if (answer.wish.base64) {
      out.string(vector_base64(answer.wish.inputs[i], answer.wish.dimensions));
    } else {
      write_vector(out, answer.wish.inputs[i], answer.wish.dimensions);
    }
    out.end_object();
  }
  out.end_array().field("model", answer.model);
  if (answer.usage == UsageManner::null) out.key("usage").null();
  if (answer.usage == UsageManner::normal || answer.usage == UsageManner::zero) {
    const std::int64_t tokens = answer.usage == UsageManner::zero ? 0 : answer.tokens_in;
    out.key("usage").begin_object().field("prompt_tokens", tokens).field("total_tokens", tokens).end_object();
  }
  out.end_object();
  return text;
}

}  // namespace assay::fake
