#include "imports/import.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "imports/code.hpp"
#include "imports/files.hpp"
#include "imports/report.hpp"
#include "imports/sources.hpp"
#include "json/utf8.hpp"

namespace assay::imports {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> formats = {
    {{"promptfoo", Format::promptfoo}, {"csv", Format::csv}, {"jsonl", Format::jsonl}, {"prpm", Format::prpm}}};

bool is_readable(const std::string& source, std::string_view text, const Limits& limits, Report& report) {
  const std::size_t bad = std::min(json::find_bad_utf8(text), text.find('\0'));
  if (text.size() > limits.bytes) {
    report.error({source, 0, 0}, "larger than " + std::to_string(limits.bytes) + " bytes");
  } else if (bad != text.npos) {
    report.error(source::place_of(source, text, bad), "a byte that is not UTF-8 text");
  }
  return !report.failed();
}

std::vector<ImportedSuite> read(Format format, const Job& job) {
  switch (format) {
    case Format::promptfoo:
      return import_promptfoo(job);
    case Format::csv:
      return import_csv(job);
    case Format::jsonl:
      return import_jsonl(job);
    case Format::prpm:
      return import_prpm(job);
  }
  return {};
}

}  // namespace

std::string_view to_string(Format format) {
  return std::find_if(formats.begin(), formats.end(), [&](const auto& one) { return one.second == format; })->first;
}

std::optional<Format> format_named(std::string_view name) {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const auto& one) { return one.first == name; });
  return found == formats.end() ? std::nullopt : std::optional(found->second);
}

Format format_of(std::string_view path) {
  const std::string extension = extension_of(path);
  return extension == "csv" ? Format::csv : extension == "jsonl" ? Format::jsonl : Format::promptfoo;
}

std::string suite_name(const Job& job, std::string_view said) {
  if (!job.options.name.empty()) return job.options.name;
  if (!said.empty()) return std::string(said);
  std::string_view name = job.source;
  name.remove_prefix(name.rfind('/') == name.npos ? 0 : name.rfind('/') + 1);
  name = name.substr(0, std::max<std::size_t>(name.rfind('.') == name.npos ? name.size() : name.rfind('.'), 1));
  return name.empty() ? "imported" : std::string(name);
}

Imported import(Format format, const std::string& source, std::string_view text, const Options& options) {
  Report report;
  Imported imported;
  Files files(report, options.read_file, options.limits);
  if (is_readable(source, text, options.limits, report))
    imported.suites = read(format, {source, report.keep(source, std::string(text)), options, files, report});
  if (report.failed()) imported.suites.clear();
  imported.errors = std::move(report).errors();
  imported.warnings = std::move(report).warnings();
  return imported;
}

}  // namespace assay::imports
