#include "postgres/schema.hpp"

#include <algorithm>
#include <stdexcept>

namespace assay::postgres {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_word(char c) {
  return is_lower(c) || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

Schema::Schema(std::string prefix) : prefix_(std::move(prefix)) {
  const bool plain = !prefix_.empty() && prefix_.size() <= 40 && is_lower(prefix_[0]) &&
                     std::all_of(prefix_.begin(), prefix_.end(), is_word);
  if (!plain) {
    throw std::invalid_argument("schema prefix \"" + prefix_ +
                                "\": use up to 40 lower-case letters, digits and underscores, beginning with a letter");
  }
}

std::string Schema::fill(std::string_view sql) const {
  const std::pair<std::string_view, std::string> tokens[] = {
      {"@assay_worker@", worker()}, {"@assay_private@", internal()}, {"@assay@", prefix_}};
  std::string filled;
  filled.reserve(sql.size());
  for (std::size_t at = 0; at < sql.size();) {
    const auto token = std::find_if(std::begin(tokens), std::end(tokens),
                                    [&](const auto& t) { return sql.compare(at, t.first.size(), t.first) == 0; });
    if (sql[at] == '@' && token != std::end(tokens)) {
      filled += token->second;
      at += token->first.size();
    } else {
      filled += sql[at++];
    }
  }
  return filled;
}

}  // namespace assay::postgres
