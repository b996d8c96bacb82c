#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::regex {

/// A pattern as JavaScript reads it: UTF-16 units without the u flag, characters with it. A reading place moves through
/// it. Bad bytes count as U+FFFD, the three bytes of a lone surrogate as that surrogate.
class PatternText {
 public:
  static constexpr char32_t end = 0x110000;

  PatternText(std::string_view pattern, bool unicode);

  char32_t peek(std::size_t ahead = 0) const { return at_ + ahead < codes_.size() ? codes_[at_ + ahead].code : end; }
  bool looking_at(std::u32string_view text) const;
  bool at_end() const { return at_ >= codes_.size(); }
  void skip(std::size_t count) { at_ += count; }
  char32_t take() { return codes_[at_++].code; }
  bool take(char32_t code) { return peek() == code && (++at_, true); }

  std::size_t place() const { return at_; }
  std::size_t offset() const { return offset_of(at_); }
  std::size_t offset_of(std::size_t place) const { return place < codes_.size() ? codes_[place].offset : bytes_; }

  std::uint32_t groups() const { return groups_; }  ///< how many groups in the whole pattern capture
  bool has_names() const { return has_names_; }     ///< whether one of them has a name

 private:
  struct Code {
    char32_t code = 0;
    std::size_t offset = 0;
  };
  void append(char32_t character, std::size_t offset, bool unicode);
  void count_groups();

  std::vector<Code> codes_;
  std::size_t bytes_ = 0, at_ = 0;
  std::uint32_t groups_ = 0;
  bool has_names_ = false;
};

bool is_digit(char32_t c);
bool is_letter(char32_t c);  ///< of ASCII
std::optional<unsigned> hex_value(char32_t c);

}  // namespace assay::regex
