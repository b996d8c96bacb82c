#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "cli/commands.hpp"
#include "imports/import.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

struct ImportOptions {
  std::string file, format, name, prompt, prompt_file, root, out;
};

std::string text_of(const std::string& file) {
  auto text = config::read_small_file(file, most_bytes);
  if (!text) throw Stop{ExitCode::usage, file + ": " + text.error()};
  return std::move(*text);
}

std::filesystem::path real_path(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto made = std::filesystem::weakly_canonical(path.empty() ? "." : path, ignored);
  return made.has_filename() ? made : made.parent_path();
}

/// Reads the files that `file` names, below one folder only: an imported file is somebody else's.
imports::ReadFile reader_for(const ImportOptions& options) {
  const auto folder = real_path(std::filesystem::path(options.file).parent_path());
  const auto root = options.root.empty() ? folder : real_path(options.root);
  return [folder, root](const std::string& path) -> Result<std::string, std::string> {
    const auto file = real_path(folder / path);
    const bool inside = std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
    if (!inside) return failure(std::string("outside of the folder; widen it with --root"));
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return failure(std::string("no such file"));
    return config::read_small_file(file.string(), most_bytes);
  };
}

imports::Format format_of(const ImportOptions& options) {
  return options.format.empty() ? imports::format_of(options.file) : *imports::format_named(options.format);
}

void write(const std::string& file, const std::string& text) {
  const auto close = [](std::FILE* open) { std::fclose(open); };
  const std::unique_ptr<std::FILE, decltype(close)> out(std::fopen(file.c_str(), "we"), close);
  const bool written = out && std::fwrite(text.data(), 1, text.size(), out.get()) == text.size();
  if (!written || std::fflush(out.get()) != 0) throw Stop{ExitCode::usage, file + ": cannot be written"};
}

void tell(const imports::ImportedSuite& suite) {
  std::string models;
  for (const std::string& model : suite.models) models += (models.empty() ? "; models: " : ", ") + model;
  std::fprintf(stderr, "%s: %zu case%s%s\n", suite.name.c_str(), suite.cases, suite.cases == 1 ? "" : "s",
               models.c_str());
}

ExitCode import_suites(const ImportOptions& options) {
  imports::Options wanted;
  wanted.name = options.name;
  wanted.prompt = options.prompt_file.empty() ? options.prompt : text_of(options.prompt_file);
  wanted.read_file = reader_for(options);
  const auto made = imports::import(format_of(options), options.file, text_of(options.file), wanted);
  std::fputs((source::to_text(made.errors) + source::to_text(made.warnings)).c_str(), stderr);
  if (!made.ok()) throw Stop{ExitCode::usage, options.file + " cannot be imported"};
  std::string lines;
  for (const imports::ImportedSuite& suite : made.suites) {
    tell(suite);
    lines += suite.json + "\n";
  }
  if (options.out.empty()) {
    std::fwrite(lines.data(), 1, lines.size(), stdout);
  } else {
    write(options.out, lines);
  }
  return ExitCode::ok;
}

}  // namespace

void add_suite_commands(CLI::App& program, Action& action) {
  CLI::App* suites = program.add_subcommand("suites", "Prompts and their tests.");
  suites->require_subcommand(1);
  auto options = std::make_shared<ImportOptions>();
  CLI::App* import = suites->add_subcommand(
      "import",
      "Suites, a line of JSON each, from what you have. All faults at once, with line and column; exit 2 then.");
  import
      ->add_option("file", options->file, "a promptfoo configuration (YAML, JSON), tests (CSV, JSONL), generated cases")
      ->required();
  import->add_option("--format", options->format, "what it is; by the file's name otherwise")
      ->check(CLI::IsMember({"promptfoo", "csv", "jsonl", "prpm"}));
  import->add_option("--name", options->name, "the suites' name");
  auto* prompt = import->add_option("--prompt", options->prompt, "the prompt, for files that hold none");
  import->add_option("--prompt-file", options->prompt_file, "a file with the prompt")->excludes(prompt);
  import->add_option("--root", options->root, "the folder whose files may be read; the file's own otherwise");
  import->add_option("--out", options->out, "a file for the suites; standard output otherwise");
  import->callback([&action, options] { action = [options] { return import_suites(*options);
};
}  // namespace assay::cli
);
}

}  // namespace assay::cli
