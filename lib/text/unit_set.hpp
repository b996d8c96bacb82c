#pragma once
#include <vector>

namespace assay::text {

/// A set of UTF-16 code units (0 to 0xFFFF), kept as sorted ranges that neither overlap nor touch. What a JavaScript
/// character class without the u flag stands for.
class UnitSet {
 public:
  struct Range {
    char16_t first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };

  void add(char16_t first, char16_t last);
  void add(const UnitSet& other);
  UnitSet complement() const;

  bool contains(char16_t unit) const;
  const std::vector<Range>& ranges() const { return ranges_; }

  static UnitSet digits();            ///< \d: ASCII
  static UnitSet word();              ///< \w: ASCII letters, digits, _
  static UnitSet space();             ///< \s: WhiteSpace and LineTerminator of ECMAScript, U+FEFF included
  static UnitSet line_terminators();  ///< what . does not match: LF, CR, U+2028, U+2029

 private:
  std::vector<Range> ranges_;
};

}  // namespace assay::text
