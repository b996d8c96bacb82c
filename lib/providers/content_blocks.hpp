#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "job/completion.hpp"

namespace assay::providers {

/// The tool that a model must call when it knows no other way to answer by a schema: its input is the answer's text.
inline constexpr std::string_view answer_tool = "assay_answer";

/// An answer made of blocks, as Anthropic and Bedrock send it, whole or in pieces. Texts are joined by newlines, so are
/// thoughts; tool calls get OpenAI's shape. Memory: what was added, and at most `most_calls` calls.
class ContentBlocks {
 public:
  static constexpr std::size_t most_calls = 1024;

  void begin_text();
  void add_text(std::string_view piece) { text_ += piece; }
  void begin_reasoning();
  void add_reasoning(std::string_view piece) { reasoning_ += piece; }
  /// A call of a tool, which later pieces name by `index`. False: more calls than any answer has.
  bool begin_tool(std::int64_t index, std::string_view id, std::string_view name);
  void add_input(std::int64_t index, std::string_view piece);  ///< a piece of the input's JSON
  /// The input that came with the beginning of the last call; an empty object means that pieces follow.
  void whole_input(std::string_view json);

  std::string_view text() const { return text_; }
  std::size_t held() const { return text_.size() + reasoning_.size() + call_bytes_; }
  /// Whether the answer tool was called and no other: then the model has just answered.
  bool answered_by_tool() const { return by_tool_ && calls_.empty(); }

  void move_into(Completion& completion);

 private:
  struct Call {
    std::int64_t index = 0;
    std::string id, name, input;
  };
  Call* find(std::int64_t index);

  std::string text_, reasoning_;
  std::vector<Call> calls_;
  std::size_t call_bytes_ = 0;
  bool any_text_ = false, any_reasoning_ = false, by_tool_ = false;
  std::int64_t answer_index_ = -1;  // the block whose pieces are the answer's text
};

}  // namespace assay::providers
