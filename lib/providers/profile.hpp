#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::providers {

/// How a server that speaks OpenAI's chat format departs from it. All of it is configuration: a new vendor of the
/// format needs no code.
struct Profile {
  std::string max_tokens_field{};   ///< "max_tokens", "max_completion_tokens"; empty: by the model's family
  std::string seed_field = "seed";  ///< Mistral: "random_seed"; empty: it takes none
  bool stream_usage = true;         ///< understands stream_options.include_usage
  bool needs_done = true;           ///< a stream ends with "[DONE]"; false: a finish reason will do
  bool json_schema = true;          ///< response_format json_schema; false: falls back to json_object, and says so
  bool tools = true;
  bool top_k = false;  ///< knows top_k, which OpenAI does not
  /// Where it wants the reasoning effort: "reasoning_effort"; "reasoning", an object that also takes a number of tokens
  /// (OpenRouter); "thinking", which is only switched on and off (DeepSeek); empty: it cannot be asked.
  std::string reasoning_field = "reasoning_effort";
  std::string required_tool = "required";  ///< its word for "call some tool": Mistral "any"
  std::string auth_header = "Authorization", auth_prefix = "Bearer ";
  /// After the base URL; those that stand here get a "/v1" before them where the base URL has no path.
  std::string chat_path = "/chat/completions", embeddings_path = "/embeddings", models_path = "/models";
  std::string dimensions_field = "dimensions";  ///< of embeddings; Mistral: "output_dimension"
  std::string probe_path{};                     ///< after the base URL without its "/v1"; empty: models_path
  std::string extra_body{};  ///< JSON object: members added to every chat body, after ours and instead of ours
  std::vector<std::string> drop_parameters{};  ///< by our names
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// What is known of a vendor of the format: openrouter, groq, together, mistral, deepseek, huggingface, xai, fireworks,
/// cerebras, vllm, llamacpp, litellm; any other name gives the format as OpenAI speaks it.
struct KnownVendor {
  std::string_view name;
  std::string_view base_url;  ///< empty: must be configured
  Profile profile;
};
const std::vector<KnownVendor>& known_vendors();
Profile vendor_profile(std::string_view vendor);

}  // namespace assay::providers
