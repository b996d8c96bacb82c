#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "markup/sql_family.hpp"

namespace assay::markup {

struct SqlToken {
  enum class Kind {
    word,      ///< may begin with digits ("1a")
    number,    ///< digits, maybe with a fraction and an exponent
    text,      ///< '…'
    quoted,    ///< "…"
    backtick,  ///< `…`
    bracket,   ///< […]
    variable,  ///< @x, @@x, $x
    param,     ///< :x
    sign,      ///< the longest operator that fits
    end
  };
  Kind kind = Kind::end;
  std::string_view text;  ///< without its quotes
  std::size_t at = 0;
  std::string upper{};  ///< of a word: in capitals
};

struct SqlTokenFault {
  std::string message;
  std::size_t at = 0;
  bool is_limit = false;
};

inline constexpr std::size_t max_sql_bytes = std::size_t{1} << 20, max_sql_tokens = 200'000;

/// Words, signs and literals of a statement without its comments; the last token is the end. The text must outlive
/// them. Faults: a literal or comment without its end, a character that begins nothing, and the limits above.
Result<std::vector<SqlToken>, SqlTokenFault> read_sql_tokens(std::string_view text, SqlFamily family);

}  // namespace assay::markup
