#include "providers/whole_calls.hpp"

#include <utility>

#include "json/writer.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view made_prefix = "assay_call_";

}  // namespace

void WholeCalls::add(std::string_view id, std::string_view name, json::View arguments) {
  const std::string made = std::string(made_prefix) + std::to_string(count_);
  const bool encoded = arguments.is_string();  // some servers send the text that OpenAI would
  const std::string text = encoded ? std::string(arguments.string_or("")) : arguments.dump();
  list_ += count_++ == 0 ? '[' : ',';
  json::Writer out(list_);
  out.begin_object().field("id", id.empty() ? std::string_view(made) : id).field("type", "function");
  out.key("function").begin_object().field("name", name);
  out.field("arguments", text.empty() || text == "null" ? "{}" : text).end_object().end_object();
}

std::string WholeCalls::take() {
  if (count_ > 0) list_ += ']';
  count_ = 0;
  return std::exchange(list_, {});
}

bool made_id(std::string_view id) {
  return id.starts_with(made_prefix);
}

}  // namespace assay::providers
