#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// One message for a vendor that knows only users and assistants, taking turns: what the user's side said between two
/// answers is one message, and the results of tools stand first in it. Views into the question.
struct Said {
  const Turn* assistant = nullptr;  ///< null: the user's side
  std::vector<const Turn*> results{};
  std::vector<std::string_view> texts{};
};

/// The question's turns and its input.
std::vector<Said> said(const Question& question);

/// The content list that the assistant's turn brought from its vendor; empty when there is none that can be used.
std::optional<json::Document> verbatim_content(const Turn& turn);

/// Each call of an assistant's turn. `input` is a JSON object: what cannot be read as one stands inside it as
/// "arguments".
using OnCall = std::function<void(std::string_view id, std::string_view name, std::string_view input)>;
void each_call(const Turn& turn, const OnCall& on_call);

/// A tool's result as it is sent: vendors refuse an empty one.
std::string_view result_text(const Turn& turn);

}  // namespace assay::providers
