#include "telemetry/redactor.hpp"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <vector>

namespace assay::telemetry {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

/// Longest first, so that a key which contains another is taken out whole.
struct Redactor::List {
  mutable std::shared_mutex mutex;
  std::vector<Secret> secrets;
};

Redactor::Redactor() : list_(std::make_shared<List>()) {}

void Redactor::hide(const Secret& secret) {
  if (secret.reveal().size() < shortest) return;
  const std::unique_lock lock(list_->mutex);
  auto& secrets = list_->secrets;
  const auto same = [&secret](const Secret& known) { return known.reveal() == secret.reveal(); };
  if (std::any_of(secrets.begin(), secrets.end(), same)) return;
  const auto place = std::find_if(secrets.begin(), secrets.end(), [&secret](const Secret& known) {
    return known.reveal().size() < secret.reveal().size();
  });
  secrets.insert(place, secret);
}

std::size_t Redactor::longest() const {
  const std::shared_lock lock(list_->mutex);
  return list_->secrets.empty() ? 0 : list_->secrets.front().reveal().size();
}

std::string Redactor::scrub(std::string_view text) const {
  std::string clean(text);
  const std::shared_lock lock(list_->mutex);
  for (const Secret& secret : list_->secrets) {
    if (clean.find(secret.reveal()) != std::string::npos) {
      replace_all(clean, secret.reveal(), "[secret " + secret.fingerprint() + "]");
    }
  }
  return clean;
}

}  // namespace assay::telemetry
