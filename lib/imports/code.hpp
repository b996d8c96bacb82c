#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace assay::imports {

/// A path that ends as JavaScript or TypeScript files do, with or without ":function" behind it.
bool is_javascript_file(std::string_view path);

/// What a text names that would have to be run: "a JavaScript file", "a package", …; empty when it names nothing of
/// the kind. Only references count (file://, package:, exec:), not the word itself.
std::optional<std::string> code_named_by(std::string_view text);

/// The path of a file:// reference without a ":function" behind a script's name; empty when it is none.
std::optional<std::string> path_of(std::string_view reference);

/// "yaml" of "a/b.YAML"; empty when there is none.
std::string extension_of(std::string_view path);

}  // namespace assay::imports
