#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::postgres {

/// A one-dimensional array parameter in PostgreSQL's binary format (array_recv in utils/adt/arrayfuncs.c): about half
/// the CPU of an array literal, and any byte arrives at the server's own check: a NUL in text is refused there (22021),
/// never cut off silently.
class BinaryArray {
 public:
  /// Type ids of pg_type.dat.
  enum class Type : std::uint32_t {
    boolean = 16,
    bytea = 17,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    float8 = 701,
    jsonb = 3802
  };

  explicit BinaryArray(Type type, std::size_t expected_elements = 0, std::size_t expected_bytes = 8);

  void null();
  void boolean(bool value);
  void int2(std::int16_t value);
  void int4(std::int32_t value);
  void int8(std::int64_t value);
  void float8(double value);
  void bytes(std::string_view value);  ///< text and bytea
  void jsonb(std::string_view value);  ///< the type has a version byte before its text

  void int8_or_null(std::optional<std::int64_t> value) { value ? int8(*value) : null(); }
  void text_or_null(std::string_view value) { value.empty() ? null() : bytes(value); }  ///< empty means absent

  std::size_t size() const { return elements_; }

  /// The parameter. The array is spent.
  std::string take();

 private:
  void begin(std::size_t length);
  std::string bytes_;
  std::uint32_t elements_ = 0;
  bool nulls_ = false;
};

/// The parameters of one call, $1 first, all in binary format. None is null (libpqxx 6.4.5 cannot send one in a list
/// made at run time): a statement says what stands for null, as in nullif($1::text, '').
class Parameters {
 public:
  Parameters& text(std::string_view value);
  Parameters& boolean(bool value);
  Parameters& int4(std::int32_t value);
  Parameters& int8(std::int64_t value);
  Parameters& bytes(std::string_view value) { return text(value); }
  Parameters& array(BinaryArray&& value);

  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

/// Reads an array as the server prints it: {1,NULL,"a \"b\""}. Throws std::invalid_argument for any other text.
std::vector<std::optional<std::string>> parse_array(std::string_view printed);
std::vector<std::int64_t> parse_int_array(std::string_view printed);  ///< no nulls
std::vector<bool> parse_bool_array(std::string_view printed);         ///< null reads as false

}  // namespace assay::postgres
