#include "markup/well_formed_xml.hpp"

#include <expat.h>

#include <algorithm>
#include <memory>

#include "base/require.hpp"
#include "markup/space.hpp"

namespace assay::markup {
namespace {

/// Legal in no XML text, so that no namespace name can hold it.
constexpr XML_Char kSeparator = '\f';

struct Reading {
  XML_Parser parser = nullptr;
  std::string refusal;

  void refuse(const char* why) {
    refusal = why;
    XML_StopParser(parser, XML_FALSE);
  }
};

Reading& reading(void* data) {
  return *static_cast<Reading*>(data);
}

void on_declaration(void* data, const XML_Char* version, const XML_Char*, int) {
  const std::string_view text = version == nullptr ? "" : version;
  const bool known = text.size() > 2 && text.starts_with("1.") && std::all_of(text.begin() + 2, text.end(), is_digit);
  if (version != nullptr && !known) reading(data).refuse("the XML version must be 1 and something");
}

void on_document_type(void* data, const XML_Char*, const XML_Char* system, const XML_Char*, int has_subset) {
  if (has_subset != 0) return reading(data).refuse("internal DTD subsets are refused");
  if (system != nullptr && std::string_view(system).find('#') != std::string_view::npos) {
    reading(data).refuse("a document type's system identifier may not hold #");
  }
}

}  // namespace

std::optional<XmlFault> xml_fault(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreateNS("UTF-8", kSeparator),
                                                                       &XML_ParserFree);
  require(parser != nullptr, "an XML parser can be made");
  Reading state{parser.get(), {}};
  XML_SetUserData(parser.get(), &state);
  XML_SetXmlDeclHandler(parser.get(), &on_declaration);
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_document_type);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) == XML_STATUS_OK) {
    return std::nullopt;
  }
  const XML_Index at = XML_GetCurrentByteIndex(parser.get());
  XmlFault fault{state.refusal, at < 0 ? 0 : std::min(static_cast<std::size_t>(at), text.size())};
  if (fault.message.empty()) fault.message = XML_ErrorString(XML_GetErrorCode(parser.get()));
  return fault;
}

}  // namespace assay::markup
