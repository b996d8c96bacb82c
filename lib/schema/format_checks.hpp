#pragma once
#include <string_view>

namespace assay::schema {

// Each says whether a text has a format. In format_time.cpp:
bool is_date(std::string_view text);
bool is_time(std::string_view text);       ///< with a zone
bool is_date_time(std::string_view text);  ///< with a zone
bool is_iso_time(std::string_view text);
bool is_iso_date_time(std::string_view text);
bool is_duration(std::string_view text);

// In format_net.cpp:
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);
/// As inside the brackets of a URI, where JavaScript's checker lets the decimal part have leading zeros.
bool is_ipv6_of_uri(std::string_view text);
bool is_hostname(std::string_view text);
bool is_email(std::string_view text);
bool is_idn_email(std::string_view text);
bool is_url(std::string_view text);

// In format_uri.cpp:
bool is_uri(std::string_view text);
bool is_uri_reference(std::string_view text);
bool is_iri(std::string_view text);
bool is_iri_reference(std::string_view text);
bool is_uri_template(std::string_view text);

// In formats.cpp:
bool is_json_pointer(std::string_view text);
bool is_relative_json_pointer(std::string_view text);
bool is_json_pointer_fragment(std::string_view text);
bool is_uuid(std::string_view text);
bool is_base64_line(std::string_view text);

}  // namespace assay::schema
