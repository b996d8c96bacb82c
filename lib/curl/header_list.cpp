#include "curl/header_list.hpp"

#include <strings.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/require.hpp"

namespace assay::curl {
namespace {

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != others.npos;
  });
}

bool is_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// Framing is curl's: a caller's own would let one request be read as two.
bool is_ours(std::string_view name) {
  return same(name, "content-length") || same(name, "transfer-encoding") || same(name, "connection") ||
         same(name, "expect") || same(name, "accept-encoding");
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == text.npos;
}

}  // namespace

bool HeaderList::build(const http::Request& request) {
  wipe();
  // The block is sized before it is filled: growing it would leave copies of secrets behind.
  std::size_t size = 64;
  bool typed = false;
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name) || !is_value(value) || is_ours(name)) return false;
    typed = typed || same(name, "content-type");
    size += name.size() + value.size() + 3;
  }
  for (const auto& secret : request.secrets) {
    if (!is_token(secret.name) || !is_value(secret.prefix) || !is_value(secret.value.reveal())) return false;
    if (is_ours(secret.name)) return false;
    size += secret.name.size() + secret.prefix.size() + secret.value.reveal().size() + 3;
  }
  text_.reserve(size);
  starts_.reserve(request.headers.size() + request.secrets.size() + 2);
  const char* const block = text_.data();
  for (const auto& [name, value] : request.headers) line(name, {}, value);
  for (const auto& secret : request.secrets) line(secret.name, secret.prefix, secret.value.reveal());
  removal("Expect");
  if (!typed) removal("Content-Type");
  require(text_.data() == block, "a block with secrets is not moved while it is filled");

  nodes_.resize(starts_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i] = curl_slist{text_.data() + starts_[i], i + 1 < nodes_.size() ? &nodes_[i + 1] : nullptr};
  }
  return true;
}

/// curl's notation: "Name: value", "Name;" for an empty value, "Name:" to leave out a header of its own.
void HeaderList::line(std::string_view name, std::string_view prefix, std::string_view value) {
  starts_.push_back(text_.size());
  text_.insert(text_.end(), name.begin(), name.end());
  if (is_blank(prefix) && is_blank(value)) {
    text_.push_back(';');
  } else {
    text_.push_back(':');
    text_.push_back(' ');
    text_.insert(text_.end(), prefix.begin(), prefix.end());
    text_.insert(text_.end(), value.begin(), value.end());
  }
  text_.push_back('\0');
}

void HeaderList::removal(std::string_view name) {
  starts_.push_back(text_.size());
  text_.insert(text_.end(), name.begin(), name.end());
  text_.push_back(':');
  text_.push_back('\0');
}

void HeaderList::wipe() {
  if (!text_.empty()) explicit_bzero(text_.data(), text_.size());
  text_.clear();
  starts_.clear();
  nodes_.clear();
}

}  // namespace assay::curl
