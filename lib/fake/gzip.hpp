#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::fake {

/// A gzip member (RFC 1952) of `before`, then `count` times `filler`, then `after`: about 1/158 of the filler's size.
std::string gzip_bomb(std::string_view before, char filler, std::size_t count, std::string_view after);

}  // namespace assay::fake
