#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "templates/budget.hpp"

namespace assay::templates {

class Value;
class Object;
struct List;
using Items = std::vector<Value>;

/// A text the `safe` or `escape` filter has marked: an object to JavaScript, a text to most filters.
struct Marked {
  std::shared_ptr<const std::u16string> text;
};

/// A value as JavaScript sees it. Cheap to copy; lists and objects are shared and have an identity.
class Value {
 public:
  enum class Kind : std::uint8_t { undefined, null, boolean, number, text, marked, list, object };
  struct Null {};
  using TextPointer = std::shared_ptr<const std::u16string>;

  Value() = default;
  Value(Null) : held_(Null{}) {}
  explicit Value(bool boolean) : held_(boolean) {}
  explicit Value(double number) : held_(number) {}
  explicit Value(TextPointer text) : held_(std::move(text)) {}
  explicit Value(std::shared_ptr<const Marked> marked) : held_(std::move(marked)) {}
  explicit Value(std::shared_ptr<const List> list) : held_(std::move(list)) {}
  explicit Value(std::shared_ptr<Object> object) : held_(std::move(object)) {}

  Kind kind() const { return static_cast<Kind>(held_.index()); }
  bool is(Kind kind_asked) const { return kind() == kind_asked; }
  bool is_nothing() const { return kind() <= Kind::null; }  ///< undefined or null
  bool is_texty() const { return kind() == Kind::text || kind() == Kind::marked; }

  bool boolean() const { return std::get<bool>(held_); }
  double number() const { return std::get<double>(held_); }
  const TextPointer& text_pointer() const;  ///< of a text or a marked text
  std::u16string_view text() const { return *text_pointer(); }
  const Items& items() const;  ///< of a list
  Object& object() const { return *std::get<std::shared_ptr<Object>>(held_); }
  const void* identity() const;  ///< of a marked text, a list, an object
  std::size_t depth() const;     ///< 0 unless a list or an object

 private:
  std::variant<std::monostate, Null, bool, double, TextPointer, std::shared_ptr<const Marked>,
               std::shared_ptr<const List>, std::shared_ptr<Object>>
      held_;
};

struct List {
  Items items;
  std::size_t depth = 1;
};

/// Properties in the order they came.
class Object {
 public:
  using Member = std::pair<std::u16string, Value>;

  const Value* find(std::u16string_view key) const;
  void set(std::u16string key, Value value);  ///< a known key keeps its place
  std::size_t size() const { return members_.size(); }
  std::size_t depth() const { return depth_; }
  const std::vector<Member>& members() const { return members_; }
  /// As JavaScript lists them: whole numbers first, rising, then the others as they came.
  std::vector<const Member*> ordered() const;

 private:
  std::vector<Member> members_;
  std::map<std::u16string, std::size_t, std::less<>> index_;  // once there are many
  std::size_t depth_ = 1;
};

/// Makers; each pays from the budget what it builds.
Value text_value(Budget& budget, std::u16string text);
Value marked_value(Budget& budget, std::u16string text);
Value list_value(Budget& budget, Items items);
Value object_value(Budget& budget, Object object);

/// Whether a text is a list's index to JavaScript, and which: "0", "12", not "01".
bool is_index(std::u16string_view key, std::size_t& index);

}  // namespace assay::templates
