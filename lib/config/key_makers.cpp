#include "config/key_makers.hpp"

#include <algorithm>
#include <array>

#include "config/values.hpp"
#include "json/document.hpp"

namespace assay::config {
namespace {

using Put = Result<void, std::string>;

/// What `expected` already says needs no more words.
Put unexpected() {
  return failure(std::string());
}

Key key_of(std::string path, std::string expected, std::string help) {
  Key key;
  key.path = std::move(path);
  key.expected = std::move(expected);
  key.help = std::move(help);
  return key;
}

/// A key whose single value is read by `read`, kept when `fits`, and shown by `show`.
template <class Member, class Read, class Show>
void single(Key& key, At<Member> at, Read read, Show show) {
  key.put = [at, read](Settings& settings, const std::vector<Item>& items) -> Put {
    auto value = read(items.front().text);
    if (!value) return unexpected();
    at(settings) = *value;
    return {};
  };
  key.show = [at, show](const Settings& settings) {
    Settings copy = settings;
    return show(at(copy));
  };
}

template <class Value>
std::optional<Value> within(std::optional<Value> value, Value least, Value most) {
  return value && *value >= least && *value <= most ? value : std::nullopt;
}

std::string limit_name(std::string path, std::string_view unit) {
  std::replace(path.begin(), path.end(), '.', '_');
  return path + std::string(unit);
}

bool is_token(std::string_view name) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  const auto fits = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), fits);
}

/// Headers that Assay sets itself, or that would carry a key outside `api_key`.
bool is_forbidden_header(std::string name) {
  constexpr std::array<std::string_view, 14> forbidden = {
      "authorization", "proxy-authorization", "x-api-key",    "api-key", "x-goog-api-key",    "cookie", "host",
      "connection",    "content-length",      "content-type", "expect",  "transfer-encoding", "te",     "upgrade"};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(forbidden.begin(), forbidden.end(), name) != forbidden.end();
}

bool is_header_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != '\x7F'); });
}

std::string shown(const Secret& secret) {
  return secret.empty() ? "(none)" : "(secret, fingerprint " + secret.fingerprint() + ")";
}

bool is_name(std::string_view text) {
  const auto fits = [](char c) { return c > ' ' && c != '\x7F' && c != ',' && c != '"'; };
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

Key integer_key(std::string path, At<std::int32_t> at, std::int32_t least, std::int32_t most, std::string help) {
  Key key = key_of(std::move(path), "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
                   std::move(help));
  single(
      key, at,
      [least, most](const std::string& text) -> std::optional<std::int32_t> {
        const auto number = within<std::int64_t>(parse_integer(text), least, most);
        if (!number) return std::nullopt;
        return static_cast<std::int32_t>(*number);
      },
      [](std::int32_t number) { return std::to_string(number); });
  key.limit_name = limit_name(key.path, "");
  key.limit = [at](const Settings& settings) {
    Settings copy = settings;
    return std::optional<double>(at(copy));
  };
  return key;
}

Key count_key(std::string path, At<std::int64_t> at, std::string help) {
  constexpr std::int64_t most = 1'000'000'000'000;
  Key key = key_of(std::move(path), "a whole number from 0 to " + std::to_string(most), std::move(help));
  single(
      key, at, [](const std::string& text) { return within<std::int64_t>(parse_integer(text), 0, most); },
      [](std::int64_t number) { return std::to_string(number); });
  return key;
}

Key flag_key(std::string path, At<bool> at, std::string help) {
  return choice_key<bool>(std::move(path), std::move(at), {{"true", true}, {"false", false}}, std::move(help));
}

Key number_key(std::string path, At<double> at, double least, double most, std::string help) {
  Key key = key_of(std::move(path), "a number from " + to_text(least) + " to " + to_text(most), std::move(help));
  single(
      key, at, [least, most](const std::string& text) { return within(parse_number(text), least, most); },
      [](double number) { return to_text(number); });
  key.limit_name = limit_name(key.path, "");
  key.limit = [at](const Settings& settings) {
    Settings copy = settings;
    return std::optional<double>(at(copy));
  };
  return key;
}

Key duration_key(std::string path, At<Duration> at, Duration least, Duration most, std::string help) {
  Key key =
      key_of(std::move(path),
             "a duration from " + to_text(least) + " to " + to_text(most) + " with its unit, such as 500ms, 60s or 2m",
             std::move(help));
  single(
      key, at, [least, most](const std::string& text) { return within(parse_duration(text), least, most); },
      [](Duration duration) { return to_text(duration); });
  key.limit_name = limit_name(key.path, "_seconds");
  key.limit = [at](const Settings& settings) {
    Settings copy = settings;
    return std::optional<double>(std::chrono::duration<double>(at(copy)).count());
  };
  return key;
}

Key size_key(std::string path, At<std::int64_t> at, std::int64_t least, std::int64_t most, std::string help) {
  Key key = key_of(
      std::move(path),
      "a size from " + size_to_text(least) + " to " + size_to_text(most) + " with its unit, such as 64KiB or 16MiB",
      std::move(help));
  single(
      key, at, [least, most](const std::string& text) { return within(parse_size(text), least, most); },
      [](std::int64_t bytes) { return size_to_text(bytes); });
  key.limit_name = limit_name(key.path, "_bytes");
  key.limit = [at](const Settings& settings) {
    Settings copy = settings;
    return std::optional<double>(static_cast<double>(at(copy)));
  };
  return key;
}

Key text_key(std::string path, At<std::string> at, std::string help) {
  Key key = key_of(std::move(path), "text without line breaks, at most 1024 bytes", std::move(help));
  key.expands = true;
  single(
      key, at,
      [](const std::string& text) {
        return text.size() <= 1024 && is_header_value(text) ? std::optional(text) : std::nullopt;
      },
      [](const std::string& text) { return text; });
  return key;
}

Key object_key(std::string path, At<std::string> at, std::string help) {
  Key key = key_of(std::move(path), "a JSON object in one line, at most 1024 bytes", std::move(help));
  single(
      key, at,
      [](const std::string& text) {
        const bool fits = text.size() <= 1024 && is_header_value(text);
        const auto document = json::parse(fits ? text : std::string());
        return document && document->root().is_object() ? std::optional(text) : std::nullopt;
      },
      [](const std::string& text) { return text; });
  return key;
}

Key secret_key(std::string path, At<Secret> at, std::string help) {
  Key key = key_of(std::move(path), "text without line breaks", std::move(help));
  key.secret = true;
  key.expands = true;
  single(
      key, at,
      [](const std::string& text) { return is_header_value(text) ? std::optional(Secret(text)) : std::nullopt; },
      [](const Secret& secret) { return shown(secret); });
  return key;
}

Key url_key(std::string path, At<std::string> at, std::string help) {
  Key key = key_of(std::move(path), "a URL such as https://api.example.com/v1", std::move(help));
  key.expands = true;
  key.put = [at](Settings& settings, const std::vector<Item>& items) -> Put {
    auto url = parse_base_url(items.front().text);
    if (!url) return failure("expected " + url.error());
    at(settings) = std::move(*url);
    return {};
  };
  key.show = [at](const Settings& settings) {
    Settings copy = settings;
    return at(copy);
  };
  return key;
}

Key address_key(std::string path, At<ListenAddress> at, std::string help) {
  Key key = key_of(std::move(path), "an address and a port, such as 127.0.0.1:9464", std::move(help));
  single(
      key, at, [](const std::string& text) { return parse_address(text); },
      [](const ListenAddress& address) { return to_text(address); });
  return key;
}

Key identifier_key(std::string path, At<std::string> at, std::string help) {
  Key key =
      key_of(std::move(path), "a name of lower-case letters, digits and underscores, at most 40", std::move(help));
  single(
      key, at,
      [](const std::string& text) {
        const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
        const bool good = !text.empty() && text.size() <= 40 && !(text[0] >= '0' && text[0] <= '9') &&
                          !text.starts_with("pg_") && std::all_of(text.begin(), text.end(), fits);
        return good ? std::optional(text) : std::nullopt;
      },
      [](const std::string& text) { return text; });
  return key;
}

Key names_key(std::string path, At<std::vector<std::string>> at, std::string help) {
  Key key = key_of(std::move(path), "one or more names without spaces, each once", std::move(help));
  key.shape = Shape::many;
  key.put = [at](Settings& settings, const std::vector<Item>& items) -> Put {
    std::vector<std::string> names;
    for (const Item& item : items) {
      const bool twice = std::find(names.begin(), names.end(), item.text) != names.end();
      if (!is_name(item.text) || twice) return unexpected();
      names.push_back(item.text);
    }
    if (names.empty()) return unexpected();
    at(settings) = std::move(names);
    return {};
  };
  key.show = [at](const Settings& settings) {
    Settings copy = settings;
    std::string text;
    for (const std::string& name : at(copy)) text += (text.empty() ? "" : ",") + name;
    return text;
  };
  return key;
}

Key headers_key(std::string path, At<std::vector<std::pair<std::string, Secret>>> at, std::string help) {
  Key key = key_of(std::move(path), "header names with their values", std::move(help));
  key.shape = Shape::named;
  key.secret = true;
  key.expands = true;
  key.put = [at](Settings& settings, const std::vector<Item>& items) -> Put {
    std::vector<std::pair<std::string, Secret>> headers;
    for (const Item& item : items) {
      if (!is_token(item.name)) return failure(std::string("expected a header's name"));
      if (is_forbidden_header(item.name)) return failure(item.name + " is set by Assay and cannot be configured");
      if (!is_header_value(item.text)) return failure("the value of " + item.name + " holds a control character");
      headers.emplace_back(item.name, Secret(item.text));
    }
    at(settings) = std::move(headers);
    return {};
  };
  key.show = [at](const Settings& settings) {
    Settings copy = settings;
    std::string text;
    for (const auto& [name, value] : at(copy)) text += (text.empty() ? "" : ", ") + name + " " + shown(value);
    return text.empty() ? "(none)" : text;
  };
  return key;
}

Key map_key(std::string path, At<std::vector<std::pair<std::string, std::string>>> at, std::string help) {
  Key key = key_of(std::move(path), "names without spaces, each with the name it stands for", std::move(help));
  key.shape = Shape::named;
  key.of_the_file = true;
  key.put = [at](Settings& settings, const std::vector<Item>& items) -> Put {
    for (const Item& item : items) {
      if (!is_name(item.name) || !is_name(item.text)) return unexpected();
    }
    auto& map = at(settings);
    for (const Item& item : items) {
      std::erase_if(map, [&item](const auto& entry) { return entry.first == item.name; });
      map.emplace_back(item.name, item.text);
    }
    return {};
  };
  key.show = [at](const Settings& settings) {
    Settings copy = settings;
    std::string text;
    for (const auto& [name, target] : at(copy)) text += (text.empty() ? "" : ", ") + name + " → " + target;
    return text.empty() ? "(none)" : text;
  };
  return key;
}

Key lists_key(std::string path, At<Fallbacks> at, std::string help) {
  Key key = key_of(std::move(path), "names without spaces, each with a list of names", std::move(help));
  key.shape = Shape::named_lists;
  key.of_the_file = true;
  key.put = [at](Settings& settings, const std::vector<Item>& items) -> Put {
    Fallbacks lists;
    for (const Item& item : items) {
      if (!is_name(item.name) || !is_name(item.text)) return unexpected();
      if (lists.empty() || lists.back().first != item.name) lists.push_back({item.name, {}});
      lists.back().second.push_back(item.text);
    }
    Fallbacks& all = at(settings);
    for (auto& list : lists) {
      std::erase_if(all, [&list](const auto& entry) { return entry.first == list.first; });
      all.push_back(std::move(list));
    }
    return {};
  };
  key.show = [at](const Settings& settings) {
    Settings copy = settings;
    std::string text;
    for (const auto& [name, others] : at(copy)) {
      text += (text.empty() ? "" : "; ") + name + " → ";
      for (std::size_t i = 0; i < others.size(); ++i) text += (i > 0 ? ", " : "") + others[i];
    }
    return text.empty() ? "(none)" : text;
  };
  return key;
}

}  // namespace assay::config
