#pragma once

namespace assay::text {

/// ECMAScript's Canonicalize, by which two characters are the same when case is ignored, by Unicode 17.

/// Without the u flag, for one UTF-16 unit: its upper case where that is one unit, and never an ASCII one for a unit
/// that is not. ſ and the Kelvin sign stay themselves.
char16_t canonical_unit(char16_t unit);

/// With the u flag, for one character: simple case folding. ſ is s, the Kelvin sign is k.
char32_t canonical_character(char32_t character);

}  // namespace assay::text
