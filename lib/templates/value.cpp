#include "templates/value.hpp"

#include <algorithm>

namespace assay::templates {
namespace {

constexpr std::size_t kIndexedFrom = 12;

}  // namespace

const Value::TextPointer& Value::text_pointer() const {
  if (const auto* text = std::get_if<TextPointer>(&held_)) return *text;
  return std::get<std::shared_ptr<const Marked>>(held_)->text;
}

const Items& Value::items() const {
  return std::get<std::shared_ptr<const List>>(held_)->items;
}

const void* Value::identity() const {
  if (const auto* marked = std::get_if<std::shared_ptr<const Marked>>(&held_)) return marked->get();
  if (const auto* list = std::get_if<std::shared_ptr<const List>>(&held_)) return list->get();
  if (const auto* object = std::get_if<std::shared_ptr<Object>>(&held_)) return object->get();
  return nullptr;
}

std::size_t Value::depth() const {
  if (const auto* list = std::get_if<std::shared_ptr<const List>>(&held_)) return (*list)->depth;
  if (const auto* object = std::get_if<std::shared_ptr<Object>>(&held_)) return (*object)->depth();
  return 0;
}

const Value* Object::find(std::u16string_view key) const {
  if (!index_.empty()) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &members_[found->second].second;
  }
  for (const Member& member : members_) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

void Object::set(std::u16string key, Value value) {
  depth_ = std::max(depth_, value.depth() + 1);
  if (const Value* known = find(key)) {
    *const_cast<Value*>(known) = std::move(value);
    return;
  }
  members_.emplace_back(std::move(key), std::move(value));
  if (members_.size() < kIndexedFrom) return;
  for (std::size_t at = index_.size(); at < members_.size(); ++at) index_.emplace(members_[at].first, at);
}

std::vector<const Object::Member*> Object::ordered() const {
  std::vector<std::pair<std::size_t, const Member*>> numbered;
  std::vector<const Member*> others;
  for (const Member& member : members_) {
    std::size_t index = 0;
    if (is_index(member.first, index)) {
      numbered.emplace_back(index, &member);
    } else {
      others.push_back(&member);
    }
  }
  if (numbered.empty()) return others;
  std::sort(numbered.begin(), numbered.end());
  std::vector<const Member*> all;
  all.reserve(members_.size());
  for (const auto& [index, member] : numbered) all.push_back(member);
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

Value text_value(Budget& budget, std::u16string text) {
  budget.build(sizeof(std::u16string) + 2 * text.size());
  return Value(std::make_shared<const std::u16string>(std::move(text)));
}

Value marked_value(Budget& budget, std::u16string text) {
  budget.build(2 * sizeof(std::u16string) + 2 * text.size());
  return Value(std::make_shared<const Marked>(Marked{std::make_shared<const std::u16string>(std::move(text))}));
}

Value list_value(Budget& budget, Items items) {
  budget.build(sizeof(List) + sizeof(Value) * items.size());
  std::size_t depth = 0;
  for (const Value& item : items) depth = std::max(depth, item.depth());
  budget.nest(depth + 1);
  return Value(std::make_shared<const List>(List{std::move(items), depth + 1}));
}

Value object_value(Budget& budget, Object object) {
  std::size_t bytes = sizeof(Object) + 2 * sizeof(Object::Member) * object.size();
  for (const Object::Member& member : object.members()) bytes += 2 * member.first.size();
  budget.build(bytes);
  budget.nest(object.depth());
  return Value(std::make_shared<Object>(std::move(object)));
}

bool is_index(std::u16string_view key, std::size_t& index) {
  if (key.empty() || key.size() > 10 || (key[0] == u'0' && key.size() > 1)) return false;
  std::size_t number = 0;
  for (const char16_t unit : key) {
    if (unit < u'0' || unit > u'9') return false;
    number = number * 10 + (unit - u'0');
  }
  if (number > 0xFFFFFFFEu) return false;
  index = number;
  return true;
}

}  // namespace assay::templates
