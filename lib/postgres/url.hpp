#pragma once
#include <string>
#include <string_view>

namespace assay::postgres {

/// A connection string, as libpq takes it: a URL (postgresql://…) or words (host=… dbname=…).
///
/// These functions add to it without understanding the rest. They are text in, text out; nothing is checked here.

/// Sets a parameter unless the string sets it already: what the user wrote wins.
std::string with_parameter(std::string_view url, std::string_view key, std::string_view value);

/// The same server, another database.
std::string with_database(std::string_view url, std::string_view database);

/// For messages: passwords replaced by "***".
std::string without_password(std::string_view url);

}  // namespace assay::postgres
