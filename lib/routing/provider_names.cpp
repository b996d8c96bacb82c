#include "routing/provider_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::routing {
namespace {

/// What others write, and our name for it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> others{{{"google", "gemini"},
                                                                                {"together_ai", "together"},
                                                                                {"azure_openai", "azure"},
                                                                                {"azure_ai", "azure"},
                                                                                {"ollama_chat", "ollama"},
                                                                                {"hosted_vllm", "vllm"},
                                                                                {"fireworks_ai", "fireworks"},
                                                                                {"bedrock_converse", "bedrock"},
                                                                                {"x-ai", "xai"},
                                                                                {"hf", "huggingface"},
                                                                                {"mistralai", "mistral"},
                                                                                {"llama.cpp", "llamacpp"},
                                                                                {"litellm_proxy", "litellm"}}};

constexpr std::array<std::string_view, 18> ours{
    "anthropic", "azure",    "bedrock", "cerebras", "deepseek", "fireworks",  "gemini",   "groq", "huggingface",
    "litellm",   "llamacpp", "mistral", "ollama",   "openai",   "openrouter", "together", "vllm", "xai"};

}  // namespace

std::string_view canonical_provider(std::string_view name) {
  for (const auto& [other, known] : others) {
    if (other == name) return known;
  }
  return name;
}

std::optional<std::string_view> litellm_provider(std::string_view prefix) {
  const std::string_view name = canonical_provider(prefix);
  if (std::find(ours.begin(), ours.end(), name) != ours.end()) return name;
  return std::nullopt;
}

const std::vector<std::string_view>& proxy_only_providers() {
  static const std::vector<std::string_view> all = {
      "ai21",      "anyscale",   "baseten",   "cloudflare", "cohere",     "cohere_chat", "dashscope", "databricks",
      "deepinfra", "friendliai", "github",    "jina_ai",    "nvidia_nim", "perplexity",  "predibase", "replicate",
      "sagemaker", "sambanova",  "vertex_ai", "volcengine", "voyage",     "watsonx"};
  return all;
}

}  // namespace assay::routing
