#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::json {

enum class Kind : std::uint8_t { missing, null, boolean, number, string, array, object };
std::string_view to_string(Kind kind);

/// What a text must keep to. The defaults are for text whose author is told about a fault (suites, settings).
struct Limits {
  enum class Bytes {
    strict,  ///< text must be UTF-8 and have no lone surrogate escapes
    keep     ///< bad bytes inside strings are handed on as they came; a lone surrogate escape becomes its three bytes
  };
  enum class Duplicates { last_wins, refuse };
  enum class Nul { allow, refuse };  ///< \u0000 inside strings; a raw NUL byte is never JSON

  std::size_t max_bytes = std::size_t{64} << 20;
  std::size_t max_depth = 64;          ///< open brackets at once; at most 1024
  std::size_t max_values = 2'000'000;  ///< values and keys together (20 bytes of memory each)
  Bytes bytes = Bytes::strict;
  Duplicates duplicates = Duplicates::last_wins;
  Nul nul = Nul::allow;

  /// For what a vendor or a model sent: any bytes inside strings are taken.
  static Limits foreign() {
    Limits limits;
    limits.bytes = Bytes::keep;
    return limits;
  }
};

/// Why a text is not a document, and where: line and column count from 1, columns in characters.
struct ParseError {
  std::size_t offset = 0, line = 1, column = 1;
  std::string message;
};
std::string to_string(const ParseError& error);  ///< "line 3, column 7: …"

class Document;
class Elements;
class Members;
struct Tape;

/// A value inside a Document, or nothing. Cheap to copy; lives no longer than its Document's contents (moving the
/// Document is fine). Asking a missing value, or one of another kind, gives a missing value or an empty optional, so
/// chains need no checks: doc.root()["usage"]["prompt_tokens"].as_int64().
class View {
 public:
  View() = default;

  Kind kind() const;
  bool exists() const { return tape_ != nullptr; }
  explicit operator bool() const { return exists(); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_string() const { return kind() == Kind::string; }
  bool is_number() const { return kind() == Kind::number; }
  bool is_array() const { return kind() == Kind::array; }
  bool is_object() const { return kind() == Kind::object; }

  /// A member; of duplicates the last. Linear in the number of members.
  View get(std::string_view key) const;
  View operator[](std::string_view key) const { return get(key); }
  /// An element. Linear in `index`: iterate with elements() instead of counting.
  View at(std::size_t index) const;
  View operator[](std::size_t index) const { return at(index); }

  std::size_t size() const;   ///< elements or members; 0 for everything else
  Elements elements() const;  ///< nothing to visit unless an array
  Members members() const;    ///< nothing to visit unless an object; duplicates are all visited

  std::optional<std::string_view> as_string() const;  ///< any bytes, NUL included
  std::optional<bool> as_bool() const;
  std::optional<double> as_double() const;       ///< nearest double; empty when not finite
  std::optional<std::int64_t> as_int64() const;  ///< whole numbers only, also written 12.0 or 1e3; exact, never rounded
  std::string_view string_or(std::string_view fallback) const { return as_string().value_or(fallback); }

  std::string_view number_text() const;  ///< the digits as written; empty unless a number
  std::string_view raw() const;          ///< the value's bytes as they stood in the source; empty when missing
  std::string dump() const;              ///< compact JSON text of it; empty when missing
  std::string path() const;  ///< where it stands: "cases[3].assertions[0]"; "" for the root or a missing one

 private:
  friend class Document;
  friend class Elements;
  friend class Members;
  View(const Tape* tape, std::uint32_t node) : tape_(tape), node_(node) {}

  const Tape* tape_ = nullptr;
  std::uint32_t node_ = 0;
};

/// A parsed text. Owns its bytes. May be read from several threads.
class Document {
 public:
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  View root() const;
  View operator[](std::string_view key) const { return root().get(key); }

 private:
  friend Result<Document, ParseError> parse(std::string_view text, const Limits& limits);
  explicit Document(std::unique_ptr<const Tape> tape);
  std::unique_ptr<const Tape> tape_;
};

/// Reads one JSON text (RFC 8259). Never recurses: any nesting ends in a document or a clean error. Two copies of the
/// text are held. Numbers beyond ±1.8e308 are refused.
Result<Document, ParseError> parse(std::string_view text, const Limits& limits = {});

/// `for (json::View element : view.elements())`
class Elements {
 public:
  class Iterator {
   public:
    View operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    friend class Elements;
    Iterator(const Tape* tape, std::uint32_t node) : tape_(tape), node_(node) {}
    const Tape* tape_;
    std::uint32_t node_;
  };
  Iterator begin() const { return {tape_, first_}; }
  Iterator end() const { return {tape_, end_}; }

 private:
  friend class View;
  const Tape* tape_ = nullptr;
  std::uint32_t first_ = 0, end_ = 0;
};

struct Member {
  std::string_view key;
  View value;
};

/// `for (const auto& [key, value] : view.members())`
class Members {
 public:
  class Iterator {
   public:
    Member operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    friend class Members;
    Iterator(const Tape* tape, std::uint32_t node) : tape_(tape), node_(node) {}
    const Tape* tape_;
    std::uint32_t node_;
  };
  Iterator begin() const { return {tape_, first_}; }
  Iterator end() const { return {tape_, end_}; }

 private:
  friend class View;
  const Tape* tape_ = nullptr;
  std::uint32_t first_ = 0, end_ = 0;
};

}  // namespace assay::json
