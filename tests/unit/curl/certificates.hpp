#pragma once
#include <filesystem>
#include <string>

namespace assay::test {

/// A private authority and what it signs, as PEM files in a directory of their own that goes with it.
class Authority {
 public:
  struct Files {
    std::string certificate, key;
  };

  Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  ~Authority();

  std::string certificate() const { return own_.certificate; }

  /// For a host name or address as the extension writes it ("IP:127.0.0.1"), valid until so many seconds from now.
  Files sign(const std::string& subject_name, long valid_seconds = 3600);

  /// Signed by nobody but itself.
  Files self_signed(const std::string& subject_name);

 private:
  Files make(const std::string& subject_name, long valid_seconds, bool authority, bool self);

  std::filesystem::path directory_;
  Files own_;
  int made_ = 0;
};

}  // namespace assay::test
