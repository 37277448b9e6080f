#include "simulator/core/fci.h"

#include "apdu/ber_tlv.h"

namespace ssc::simulator::core {

Bytes standard_fci(const Df& df, Sfi dir) {
  const Bytes name = apdu::encode_tlv(0x84, df.name);
  if (df.application) return apdu::encode_tlv(0x6F, name);
  Bytes proprietary;
  if (dir != Sfi{0}) proprietary = apdu::encode_tlv(0x88, Bytes{static_cast<std::uint8_t>(dir)});
  const Bytes issuer =
      apdu::encode_tlv(0x9F0C, apdu::encode_tlv(0x86, Bytes{static_cast<std::uint8_t>(df.cipher)}));
  proprietary.insert(proprietary.end(), issuer.begin(), issuer.end());
  return apdu::encode_tlv(0x6F, apdu::concat({name, apdu::encode_tlv(0xA5, proprietary)}));
}

}  // namespace ssc::simulator::core
