#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

inline constexpr std::size_t max_detail_bytes = 4096;

/// Text of a vendor for people: without the key (also when only a long piece of it is echoed), without anything that
/// looks like a key of any vendor ("sk-…", "AIza…", "AKIA…", a session token, "Bearer …", `x-api-key: …`, `?key=…`;
/// also masked ones), valid UTF-8 without NUL, at most `max_bytes`.
std::string redacted(std::string_view text, const Secret& key, std::size_t max_bytes = max_detail_bytes);

/// The same without any secret of the deployment: its key, its session token, and those of its headers that hold one.
std::string redacted(std::string_view text, const Deployment& deployment, std::size_t max_bytes = max_detail_bytes);

/// The same for the short texts that stand beside an answer or in a failure: models, ids, reasons, codes, and the usage
/// as it was sent. A vendor can echo a key in any of them. Text, reasoning and tool calls stay as they came.
Result<Completion, Failure> without_secrets(Result<Completion, Failure> answer, const Deployment& deployment);
Result<Embeddings, Failure> without_secrets(Result<Embeddings, Failure> answer, const Deployment& deployment);
Result<ModelPage, Failure> without_secrets(Result<ModelPage, Failure> answer, const Deployment& deployment);

}  // namespace assay::providers
