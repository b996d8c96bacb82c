#include "tests/unit/curl/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <cstdio>
#include <memory>

#include "base/require.hpp"

namespace assay::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

File open(const std::string& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode), &std::fclose);
  require(file != nullptr, "a test can open its certificate files");
  return file;
}

void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "an extension can be added");
  X509_EXTENSION_free(extension);
}

void name(X509_NAME* where, const std::string& text) {
  std::string copy = text;
  X509_NAME_add_entry_by_txt(where, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char*>(copy.data()), -1, -1, 0);
}

}  // namespace

Authority::Authority() {
  std::string pattern = (std::filesystem::temp_directory_path() / "assay-tls-XXXXXX").string();
  require(mkdtemp(pattern.data()) != nullptr, "a test can make a directory");
  directory_ = pattern;
  own_ = make("Assay test authority", 3600, true, true);
}

Authority::~Authority() {
  std::filesystem::remove_all(directory_);
}

Authority::Files Authority::sign(const std::string& subject_name, long valid_seconds) {
  return make(subject_name, valid_seconds, false, false);
}

Authority::Files Authority::self_signed(const std::string& subject_name) {
  return make(subject_name, 3600, false, true);
}

Authority::Files Authority::make(const std::string& subject_name, long valid_seconds, bool authority, bool self) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++made_);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_seconds);
  X509_set_pubkey(certificate.get(), key.get());
  name(X509_get_subject_name(certificate.get()), authority ? subject_name : "server");

  Key issuer_key(nullptr, &EVP_PKEY_free);
  Certificate issuer(nullptr, &X509_free);
  if (!self) {
    issuer.reset(PEM_read_X509(open(own_.certificate, "r").get(), nullptr, nullptr, nullptr));
    issuer_key.reset(PEM_read_PrivateKey(open(own_.key, "r").get(), nullptr, nullptr, nullptr));
  }
  X509* by = self ? certificate.get() : issuer.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(by));
  if (authority) {
    extend(certificate.get(), by, NID_basic_constraints, "critical,CA:TRUE");
  } else {
    extend(certificate.get(), by, NID_subject_alt_name, subject_name);
  }
  require(X509_sign(certificate.get(), self ? key.get() : issuer_key.get(), EVP_sha256()) > 0, "a test can sign");

  const std::string stem = (directory_ / std::to_string(made_)).string();
  const Files files{stem + ".pem", stem + ".key"};
  PEM_write_X509(open(files.certificate, "w").get(), certificate.get());
  PEM_write_PrivateKey(open(files.key, "w").get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return files;
}

}  // namespace assay::test
