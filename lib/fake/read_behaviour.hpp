#pragma once
#include "fake/script.hpp"
#include "fake/script_values.hpp"

namespace assay::fake {

/// The words that describe one call's answer, taken into `out`.
Words words_of(Behaviour& out);

/// "words" or {"fixed": "words"} or {"template": "words with {{input}}"}.
Text read_reply_text(const json::View& view);

}  // namespace assay::fake
