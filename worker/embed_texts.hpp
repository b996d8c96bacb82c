#pragma once
#include "base/result.hpp"
#include "cli/embed_order.hpp"
#include "client/answer.hpp"
#include "config/load.hpp"
#include "job/failure.hpp"

namespace assay {

/// Turns texts into vectors on a loop of its own; blocks. For commands, not for workers.
Result<client::Vectors, Failure> embed_texts(const config::Loaded& loaded, const cli::EmbedOrder& order);

}  // namespace assay
