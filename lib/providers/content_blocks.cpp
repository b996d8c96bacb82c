#include "providers/content_blocks.hpp"

#include <utility>

#include "json/writer.hpp"

namespace assay::providers {

void ContentBlocks::begin_text() {
  if (std::exchange(any_text_, true)) text_ += '\n';
}

void ContentBlocks::begin_reasoning() {
  if (std::exchange(any_reasoning_, true)) reasoning_ += '\n';
}

bool ContentBlocks::begin_tool(std::int64_t index, std::string_view id, std::string_view name) {
  answer_index_ = -1;
  if (name == answer_tool) {
    begin_text();
    by_tool_ = true;
    answer_index_ = index;
    return true;
  }
  if (calls_.size() == most_calls) return false;
  calls_.push_back({index, std::string(id), std::string(name), {}});
  call_bytes_ += id.size() + name.size();
  return true;
}

ContentBlocks::Call* ContentBlocks::find(std::int64_t index) {
  for (auto call = calls_.rbegin(); call != calls_.rend(); ++call) {
    if (call->index == index) return &*call;
  }
  return nullptr;
}

void ContentBlocks::add_input(std::int64_t index, std::string_view piece) {
  if (index == answer_index_) {
    text_ += piece;
  } else if (Call* call = find(index)) {
    call->input += piece;
    call_bytes_ += piece.size();
  }
}

void ContentBlocks::whole_input(std::string_view json) {
  if (json.empty() || json == "{}") return;
  std::int64_t& index = answer_index_ >= 0 || calls_.empty() ? answer_index_ : calls_.back().index;
  add_input(index, json);
  index = -1;
}

void ContentBlocks::move_into(Completion& completion) {
  completion.text = by_tool_ && text_.empty() ? "{}" : std::move(text_);
  completion.reasoning = std::move(reasoning_);
  if (!calls_.empty()) {
    json::Writer out(completion.tool_calls);
    out.begin_array();
    for (const Call& call : calls_) {
      out.begin_object().field("id", call.id).field("type", "function").key("function").begin_object();
      out.field("name", call.name).field("arguments", call.input.empty() ? "{}" : call.input).end_object().end_object();
    }
    out.end_array();
  }
  *this = {};
}

}  // namespace assay::providers
