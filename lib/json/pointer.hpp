#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "json/document.hpp"

namespace assay::json {

/// The value at a dotted path: "a.b[0].c", "[1]", "a[0][1]", also "a.0.b" with an element's number as a name; a key
/// that holds a dot, a bracket or a quote stands as ["a.b"] (JSON string syntax). "" and "$" are the value itself, a
/// leading "$." or "$[" is skipped. Missing when nothing stands there, empty when the path is malformed.
std::optional<View> at_path(View value, std::string_view path);

/// Appends "/token" of a JSON pointer (RFC 6901): ~ and / inside the token are escaped.
void append_pointer(std::string& pointer, std::string_view token);

/// The value at a JSON pointer: "" or "/a/0/b~1c". Missing when nothing stands there or the text is not a pointer.
View at_pointer(View value, std::string_view pointer);

}  // namespace assay::json
