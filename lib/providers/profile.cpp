#include "providers/profile.hpp"

namespace assay::providers {
namespace {

/// Tests want the host and the model they name, or an error: no silent drop of parameters, no other host.
Profile openrouter() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.stream_usage = false;  // it comes unasked
  profile.top_k = true;
  profile.reasoning_field = "reasoning";
  profile.probe_path = "/v1/key";
  profile.extra_body = R"({"provider":{"require_parameters":true,"allow_fallbacks":false}})";
  return profile;
}

Profile groq() {
  Profile profile;
  profile.max_tokens_field = "max_completion_tokens";
  profile.drop_parameters = {"log_probs"};
  return profile;
}

/// Its logprobs is a number, not a switch.
Profile together() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.stream_usage = false;  // it comes unasked
  profile.top_k = true;
  profile.drop_parameters = {"log_probs"};
  return profile;
}

/// Unknown members of a body are errors to it.
Profile mistral() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.seed_field = "random_seed";
  profile.stream_usage = false;  // it comes unasked
  profile.required_tool = "any";
  profile.dimensions_field = "output_dimension";
  profile.drop_parameters = {"log_probs"};
  return profile;
}

Profile deepseek() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.seed_field.clear();
  profile.json_schema = false;
  profile.reasoning_field = "thinking";
  profile.probe_path = "/user/balance";
  return profile;
}

/// Many servers behind one name; not all of them end with "[DONE]".
Profile huggingface() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.needs_done = false;
  profile.top_k = true;
  return profile;
}

Profile fireworks() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.top_k = true;
  return profile;
}

Profile cerebras() {
  Profile profile;
  profile.max_tokens_field = "max_completion_tokens";
  profile.drop_parameters = {"frequency_penalty", "presence_penalty"};
  return profile;
}

Profile vllm() {
  Profile profile;
  profile.max_tokens_field = "max_tokens";
  profile.top_k = true;
  return profile;
}

Profile llamacpp() {
  Profile profile = vllm();
  profile.needs_done = false;
  return profile;
}

/// Its own retries and fallbacks would multiply with ours. Readiness is free; its /health asks every model.
Profile litellm() {
  Profile profile;
  profile.top_k = true;  // for the vendors behind it
  profile.probe_path = "/health/readiness";
  profile.extra_body = R"({"num_retries":0,"disable_fallbacks":true})";
  return profile;
}

}  // namespace

const std::vector<KnownVendor>& known_vendors() {
  static const std::vector<KnownVendor> vendors{
      {"openrouter", "https://openrouter.ai/api/v1", openrouter()},
      {"groq", "https://api.groq.com/openai/v1", groq()},
      {"together", "https://api.together.xyz/v1", together()},
      {"mistral", "https://api.mistral.ai/v1", mistral()},
      {"deepseek", "https://api.deepseek.com", deepseek()},
      {"huggingface", "https://router.huggingface.co/v1", huggingface()},
      {"xai", "https://api.x.ai/v1", Profile()},
      {"fireworks", "https://api.fireworks.ai/inference/v1", fireworks()},
      {"cerebras", "https://api.cerebras.ai/v1", cerebras()},
      {"vllm", "", vllm()},
      {"llamacpp", "", llamacpp()},
      {"litellm", "", litellm()},
  };
  return vendors;
}

Profile vendor_profile(std::string_view vendor) {
  for (const KnownVendor& known : known_vendors()) {
    if (known.name == vendor) return known.profile;
  }
  return Profile();
}

}  // namespace assay::providers
