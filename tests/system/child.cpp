#include "tests/system/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

extern char** environ;

namespace assay::testing {
namespace {

bool inherited(const std::string& entry) {
  const std::string name = entry.substr(0, entry.find('='));
  return name == "PATH" || name == "LD_LIBRARY_PATH" || name.find("SAN_OPTIONS") != std::string::npos;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

Child::Child(const Start& start) {
  std::vector<std::string> words = start.words, settings;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (inherited(*entry)) settings.emplace_back(*entry);
  }
  for (const auto& [name, value] : start.environment) settings.push_back(name + "=" + value);
  std::vector<char*> arguments = pointers(words), environment = pointers(settings);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("fork failed");
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    const int log = open(start.log.empty() ? "/dev/null" : start.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(ends[1], STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execvpe(arguments[0], arguments.data(), environment.data());
    _exit(127);
  }
  close(ends[1]);
  out_ = ends[0];
}

Child::~Child() {
  if (!code_) {
    signal(SIGKILL);
    reap(0);
  }
  close(out_);
}

void Child::signal(int number) const {
  if (!code_) ::kill(pid_, number);
}

bool Child::reap(int options) {
  if (code_) return true;
  int status = 0;
  if (waitpid(pid_, &status, options) != pid_) return false;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

bool Child::runs() {
  return !reap(WNOHANG);
}

int Child::wait(std::chrono::seconds limit) {
  await("the end of process " + std::to_string(pid_), limit, [this] { return !runs(); });
  return *code_;
}

std::string Child::read_line() {
  std::string line;
  for (char c = 0; read(out_, &c, 1) == 1;) {
    if (c == '\n') return line;
    line += c;
  }
  throw std::runtime_error("the program ended before it said a line: '" + line + "'");
}

std::string Child::read_all() {
  std::string text;
  char block[4096];
  for (ssize_t size = 0; (size = read(out_, block, sizeof block)) > 0;)
    text.append(block, static_cast<std::size_t>(size));
  return text;
}

void pause_between_looks() {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void gave_up(const std::string& what, std::chrono::seconds limit) {
  throw std::runtime_error("waited " + std::to_string(limit.count()) + " s in vain for " + what);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace assay::testing
