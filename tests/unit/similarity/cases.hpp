#pragma once
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace assay::similarity {

/// The rows of tests/data/similarity/<name>.jsonl; lone surrogates are kept.
inline std::vector<json::Document> cases(const std::string& name) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/data/similarity/" + name + ".jsonl");
  std::vector<json::Document> rows;
  for (std::string line; std::getline(file, line);) {
    auto row = json::parse(line, json::Limits::foreign());
    if (!row) throw std::runtime_error(name + ": " + to_string(row.error()));
    rows.push_back(std::move(*row));
  }
  if (rows.empty()) throw std::runtime_error(name + ": no cases");
  return rows;
}

inline std::string text(const json::Document& row, std::string_view key) {
  return std::string(row[key].as_string().value());
}
inline double number(const json::Document& row, std::string_view key) {
  return row[key].as_double().value();
}
inline std::vector<std::string> texts(const json::Document& row, std::string_view key) {
  std::vector<std::string> all;
  for (const json::View element : row[key].elements()) all.emplace_back(element.as_string().value());
  return all;
}

}  // namespace assay::similarity
