#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "config/collect.hpp"

namespace assay::config {

Result<std::string, std::string> read_small_file(const std::string& path, std::size_t limit) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "re"), close);
  if (!file) return failure(std::string(std::strerror(errno)));
  std::string text(limit + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) return failure(std::string(std::strerror(errno)));
  if (text.size() > limit) return failure("larger than " + std::to_string(limit) + " bytes");
  return text;
}

Result<std::string, std::string> secret_text(const Sources& sources, const std::string& path) {
  const std::string name = path.find('/') == std::string::npos ? "the file it names" : path;
  auto text = sources.read_file ? sources.read_file(path) : failure(std::string("files are not read here"));
  if (!text) return failure("cannot read " + name + ": " + text.error());
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->empty()) return failure(name + " is empty");
  return *text;
}

}  // namespace assay::config
