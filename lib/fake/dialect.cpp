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
void Dialect::add_headers(net::ServerResponse&, const ErrorAnswer&) const {}

const Dialect* dialect_of(const net::ServerRequest& request) {
  const std::string_view path = request.path();
  const bool chat = path.ends_with("/chat/completions"), embeddings = path.ends_with("/embeddings");
  if (chat || embeddings) return &openai();
  if (path.ends_with("/v1/messages")) return &anthropic();
  return nullptr;
}

}  // namespace assay::fake
