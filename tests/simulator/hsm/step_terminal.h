// A terminal's library reduced to its HSM functions (provincial terminal spec §9): it talks to a virtual card
// and says and takes the texts of the steps. Made for tests: it knows the sample cards' keys by id and asks
// nobody for a PIN.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "apdu/hex.h"
#include "simulator/factory.h"

namespace ssc::simulator::test {

inline constexpr const char* kSelectSsse = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00";

class StepTerminal {
 public:
  explicit StepTerminal(const std::string& sample)
      : model_(profile::load_card(sample).value()), card_(make_card(model_, {.seed = 7})) {
    card_->power_on();
    EXPECT_EQ(send(kSelectSsse).substr(0, 4), "6F1C");
  }

  // One command; after 6Cxx again with the length the card names, as T=0 has it.
  std::string send(const std::string& command) {
    const std::string answer = apdu::to_hex(card_->transmit(apdu::parse_hex(command).value()).encode());
    if (!answer.starts_with("6C") || answer.size() != 4) return answer;
    return send(command.substr(0, command.size() - 2) + answer.substr(2));
  }

  bool sm4() const { return model_.cipher == keys::Cipher::kSm4; }
  std::string algorithm() const { return sm4() ? "03" : "01"; }
  std::string historical() const { return apdu::to_hex(model_.historical); }
  std::string card_text() const { return "990100|" + historical() + "|"; }

  // ReadCardBas, step 1: the card's own proof is kept for step 2.
  std::string read_basic_step1(bool outer) {
    const std::string original = challenge();
    const std::string factor = challenge();
    const std::string answer = send("0088000010" + factor + original + "08");
    EXPECT_EQ(answer.substr(16), "9000");
    inner_proof_ = answer.substr(0, 16);
    const std::string code = send("00B2012C00").substr(4, 32);
    std::string text =
        "990100|" + historical() + "|" + algorithm() + "|" + code + "|" + factor + "|" + original + "|";
    if (!outer) return text + "||";
    const std::string outer_original = challenge();
    return text + challenge() + "|" + outer_original + "|";
  }
  // Step 2: compares the card's proof, authenticates with RKSSSE when there is one, and reads the name in
  // EF06.
  std::string read_basic_step2(const std::string& key) {
    const std::size_t bar = key.find('|');
    if (key.substr(0, 16) != inner_proof_) return "-21";
    const std::string outer = key.substr(bar + 1, key.size() - bar - 2);
    if (!outer.empty()) {
      const std::string answer = authenticate("0A", outer);
      if (answer != "9000") return answer;
    }
    return send("00B2093000");
  }

  // ReadCard, WriteCard, ReloadPIN, UnblockPIN, step 1.
  std::string authenticate_step1(const std::string& address) {
    const std::string original = challenge();
    return algorithm() + "|" + address + "|" + challenge() + "|" + original + "|";
  }
  // Their step 2 up to the authentication; `proof` is data ‖ original.
  std::string authenticate(const std::string& id, const std::string& proof) {
    return send("008200" + id + "10" + proof);
  }

  std::string reload_step2(const std::string& pin) {
    return algorithm() + "|0173|" + challenge() + "|" + (sm4() ? "8424000114" : "842400010C") + "|" + pin +
           "|";
  }
  std::string unblock_step2() { return algorithm() + "|0173|" + challenge() + "|8424000004||"; }

  // DoDebit, step 1, after the PIN: 12.34 in all, 5.00 of it pooled.
  std::string debit_step1() {
    EXPECT_EQ(send("00A4000002DF04").substr(0, 2), "6F");
    const std::string init = send("B0280101130100000000" + std::string(kAmounts) + "00000000000016");
    EXPECT_EQ(init.substr(44), "9000") << init;
    return algorithm() + "|017F|" + init.substr(36, 8) + "|" + init.substr(28, 4) + "|" + kAmounts +
           "|32|000000000000|" + kTime + "|";
  }
  // Step 2: "terminal sequence|time|MAC1|" in, what iDoDebit says out.
  std::string debit_step2(const std::string& key) {
    const std::string sequence = key.substr(0, 8);
    const std::string answer = send("B02C01000F" + sequence + key.substr(9, 14) + key.substr(24, 8) + "08");
    if (answer.size() != 20) return answer;
    return answer.substr(8, 8) + "|" + algorithm() + "|017F|" + kAmounts + "|32|000000000000|" + sequence +
           "|" + kTime + "|" + answer.substr(0, 8) + "|";
  }

 private:
  static constexpr const char* kAmounts = "000004D2000001F4";
  static constexpr const char* kTime = "20260701120000";

  std::string challenge() {
    const std::string answer = send("0084000008");
    EXPECT_EQ(answer.substr(16), "9000");
    return answer.substr(0, 16);
  }

  profile::CardModel model_;
  std::unique_ptr<VirtualCard> card_;
  std::string inner_proof_;
};

}  // namespace ssc::simulator::test
