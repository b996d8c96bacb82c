#pragma once
#include <string>
#include <string_view>

#include "json/document.hpp"

namespace assay::schema {

/// A value in a few words: scalars as they are, cut at 80 bytes; "an object of 3 members". Valid UTF-8.
std::string describe(json::View value);

/// A text in quotes, cut at 80 bytes. Valid UTF-8.
std::string quoted(std::string_view text);

/// A number as JavaScript writes it.
std::string number_text(double number);

/// "3 elements", "1 element".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace assay::schema
