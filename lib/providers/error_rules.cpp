// One table for each vendor: what it says when it fails, and what that means to us. A code stands once, with the vendor
// that made it up. Sources: the vendors' own references and client libraries, 2026.
#include "providers/error_kind.hpp"

namespace assay::providers {
namespace {

using Kind = Failure::Kind;

/// Statuses under which an error is about what was asked. 500 too: several servers answer a client's mistakes with it.
constexpr std::array<int, 5> about_input{400, 413, 422, 500};

// OpenAI, and whoever borrowed its words ----------------------------------------------------------------------------
/// A limit that one request alone passes is coded as if waiting helped.
constexpr std::array openai_insistent{
    WordRule{"request too large", Kind::quota, {413, 429}},
    WordRule{"invalid 'user'", Kind::bad_request, {400}},
};
constexpr std::array openai_codes{
    CodeRule{"context_length_exceeded", Kind::context_too_long},
    CodeRule{"string_above_max_length", Kind::bad_request},
    CodeRule{"content_policy_violation", Kind::content_filter},
    CodeRule{"invalid_prompt", Kind::content_filter},
    CodeRule{"bio_policy", Kind::content_filter},
    CodeRule{"insufficient_quota", Kind::quota},
    CodeRule{"billing_hard_limit_reached", Kind::quota},
    CodeRule{"billing_not_active", Kind::quota},
    CodeRule{"invalid_api_key", Kind::auth},
    CodeRule{"invalid_organization", Kind::auth},
    CodeRule{"account_deactivated", Kind::auth},
    CodeRule{"unsupported_country_region_territory", Kind::permission},
    CodeRule{"model_not_found", Kind::permission, 403},  // the project may not use it
    CodeRule{"model_not_found", Kind::model_not_found},
    CodeRule{"resource_unavailable", Kind::overloaded},
    CodeRule{"server_is_overloaded", Kind::overloaded},
    CodeRule{"slow_down", Kind::overloaded},
};
constexpr std::array openai_words{
    WordRule{"maximum context length is", Kind::context_too_long, about_input},
    WordRule{"reduce the length of the messages", Kind::context_too_long, about_input},
    WordRule{"input tokens exceed the configured limit", Kind::context_too_long, about_input},
    WordRule{"violating our usage policy", Kind::content_filter, about_input},
    WordRule{"content_policy_violation", Kind::content_filter, about_input},
    WordRule{"model_not_found", Kind::model_not_found, {400}},
    WordRule{"model not found", Kind::model_not_found, {400}},
    WordRule{"no such model", Kind::model_not_found, {400}},
    WordRule{"invalid api key", Kind::auth, {400}},
    WordRule{"incorrect api key", Kind::auth, {400}},
};

// Azure OpenAI ------------------------------------------------------------------------------------------------------
constexpr std::array azure_codes{
    CodeRule{"content_filter", Kind::content_filter},
    CodeRule{"responsibleaipolicyviolation", Kind::content_filter},
    CodeRule{"deploymentnotfound", Kind::model_not_found},
    CodeRule{"insufficientquota", Kind::quota},
    CodeRule{"permissiondenied", Kind::permission},
    CodeRule{"nocapacity", Kind::overloaded},
};
constexpr std::array azure_words{
    WordRule{"filtered due to the prompt triggering", Kind::content_filter, about_input},
    WordRule{"responsibleaipolicyviolation", Kind::content_filter, about_input},
};

// Anthropic ---------------------------------------------------------------------------------------------------------
constexpr std::array anthropic_codes{
    CodeRule{"enforced_spend_limit_reached", Kind::quota},
    CodeRule{"contract_spend_limit_reached", Kind::quota},
    CodeRule{"billing_error", Kind::quota},
    CodeRule{"request_too_large", Kind::context_too_long},
    CodeRule{"overloaded_error", Kind::overloaded},
    CodeRule{"timeout_error", Kind::timed_out},
};
constexpr std::array anthropic_words{
    WordRule{"prompt is too long", Kind::context_too_long, about_input},
    WordRule{"exceed context limit", Kind::context_too_long, about_input},
    WordRule{"content filtering policy", Kind::content_filter, about_input},
    WordRule{"credit balance is too low", Kind::quota, {400, 403, 429}},
    WordRule{"spend limit", Kind::quota, {400, 403, 429}},
    WordRule{"specified api usage limits", Kind::quota, {400, 403, 429}},
};

// Google Gemini -----------------------------------------------------------------------------------------------------
/// What a day allows is spent even where RetryInfo says "22s"; a limit of 0 is a model that this plan does not have.
constexpr std::array gemini_insistent{
    WordRule{"limit: 0", Kind::permission, {429}},
    WordRule{"perday", Kind::quota, {429}},
    WordRule{"spending cap", Kind::quota, {403, 429}},
    WordRule{"spend cap", Kind::quota, {403, 429}},
};
constexpr std::array gemini_codes{
    CodeRule{"api_key_invalid", Kind::auth},           CodeRule{"api_key_expired", Kind::auth},
    CodeRule{"access_token_expired", Kind::auth},      CodeRule{"api_key_service_blocked", Kind::permission},
    CodeRule{"service_disabled", Kind::permission},    CodeRule{"billing_disabled", Kind::quota},
    CodeRule{"failed_precondition", Kind::permission},
};
constexpr std::array gemini_words{
    WordRule{"exceeds the maximum number of tokens allowed", Kind::context_too_long, about_input},
    WordRule{"response was blocked", Kind::content_filter, about_input},
    WordRule{"api key not valid", Kind::auth, {400}},
    WordRule{"api key expired", Kind::auth, {400}},
};

// AWS Bedrock -------------------------------------------------------------------------------------------------------
constexpr std::array bedrock_insistent{
    WordRule{"too many tokens per day", Kind::quota, {429}},
    WordRule{"authentication failed", Kind::auth, {403}},
    WordRule{"on-demand throughput isn", Kind::model_not_found, {400}},  // isn't, in two spellings
    WordRule{"model identifier is invalid", Kind::model_not_found, {400}},
};
constexpr std::array bedrock_codes{
    CodeRule{"throttlingexception", Kind::rate_limited},
    CodeRule{"servicequotaexceededexception", Kind::quota},
    CodeRule{"modelnotreadyexception", Kind::overloaded},
    CodeRule{"serviceunavailableexception", Kind::overloaded},
    CodeRule{"modeltimeoutexception", Kind::timed_out},
    CodeRule{"modelerrorexception", Kind::unavailable, 0, true},
    CodeRule{"modelstreamerrorexception", Kind::unavailable, 0, true},
    CodeRule{"internalserverexception", Kind::unavailable},
    CodeRule{"accessdeniedexception", Kind::permission},
    CodeRule{"unrecognizedclientexception", Kind::auth},
    CodeRule{"invalidsignatureexception", Kind::auth},
    CodeRule{"signaturedoesnotmatch", Kind::auth},
    CodeRule{"expiredtokenexception", Kind::auth},
    CodeRule{"invalidclienttokenid", Kind::auth},
    CodeRule{"missingauthenticationtokenexception", Kind::auth},
    CodeRule{"requestexpired", Kind::auth},
    CodeRule{"requesttimetooskewed", Kind::auth},
    CodeRule{"requestinthefuture", Kind::auth},
    CodeRule{"incompletesignatureexception", Kind::auth},
    CodeRule{"toomanyrequestsexception", Kind::rate_limited},
    CodeRule{"resourcenotfoundexception", Kind::model_not_found},
};
constexpr std::array bedrock_words{
    WordRule{"input is too long", Kind::context_too_long, about_input},
    WordRule{"too many input tokens", Kind::context_too_long, about_input},
    WordRule{"guardrail_intervened", Kind::content_filter, about_input},
};

// Ollama: a text and nothing else -----------------------------------------------------------------------------------
constexpr std::array ollama_words{
    WordRule{"exceeds the context length", Kind::context_too_long, about_input},
    WordRule{"exceeds maximum context length", Kind::context_too_long, about_input},
    WordRule{"exceeded max context length", Kind::context_too_long, about_input},
    WordRule{"try pulling it first", Kind::model_not_found},
    WordRule{"server busy", Kind::overloaded},
    WordRule{"maximum pending requests exceeded", Kind::overloaded},
    WordRule{"does not support", Kind::bad_request, {400, 500}},
};

// OpenRouter --------------------------------------------------------------------------------------------------------
constexpr std::array openrouter_insistent{
    WordRule{"free-models-per-day", Kind::quota, {429}},
    WordRule{"key limit exceeded", Kind::quota, {403, 429}},
    WordRule{"routing requirements", Kind::model_not_found, {404, 503}},
};
constexpr std::array openrouter_words{
    WordRule{"moderation", Kind::content_filter, {403}},
    WordRule{"was flagged", Kind::content_filter, {403}},
    WordRule{"guardrail", Kind::content_filter, {403}},
    WordRule{"content policy", Kind::content_filter, {403}},
    WordRule{"is not a valid model id", Kind::model_not_found, {400}},
    WordRule{"insufficient credits", Kind::quota, {400, 403, 429}},
};

// Groq: what a model wrote and no parser took is worth one more try -------------------------------------------------
constexpr std::array groq_codes{
    CodeRule{"tool_use_failed", Kind::malformed, 0, true},   CodeRule{"json_validate_failed", Kind::malformed, 0, true},
    CodeRule{"model_decommissioned", Kind::model_not_found}, CodeRule{"model_terms_required", Kind::permission},
    CodeRule{"capacity_exceeded", Kind::overloaded},
};

// Mistral -----------------------------------------------------------------------------------------------------------
constexpr std::array mistral_codes{
    CodeRule{"service_tier_capacity_exceeded", Kind::overloaded},
    CodeRule{"invalid_model", Kind::model_not_found},
};
constexpr std::array mistral_words{
    WordRule{"service tier capacity exceeded", Kind::overloaded, {429}},
    WordRule{"too large for model with", Kind::context_too_long, about_input},
};

// Together, Hugging Face and the servers of open models -------------------------------------------------------------
constexpr std::array open_model_codes{
    CodeRule{"model_not_available", Kind::model_not_found},
    CodeRule{"model_not_supported", Kind::model_not_found},
    CodeRule{"dynamic_request_limited", Kind::rate_limited},
    CodeRule{"server_overloaded", Kind::overloaded},
    CodeRule{"unavailable_error", Kind::overloaded},
    CodeRule{"exceed_context_size_error", Kind::context_too_long},
    CodeRule{"incomplete_generation", Kind::unavailable, 0, true},
};
constexpr std::array open_model_words{
    WordRule{"`inputs` tokens + `max_new_tokens` must be", Kind::context_too_long, about_input},
    WordRule{"`inputs` must have less than", Kind::context_too_long, about_input},
    WordRule{"is longer than the model's context length", Kind::context_too_long, about_input},
    WordRule{"longer than the maximum model length", Kind::context_too_long, about_input},
    WordRule{"exceeds the available context size", Kind::context_too_long, about_input},
    WordRule{"while limit is", Kind::context_too_long, about_input},
    WordRule{"is currently loading", Kind::overloaded},
    WordRule{"model is overloaded", Kind::overloaded},
    WordRule{"monthly included credits", Kind::quota, {400, 402, 403, 429}},
    WordRule{"not supported by any provider", Kind::model_not_found, {400}},
};

// DeepSeek ----------------------------------------------------------------------------------------------------------
constexpr std::array deepseek_words{
    WordRule{"insufficient balance", Kind::quota, {400, 402, 403, 429}},
};

// LiteLLM: its classes stand first in the message -------------------------------------------------------------------
constexpr std::array litellm_insistent{
    WordRule{"budget has been exceeded", Kind::over_budget},
    WordRule{"exceededbudget", Kind::over_budget},
    WordRule{"exceededtokenbudget", Kind::over_budget},
    WordRule{"no deployments available for selected model", Kind::rate_limited},
};
constexpr std::array litellm_codes{
    CodeRule{"budget_exceeded", Kind::over_budget},
    CodeRule{"key_model_access_denied", Kind::permission},
    CodeRule{"team_model_access_denied", Kind::permission},
    CodeRule{"user_model_access_denied", Kind::permission},
    CodeRule{"expired_key", Kind::auth},
    CodeRule{"token_not_found_in_db", Kind::auth},
};
constexpr std::array litellm_words{
    WordRule{"contextwindowexceedederror", Kind::context_too_long, about_input},
    WordRule{"contentpolicyviolationerror", Kind::content_filter, about_input},
    WordRule{"invalid model name", Kind::model_not_found, {400}},
    WordRule{"litellm.ratelimiterror", Kind::rate_limited, {}, true},
    WordRule{"litellm.authenticationerror", Kind::auth, {}, true},
    WordRule{"litellm.permissiondeniederror", Kind::permission, {}, true},
    WordRule{"litellm.notfounderror", Kind::model_not_found, {}, true},
    WordRule{"litellm.timeout", Kind::timed_out, {}, true},
    WordRule{"litellm.serviceunavailableerror", Kind::overloaded, {}, true},
    WordRule{"litellm.internalservererror", Kind::unavailable, {}, true},
    WordRule{"litellm.apiconnectionerror", Kind::unavailable, {}, true},
    WordRule{"litellm.badrequesterror", Kind::bad_request, {400, 422, 500}, true},
    WordRule{"litellm.unprocessableentityerror", Kind::bad_request, {400, 422, 500}, true},
    WordRule{"litellm.unsupportedparamserror", Kind::bad_request, {400, 422, 500}, true},
};

constexpr std::array every_vendor{
    VendorRules{"openai", openai_insistent, openai_codes, openai_words},
    VendorRules{"azure", {}, azure_codes, azure_words},
    VendorRules{"anthropic", {}, anthropic_codes, anthropic_words},
    VendorRules{"gemini", gemini_insistent, gemini_codes, gemini_words},
    VendorRules{"bedrock", bedrock_insistent, bedrock_codes, bedrock_words},
    VendorRules{"ollama", {}, {}, ollama_words},
    VendorRules{"openrouter", openrouter_insistent, {}, openrouter_words},
    VendorRules{"groq", {}, groq_codes, {}},
    VendorRules{"mistral", {}, mistral_codes, mistral_words},
    VendorRules{"open models", {}, open_model_codes, open_model_words},
    VendorRules{"deepseek", {}, {}, deepseek_words},
    VendorRules{"litellm", litellm_insistent, litellm_codes, litellm_words},  // last: the vendor behind it says more
};

}  // namespace

std::span<const VendorRules> vendor_rules() {
  return every_vendor;
}

}  // namespace assay::providers
