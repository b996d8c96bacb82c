#include "providers/fragments.hpp"

#include <algorithm>
#include <utility>

#include "json/writer.hpp"
#include "providers/openai_answer.hpp"

namespace assay::providers {
namespace {

constexpr std::size_t max_calls = 1024;
constexpr std::size_t call_bytes = 64;  // of a call beside its texts, as held() counts it

}  // namespace

bool Fragments::add(json::View fragment) {
  const json::View function = fragment["function"];
  return add(fragment["index"].as_int64(), fragment["id"].string_or(""), function["name"].string_or(""),
             arguments_text(function["arguments"]));
}

/// A name comes once; a server that repeats it with every fragment repeats it whole.
bool Fragments::add(std::optional<std::int64_t> index, std::string_view id, std::string_view name,
                    std::string_view arguments) {
  Call* call = find(index, id);
  if (call == nullptr) {
    if (calls_.size() == max_calls) return false;
    call = &calls_.emplace_back();
    call->index = index;
    held_ += call_bytes;
  }
  if (call->id.empty()) {
    call->id = id;
    held_ += id.size();
  }
  if (call->name != name) {
    call->name += name;
    held_ += name.size();
  }
  call->arguments += arguments;
  held_ += arguments.size();
  return true;
}

void Fragments::replace_arguments(std::int64_t index, std::string_view arguments) {
  Call* call = last_with(index);
  if (call == nullptr) return;
  held_ += arguments.size();
  held_ -= call->arguments.size();
  call->arguments = arguments;
}

Fragments::Call* Fragments::last_with(std::int64_t index) {
  const auto found =
      std::find_if(calls_.rbegin(), calls_.rend(), [&](const Call& call) { return call.index == index; });
  return found == calls_.rend() ? nullptr : &*found;
}

/// The call that a fragment belongs to; null when it begins one.
Fragments::Call* Fragments::find(std::optional<std::int64_t> index, std::string_view id) {
  if (calls_.empty()) return nullptr;
  Call* call = index ? last_with(*index) : &calls_.back();
  const bool another = call != nullptr && !id.empty() && !call->id.empty() && call->id != id;
  return another ? nullptr : call;
}

std::string Fragments::take() {
  std::string list;
  if (!calls_.empty()) {
    json::Writer out(list);
    out.begin_array();
    for (const Call& call : calls_) write_tool_call(out, call.id, call.name, call.arguments);
    out.end_array();
  }
  calls_.clear();
  held_ = 0;
  return list;
}

}  // namespace assay::providers
