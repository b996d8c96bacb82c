#include "providers/redact.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "json/document.hpp"
#include "json/storable.hpp"
#include "json/utf8.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view mask = "[redacted]";

/// Shorter keys ("dummy") are words that may stand in any text, and longer echoes than this are the key's.
constexpr std::size_t telling_bytes = 8;
/// The same for a piece out of the middle of a key, or its end.
constexpr std::size_t telling_inside = 10;

/// What vendors' keys begin with, and how much must follow: OpenAI, Anthropic, OpenRouter, LiteLLM (sk-), Groq, xAI,
/// Google (AIza, ya29. and AQ. of OAuth), Hugging Face, Replicate, AWS (access keys, Bedrock keys, session tokens),
/// Cerebras, Fireworks, Together, NVIDIA, Perplexity, GitHub, Databricks, and JSON web tokens (Entra).
struct Beginning {
  std::string_view text;
  std::size_t more = telling_bytes;
};
constexpr std::array beginnings{
    Beginning{"sk-"},      Beginning{"sk_"},      Beginning{"pk-"},      Beginning{"pk_"},
    Beginning{"rk-"},      Beginning{"gsk_"},     Beginning{"xai-"},     Beginning{"AIza"},
    Beginning{"ya29."},    Beginning{"AQ.", 16},  Beginning{"hf_"},      Beginning{"r8_"},
    Beginning{"key-"},     Beginning{"csk-"},     Beginning{"fw_"},      Beginning{"tgp_"},
    Beginning{"nvapi-"},   Beginning{"pplx-"},    Beginning{"ghp_"},     Beginning{"gho_"},
    Beginning{"AKIA"},     Beginning{"ASIA"},     Beginning{"ABSK"},     Beginning{"bedrock-api-key-"},
    Beginning{"IQoJ", 32}, Beginning{"FwoG", 32}, Beginning{"FQoG", 32}, Beginning{"eyJ", 16},
    Beginning{"dapi", 24},
};

/// Names whose value is a secret, where a value of some length with a digit in it follows.
constexpr std::array<std::string_view, 15> labels{
    "x-api-key",     "api-key",      "api_key",          "apikey",    "x-goog-api-key", "x-amz-security-token",
    "authorization", "access_token", "access-token",     "signature", "credential",     "client_secret",
    "set-cookie",    "cookie",       "secret_access_key"};

bool digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool word(char c) {
  return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool in_key(char c) {
  return word(c) || std::string_view("-*.+/=~%").find(c) != std::string_view::npos;
}

/// Where a run of a key's characters that begins at `from` ends.
std::size_t run_end(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && in_key(text[end])) ++end;
  while (end > from && text[end - 1] == '.') --end;  // the sentence's own full stop
  return end;
}

/// How many bytes at `at` belong to something that looks like a key.
std::size_t key_length(std::string_view text, std::size_t at) {
  if (at > 0 && word(text[at - 1])) return 0;
  const std::string_view rest = text.substr(at);
  for (const std::string_view scheme : {"Bearer ", "bearer ", "Basic "}) {
    if (!rest.starts_with(scheme)) continue;
    const std::size_t end = run_end(rest, scheme.size());
    if (end >= scheme.size() + telling_bytes) return end;
  }
  for (const Beginning& beginning : beginnings) {
    if (!rest.starts_with(beginning.text)) continue;
    const std::size_t end = run_end(rest, 0);
    if (end >= beginning.text.size() + beginning.more) return end;
  }
  return 0;
}

bool begins_with_label(std::string_view text, std::string_view label) {
  return text.size() > label.size() && std::equal(label.begin(), label.end(), text.begin(),
                                                  [](char ours, char theirs) { return ours == lower(theirs); });
}

/// Where the value begins that follows a name: `": "`, `=`, with quotes around or not. 0: none does.
std::size_t value_begin(std::string_view text, std::size_t at) {
  const auto skip = [&](std::string_view any) {
    const std::size_t before = at;
    while (at < text.size() && any.find(text[at]) != std::string_view::npos) ++at;
    return at > before;
  };
  skip("\"'\\ ");
  if (!skip(":=")) return 0;
  skip("\"'\\ ");
  return at;
}

struct Piece {
  std::size_t keep = 0, hide = 0;  ///< bytes that stay, and bytes behind them that do not
};

/// A named secret at `at`: the name stays.
Piece labelled(std::string_view text, std::size_t at) {
  if (at > 0 && (word(text[at - 1]) || text[at - 1] == '-')) return {};
  const std::string_view rest = text.substr(at);
  const bool in_url = at > 0 && (text[at - 1] == '?' || text[at - 1] == '&') && rest.starts_with("key=");
  std::size_t begin = in_url ? 4 : 0;
  for (const std::string_view label : labels) {
    if (begin == 0 && begins_with_label(rest, label)) begin = value_begin(rest, label.size());
  }
  if (begin == 0) return {};
  const std::size_t end = run_end(rest, begin);
  const std::string_view value = rest.substr(begin, end - begin);
  const bool secret = value.size() >= telling_bytes && std::any_of(value.begin(), value.end(), digit);
  return secret ? Piece{begin, value.size()} : Piece{};
}

std::size_t common(std::string_view left, std::string_view right) {
  const auto size = static_cast<std::ptrdiff_t>(std::min(left.size(), right.size()));
  return static_cast<std::size_t>(std::mismatch(left.begin(), left.begin() + size, right.begin()).first - left.begin());
}

/// How many bytes at `at` are the key's own, when there are enough to tell.
std::size_t echo_length(std::string_view text, std::size_t at, std::string_view key) {
  const std::string_view rest = text.substr(at);
  const std::size_t beginning = common(rest, key);
  if (beginning >= telling_bytes) return beginning;
  if (rest.size() < telling_inside) return 0;
  const std::size_t from = key.find(rest.substr(0, telling_inside));
  return from == std::string_view::npos ? 0 : common(rest, key.substr(from));
}

bool holds_secret(std::string_view name) {
  std::string small(name);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  constexpr std::array<std::string_view, 5> words{"key", "token", "auth", "secret", "cookie"};
  return std::any_of(words.begin(), words.end(),
                     [&small](std::string_view part) { return small.find(part) != std::string::npos; });
}

std::string without(std::string_view text, std::vector<std::string_view> secrets, std::size_t max_bytes) {
  std::erase_if(secrets, [](std::string_view secret) { return secret.size() < telling_bytes; });
  // Room for masks that are shorter than what they replace; a key that the cut splits is found by its beginning.
  text = json::truncate_utf8(text, 2 * max_bytes);
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    Piece piece{0, key_length(text, at)};
    for (const std::string_view secret : secrets) piece.hide = std::max(piece.hide, echo_length(text, at, secret));
    if (piece.hide == 0) piece = labelled(text, at);
    if (piece.hide == 0) piece.keep = 1;
    clean += text.substr(at, piece.keep);
    if (piece.hide > 0) clean += mask;
    at += piece.keep + piece.hide;
  }
  return std::string(json::truncate_utf8(json::storable_text(clean).text, max_bytes));
}

void clean(std::string& text, const Deployment& deployment) {
  if (!text.empty()) text = redacted(text, deployment);
}

/// What a mask leaves is JSON still, or nothing.
void clean_json(std::string& json, const Deployment& deployment) {
  if (json.empty()) return;
  std::string hidden = redacted(json, deployment, 2 * json.size());
  if (hidden == json) return;
  json = json::parse(hidden) ? std::move(hidden) : std::string();
}

void clean(Failure& failed, const Deployment& deployment) {
  clean(failed.request_id, deployment);
  clean(failed.vendor_code, deployment);
  if (!failed.partial) return;
  auto partial = without_secrets(Completion(*failed.partial), deployment);
  failed.partial = std::make_shared<const Completion>(std::move(*partial));
}

}  // namespace

std::string redacted(std::string_view text, const Secret& key, std::size_t max_bytes) {
  return without(text, {key.reveal()}, max_bytes);
}

std::string redacted(std::string_view text, const Deployment& deployment, std::size_t max_bytes) {
  std::vector<std::string_view> secrets{deployment.key.reveal(), deployment.session_token.reveal()};
  for (const auto& [name, value] : deployment.headers) {
    if (holds_secret(name)) secrets.push_back(value);
  }
  return without(text, std::move(secrets), max_bytes);
}

Result<Completion, Failure> without_secrets(Result<Completion, Failure> answer, const Deployment& deployment) {
  if (!answer) {
    clean(answer.error(), deployment);
    return answer;
  }
  for (std::string* text : {&answer->finish_reason_raw, &answer->served_model, &answer->request_id,
                            &answer->service_tier, &answer->fingerprint, &answer->served_by, &answer->reported_cost})
    clean(*text, deployment);
  clean_json(answer->usage.raw, deployment);
  return answer;
}

Result<Embeddings, Failure> without_secrets(Result<Embeddings, Failure> answer, const Deployment& deployment) {
  if (!answer) {
    clean(answer.error(), deployment);
    return answer;
  }
  for (std::string* text : {&answer->served_model, &answer->request_id, &answer->reported_cost})
    clean(*text, deployment);
  clean_json(answer->usage.raw, deployment);
  return answer;
}

Result<ModelPage, Failure> without_secrets(Result<ModelPage, Failure> answer, const Deployment& deployment) {
  if (!answer) {
    clean(answer.error(), deployment);
    return answer;
  }
  for (ModelPage::Model& model : answer->models) {
    for (std::string* text : {&model.name, &model.display_name, &model.input_price, &model.output_price})
      clean(*text, deployment);
  }
  return answer;
}

}  // namespace assay::providers
