#include "loose/find_json.hpp"
#include "loose/flow_reader.hpp"
#include "loose/slash_comments.hpp"

namespace assay::loose {
namespace {

constexpr std::size_t longest_piece = 100'000;  // UTF-16 units

/// UTF-16 units that begin with this byte.
std::size_t units_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte & 0xC0u) == 0x80u ? 0 : byte >= 0xF0 ? 2 : 1;
}
int brace_of(char c) {
  return c == '{' ? 1 : c == '}' ? -1 : 0;
}

}  // namespace

LooseObjects::LooseObjects(std::string_view text, std::uint64_t steps) : text_(text), steps_(steps) {
  if (!steps_.take(text.size())) return;
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') open.push_back(at);
    if (text[at] != '}' || open.empty()) continue;
    closed_.emplace(open.back(), at + 1);
    open.pop_back();
  }
}

/// Keeps the window at most 100,000 units long and its depths in step. Each byte enters once and leaves once.
void LooseObjects::move_window(std::size_t begin) {
  for (; window_begin_ < begin; ++window_begin_) {
    depth_begin_ += brace_of(text_[window_begin_]);
    if (window_begin_ < window_end_) {
      units_ -= units_of(text_[window_begin_]);
    } else {
      depth_end_ += brace_of(text_[window_end_++]);
    }
  }
  while (window_end_ < text_.size() && units_ + units_of(text_[window_end_]) <= longest_piece) {
    units_ += units_of(text_[window_end_]);
    depth_end_ += brace_of(text_[window_end_++]);
  }
}

std::optional<LooseObjects::Piece> LooseObjects::piece_at(std::size_t begin) {
  if (begin + 1 == text_.size()) return std::nullopt;  // promptfoo does not look at a brace that ends the text
  move_window(begin);
  const auto closed = closed_.find(begin);
  if (closed != closed_.end() && closed->second <= window_end_) return Piece{closed->second, 0};
  return Piece{window_end_, static_cast<std::size_t>(depth_end_ - depth_begin_)};
}

Result<std::optional<Found>, OutOfSteps> LooseObjects::next() {
  while (!steps_.run_out()) {
    const std::size_t begin = text_.find('{', at_);
    if (begin == std::string_view::npos) return std::nullopt;
    at_ = begin + 1;
    const auto piece = piece_at(begin);
    if (!piece) continue;
    SlashComments comments(text_.substr(begin, piece->end - begin), piece->missing, steps_);
    auto json = FlowReader(comments, steps_).read();
    if (!json || steps_.run_out()) continue;
    at_ = piece->end;
    return Found{begin, piece->end - begin, std::move(*json)};
  }
  return failure(OutOfSteps("looking for JSON takes more steps than allowed"));
}

}  // namespace assay::loose
