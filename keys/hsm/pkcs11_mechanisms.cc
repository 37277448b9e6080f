#include "keys/hsm/pkcs11_mechanisms.h"

namespace ssc::keys::hsm {
namespace {

struct Row {
  CK_MECHANISM_TYPE type;
  CK_FLAGS flags;
  std::string_view name;
  std::string_view use;
};

constexpr Row kNeeded[] = {
    {CKM_DES3_ECB, CKF_ENCRYPT | CKF_DECRYPT, "CKM_DES3_ECB",
     "authentication data, enciphered data, key records"},
    {CKM_DES3_CBC, CKF_ENCRYPT, "CKM_DES3_CBC", "MACs"},
    {CKM_DES3_ECB_ENCRYPT_DATA, CKF_DERIVE, "CKM_DES3_ECB_ENCRYPT_DATA", "diversification and session keys"},
};

constexpr Row kUnused[] = {
    {CKM_DES_ECB, CKF_ENCRYPT, "CKM_DES_ECB", "not used: single DES runs as CKM_DES3_ECB under K‖K"},
    {CKM_DES3_ECB, CKF_WRAP, "CKM_DES3_ECB for C_WrapKey",
     "not used: a key record is longer than its key; keys leave the token diversified only"},
};

bool has(const Pkcs11Session& session, const Row& row) {
  CK_MECHANISM_INFO info{};
  return session.functions().C_GetMechanismInfo(session.slot(), row.type, &info) == CKR_OK &&
         (info.flags & row.flags) == row.flags;
}

}  // namespace

std::vector<Mechanism> token_mechanisms(const Pkcs11Session& session) {
  std::vector<Mechanism> out;
  const auto add = [&](const Row& row) {
    out.push_back({std::string(row.name), has(session, row), std::string(row.use)});
  };
  for (const Row& row : kNeeded) add(row);
  for (const Row& row : kUnused) add(row);
  out.push_back({"SM4", false, "PKCS#11 has no mechanism number for it"});
  out.push_back({"SSF33", false, "a secret cipher"});
  return out;
}

std::vector<std::string> missing_mechanisms(const Pkcs11Session& session) {
  std::vector<std::string> out;
  for (const Row& row : kNeeded) {
    if (!has(session, row)) out.emplace_back(row.name);
  }
  return out;
}

}  // namespace ssc::keys::hsm
