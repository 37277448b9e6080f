#include "simulator/carrier/commands/load_key.h"

#include "keys/standard.h"
#include "tests/simulator/carrier/test_carrier.h"

namespace ssc::simulator::test {
namespace {

// Own keys of the sample (openssl: roots 31 and 30 of the route, by serial number 0100000000000003).
constexpr std::string_view kCity = "sample-mother-card-city";

keys::Key own(const CardModel& model, std::string_view name) {
  const auto& all = model.find_df("DF01")->keys;
  return std::ranges::find(all, name, &profile::KeyEntry::name)->value;
}

class LoadKey : public testing::Test {
 protected:
  void prove() {
    carrier.send("0084000008");
    const auto session = keys::session_key(own(model, "KID-01"), hex("1122334455667788"));
    const auto data = keys::authentication_data(session, hex("0102030405060708"));
    ASSERT_EQ(carrier.send("0082000110" + apdu::to_hex(data) + "0102030405060708"), "9000");
  }
  std::string load(std::string_view p1, std::string_view plain) {
    carrier.send("0084000004");
    const keys::Key master = own(model, "ADF-MK");
    const auto text = keys::encipher_key_record(master, hex(plain));
    const Bytes header = hex("84D4" + std::string(p1) + "1124");
    const auto mac = keys::key_loading_mac(master, hex("11223344"), {header, text});
    return carrier.send(apdu::to_hex(apdu::concat({header, text, mac})));
  }
  CardModel model = profile::load_card(kCity).value();
  TestCarrier carrier{std::string(kCity)};
};

TEST_F(LoadKey, ARecordIsThereAfterwardsAndAfterPower) {
  prove();
  ASSERT_EQ(load("00", "2724010301000005606162636465666768696A6B6C6D6E6F"), "9000");
  carrier.card().power_off();
  carrier.card().power_on();
  carrier.send(kSelectKeys);
  carrier.send(kCarrierPin);
  EXPECT_EQ(carrier.send("80CA01110B").substr(0, 16), "2724010301000005");
}

TEST_F(LoadKey, ReplaceGivesNewTermsToWhatIsThere) {
  prove();
  EXPECT_EQ(load("01", "2724010301000005606162636465666768696A6B6C6D6E6F"), "6A88");
  ASSERT_EQ(load("00", "2724010301000005606162636465666768696A6B6C6D6E6F"), "9000");
  EXPECT_EQ(load("00", "2724010301000005606162636465666768696A6B6C6D6E6F"), "6A80");
  ASSERT_EQ(load("01", "2724010301000001707172737475767778797A7B7C7D7E7F"), "9000");
  EXPECT_EQ(carrier.send("80CA01110B").substr(0, 16), "2724010301000001");
}

TEST_F(LoadKey, NeedsTheProofOfTheFilesOwner) {
  EXPECT_EQ(load("00", "2724010301000005606162636465666768696A6B6C6D6E6F"), "6982");
}

}  // namespace
}  // namespace ssc::simulator::test
