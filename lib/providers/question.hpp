#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "job/suite.hpp"
#include "job/usage.hpp"

namespace assay::providers {

/// One turn of a conversation that came before the question.
struct Turn {
  enum class Role { user, assistant, tool };
  Role role = Role::user;
  std::string text{};          ///< of a tool: its result
  std::string tool_calls{};    ///< of an assistant: as in Completion::tool_calls
  std::string tool_call_id{};  ///< of a tool: the call that it answers
  std::string tool_name{};     ///< of a tool
  bool is_error = false;       ///< of a tool: it failed
  std::string verbatim{};      ///< of an assistant: the vendor's own content, JSON, to be sent back unchanged (thoughts
                           ///< with signatures); empty: made from the fields above
};

/// One thing asked of a model, without regard to who answers it.
struct Question {
  std::string system{};       ///< the package's prompt; not sent when empty
  std::vector<Turn> turns{};  ///< what was said before; usually nothing
  std::string input{};        ///< the last user message; not sent when empty and there are turns
  Sampling sampling{};        ///< what is unset is not sent, except Anthropic's max_tokens (default_max_tokens)
  bool stream = false;        ///< ask for the answer piece by piece: read it with Dialect::gathering()
  std::string call_id{};      ///< travels as X-Request-ID
  std::string traceparent{};  ///< W3C trace context; not sent when empty
  std::chrono::milliseconds timeout{};  ///< told to a proxy, so that it gives up when we do; zero: not told
  std::size_t max_response_bytes = std::size_t{16} << 20;
};

/// Anthropic refuses a request without max_tokens.
inline constexpr std::int64_t default_max_tokens = 4096;

/// Texts to be turned into vectors.
struct EmbeddingQuestion {
  std::vector<std::string> inputs{};  ///< 1 … Dialect::most_embeddings()
  std::optional<std::int64_t> dimensions{};
  std::string call_id{};
  std::chrono::milliseconds timeout{};
  std::size_t max_response_bytes = std::size_t{16} << 20;
};

/// One vector for each input, in their order.
struct Embeddings {
  std::vector<std::vector<float>> vectors{};
  Usage usage{};
  std::string served_model{}, request_id{}, reported_cost{};
};

/// A page of what a provider says it serves.
struct ModelPage {
  struct Model {
    std::string name{};
    std::string display_name{};  ///< empty when it has none
    std::optional<std::int64_t> context_tokens{}, max_output_tokens{};
    std::string input_price{}, output_price{};  ///< dollars per token as written; empty when not told
  };
  std::vector<Model> models{};
  std::string next{};  ///< token of the next page; empty: this was the last
};

}  // namespace assay::providers
