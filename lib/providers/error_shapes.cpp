#include <algorithm>
#include <charconv>
#include <cmath>

#include "json/utf8.hpp"
#include "providers/retry_after.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

constexpr std::size_t max_message_bytes = 8u << 10;
constexpr std::size_t most_details = 16;
constexpr std::size_t max_code_bytes = 256;

std::string_view text_of(json::View value) {
  return value.is_number() ? value.number_text() : value.string_or("");
}

std::string code_of(json::View value) {
  return std::string(text_of(value).substr(0, max_code_bytes));
}

/// What an AWS service calls an error: "ThrottlingException:http://…", "com.amazon.coral#ValidationException".
std::string aws_name(std::string_view name) {
  name = name.substr(0, name.find(':'));
  return std::string(name.substr(name.rfind('#') + 1).substr(0, max_code_bytes));  // npos + 1 is 0
}

int as_status(std::string_view text) {
  int status = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), status);
  const bool whole = fault == std::errc() && end == text.data() + text.size() && text.size() == 3;
  return whole && status >= 400 && status <= 599 ? status : 0;
}

/// The text of a message, wherever this shape keeps it; what is no text goes as its JSON.
std::string message_of(json::View body) {
  for (const char* name : {"message", "Message", "html-message", "detail", "errors", "title"}) {
    const json::View value = body[name];
    const std::string_view text = value.is_string() ? value.string_or("") : value.raw();
    if (!text.empty() && text != "null") return std::string(json::truncate_utf8(text, max_message_bytes));
  }
  return {};
}

/// "22s", "10.689924287s": google.protobuf.Duration as JSON.
std::optional<std::chrono::milliseconds> delay(std::string_view text) {
  if (!text.ends_with('s')) return std::nullopt;
  text.remove_suffix(1);
  return seconds_to_wait(text);
}

/// Google's details, each of its own type. Anthropic's are an object with one finer code.
void read_details(json::View details, VendorError& error) {
  if (const auto code = details["error_code"].as_string()) error.finer.emplace_back(code->substr(0, max_code_bytes));
  std::size_t left = most_details;
  for (const json::View detail : details.elements()) {
    if (left-- == 0) return;
    const std::string_view type = detail["@type"].string_or("");
    if (type.ends_with("google.rpc.ErrorInfo")) error.finer.push_back(code_of(detail["reason"]));
    if (type.ends_with("google.rpc.RetryInfo")) error.retry_after = delay(detail["retryDelay"].string_or(""));
    if (!type.ends_with("google.rpc.QuotaFailure")) continue;
    for (const json::View violation : detail["violations"].elements()) {
      if (error.limits.size() < max_message_bytes) error.limits += code_of(violation["quotaId"]) + " ";
    }
  }
}

/// OpenRouter repeats the headers of the limit that was hit.
void read_headers(json::View headers, VendorError& error) {
  for (const auto& [name, value] : headers.members()) {
    if (error.headers.size() >= most_details) return;
    error.headers.emplace_back(name.substr(0, max_code_bytes), code_of(value));
  }
}

void read_object(json::View body, VendorError& error) {
  error.message = message_of(body);
  error.code = code_of(body["code"]);
  error.type = code_of(body["type"].is_string() ? body["type"] : body["status"]);
  if (const auto name = body["__type"].as_string()) error.code = aws_name(*name);
  if (error.type.empty()) error.type = code_of(body["error_type"]);
  read_details(body["details"], error);
  if (const auto inner = body["innererror"]["code"].as_string())
    error.finer.emplace_back(inner->substr(0, max_code_bytes));
  read_headers(body["metadata"]["headers"], error);
  for (const json::View status : {body["code"], body["status"], body["status_code"], body["http_status_code"]}) {
    if (error.status == 0) error.status = as_status(text_of(status));
  }
}

bool is_bare(json::View root) {
  if (root["object"].string_or("") == "error" || root["type"].string_or("") == "error") return true;
  if (root["choices"] || root["content"] || root["candidates"]) return false;
  return root["message"].is_string() || root["Message"].is_string() || root["__type"].is_string() || root["detail"] ||
         root["errors"];
}

/// The error as it stands, without what another one says inside its message.
VendorError read_shape(json::View root) {
  if (root.is_array() && root.size() == 1) root = root.at(0);
  VendorError error;
  if (!root.is_object()) return error;
  const json::View body = root["error"];
  const bool told = body.is_object() || body.size() > 0 || !body.string_or("").empty();
  if (!told && !is_bare(root)) return error;
  error.found = true;
  if (body.is_object())
    read_object(body, error);
  else
    read_object(root, error);
  if (told && !body.is_object())
    error.message = json::truncate_utf8(body.is_string() ? body.string_or("") : body.raw(), max_message_bytes);
  if (error.message.empty() && told) error.message = message_of(root);
  if (const auto seconds = root["estimated_time"].as_double()) error.retry_after = seconds_to_wait(*seconds);
  error.passed_on = root["provider"].is_string();  // a gateway that names whom it asked
  return error;
}

/// Python's way of writing bytes: b'{\n  "error": …}'.
std::string from_python(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next != 'n' && next != 't' && next != 'r' && next != '\'' && next != '\\') {
      plain += text[i];
      continue;
    }
    plain += next == '\'' || next == '\\' ? next : ' ';
    ++i;
  }
  return plain;
}

/// The vendor's own error in a gateway's message.
VendorError read_nested(std::string_view message) {
  const std::size_t begin = message.find('{'), end = message.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  const std::string_view inner = message.substr(begin, end - begin + 1);
  const bool python = begin >= 2 && message.substr(begin - 2, 2) == "b'";
  const auto document = json::parse(python ? from_python(inner) : std::string(inner), json::Limits::foreign());
  return document ? read_shape(document->root()) : VendorError();
}

/// What the inner error says is finer than what the gateway made of it.
void take_in(VendorError inner, VendorError& error) {
  error.passed_on = true;
  for (std::string& code : inner.finer) error.finer.push_back(std::move(code));
  for (std::string* code : {&inner.code, &inner.type}) {
    if (!code->empty()) error.finer.push_back(std::move(*code));
  }
  error.limits += inner.limits;
  error.inner_status = inner.status;
  if (inner.retry_after) error.retry_after = inner.retry_after;
  for (auto& header : inner.headers) error.headers.push_back(std::move(header));
}

/// OpenRouter keeps what the host it asked had said beside its own message, which says nothing.
VendorError read_upstream(json::View raw, VendorError& error) {
  const std::string_view text = raw.string_or("");
  if (text.empty()) return {};
  VendorError inner = read_nested(text);
  const std::string_view words = inner.found ? std::string_view(inner.message) : text;
  error.message += ": " + std::string(json::truncate_utf8(words, max_message_bytes / 4));
  return inner;
}

}  // namespace

VendorError read_vendor_error(json::View root) {
  VendorError error = read_shape(root);
  if (!error.found) return error;
  VendorError inner = read_nested(error.message);
  if (!inner.found) inner = read_upstream((root.is_array() ? root.at(0) : root)["error"]["metadata"]["raw"], error);
  if (inner.found) take_in(std::move(inner), error);
  return error;
}

}  // namespace assay::providers
