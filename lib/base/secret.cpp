#include "base/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

#include "base/digest.hpp"

namespace assay {

Secret::Secret(std::string value) : value_(value) { OPENSSL_cleanse(value.data(), value.size()); }
Secret::Secret(const Secret& other) = default;

// A moved-from short string keeps its bytes in place, so the move is a swap with an empty one.
Secret::Secret(Secret&& other) noexcept { value_.swap(other.value_); }

Secret& Secret::operator=(Secret other) noexcept {
  value_.swap(other.value_);
  return *this;
}

Secret::~Secret() { OPENSSL_cleanse(value_.data(), value_.size()); }

std::string Secret::fingerprint() const { return sha256_hex(value_).substr(0, 8); }

}  // namespace assay
