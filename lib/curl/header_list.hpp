#pragma once
#include <curl/curl.h>

#include <string>
#include <vector>

#include "http/message.hpp"

namespace assay::curl {

/// A request's header lines in one block of memory, as the list curl reads. The only copy of a secret that this library
/// makes is in that block, and wipe() overwrites it. (What curl and TLS copy into their send buffers is theirs.)
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { wipe(); }

  /// False: a name or value cannot stand in a header, or is one of those that only the transport may set.
  bool build(const http::Request& request);
  curl_slist* first() { return nodes_.data(); }
  void wipe();

 private:
  void line(std::string_view name, std::string_view prefix, std::string_view value);
  void removal(std::string_view name);

  std::vector<char> text_;
  std::vector<std::size_t> starts_;
  std::vector<curl_slist> nodes_;
};

}  // namespace assay::curl
