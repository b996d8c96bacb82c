#include "fake/dialect.hpp"

#include "fake/wording.hpp"

namespace assay::fake {

std::string Dialect::event(std::string_view name, std::string_view data) const {
  return sse(name, data);
}

std::string Dialect::bad_event() const {
  return event("", R"({"choices": [{"index": 0, "delta": {"content": "never)");
}

std::string Dialect::spoiled(std::string bytes) const {
  const std::size_t at = bytes.rfind('}');
  if (at != std::string::npos) bytes[at] = '\xff';
  return bytes;
}

std::string Dialect::replaced(std::string bytes, std::string_view part, std::string_view by) const {
  const std::size_t at = bytes.find(part);
  if (at != std::string::npos) bytes.replace(at, part.size(), by);
  return bytes;
}

void Dialect::add_headers(net::ServerResponse&, const Answer&) const {}
void Dialect::add_error_headers(net::ServerResponse&, const ErrorAnswer&) const {}

std::optional<ErrorAnswer> Dialect::unauthorized(const net::ServerRequest&, const Script&) const {
  return std::nullopt;
}

const Dialect* dialect_of(const net::ServerRequest& request) {
  const std::string_view path = request.path();
  if (path.ends_with("/v1/messages")) return &anthropic();
  if (path.ends_with("/responses")) return &openai_responses();
  if (path.starts_with("/model/")) return &bedrock();
  if (path.ends_with("/api/chat") || path.ends_with("/api/embed")) return &ollama();
  if (path.find("/models/") != std::string_view::npos && path.find(':') != std::string_view::npos) return &gemini();
  if (!path.ends_with("/chat/completions") && !path.ends_with("/embeddings")) return nullptr;
  const bool surface = path.starts_with("/openai/v1/") && request.header("api-key");
  return surface || path.starts_with("/openai/deployments/") ? &azure() : &openai();
}

}  // namespace assay::fake
