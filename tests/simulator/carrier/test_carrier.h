// The lab's master key cards for unit tests: every random is 11 22 33 44 55 66 77 88.
#pragma once

#include "simulator/carrier/bindings.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {

inline constexpr std::string_view kSelectKeys = "00A4040006D15600000590";
inline constexpr std::string_view kCarrierPin = "0020000003123456";

// IRK as it is, and UK3DF01 for city 9901, for the PSAM 0100000000000005 over random 11223344.
inline constexpr std::string_view kExportIrk = "80E80011146708016740000000010000000000000511223344";
inline constexpr std::string_view kExportUk = "80E80011146724012740000000010000000000000511223344";

struct CarrierVector {
  const char* card;
  const char* irk;  // the answers, by openssl (Part 9 §7.1, §7.2)
  const char* uk;
  const char* proof;  // over random 1122334455667788 and original 0102030405060708
};
inline constexpr CarrierVector kCarrierVectors[] = {
    {"sample-master-card", "5FD7744858E365C9249D7FD7D409453E09EADB19B24C37F1C931A354CEC535F0C275603C9000",
     "74860641D14DF8D51A65D80684E00C99466DDD3C5DF51C0923F81267C0FD8678A73F21D89000", "90E81DD92AE8A5159000"},
    {"sample-master-card-des", "77D3D35C8064C6BD976300738FBE7B7D2DEC495630CAD57B731EAAF85CB2B7A080DA0FAD9000",
     "DA3BAE1838CB654A1DC109549118232EF777BA6476185F7E6DAC8B9AF52A6E701CD2903A9000", "A5EDA7EFE7EFF1349000"},
};

// A powered carrier with its application current and the PIN given.
class TestCarrier : public TestCard {
 public:
  explicit TestCarrier(const std::string& card)
      : TestCard(profile::load_card(card).value(), carrier::commands()) {
    send(kSelectKeys);
    send(kCarrierPin);
  }
};

}  // namespace ssc::simulator::test
