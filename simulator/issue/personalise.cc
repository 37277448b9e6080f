#include "simulator/issue/personalise.h"

#include <algorithm>

#include "simulator/core/headers.h"
#include "simulator/core/image_builder.h"

namespace ssc::simulator::issue {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using core::DfIndex;
using core::EfIndex;
using core::FileType;
using core::Image;

constexpr std::uint8_t kLoad = 0x00;
constexpr std::uint8_t kReplace = 0x01;
constexpr std::uint8_t kMaster = 0x00;
constexpr std::uint8_t kKey = 0x01;
constexpr std::uint8_t kPin = 0x02;

class Machine {
 public:
  Machine(apdu::Channel& card, const Image& target, const IssueKeys& keys)
      : session_(card), target_(target), keys_(keys) {}

  tl::expected<void, IssueError> run() {
    begin();
    for (std::size_t i = 0; i < target_.dfs.size(); ++i) make_df(static_cast<DfIndex>(i));
    go_to(core::kMfIndex);
    make_settings();
    end();
    return session_.result();
  }

 private:
  void begin() {
    session_.authenticate(keys_.transport);
    create_df("the MF", 0x00, core::kMfIndex);
    session_.load("loading the temporary master key", keys_.transport, kLoad, kMaster,
                  core::encode_master_key(keys_.temporary));
    session_.authenticate(keys_.temporary);
  }

  void end() {
    session_.load("replacing the master key", keys_.temporary, kReplace, kMaster,
                  core::encode_master_key(keys_.master));
    session_.authenticate(keys_.master);
    session_.send("END OF ISSUE", {0x80, 0xE6, 0x00, 0x00}, {});
  }

  void create_df(const std::string& what, std::uint8_t p1, DfIndex i) {
    const core::Df& df = target_.df(i);
    session_.send("creating " + what, {0x80, 0xE0, p1, 0x00},
                  core::encode_df_header({df.fid, df.alias, df.cipher, df.name}));
    environment_ = target_.environment(i);
  }

  // Another environment forgets what was proved in the one before.
  void go_to(DfIndex i) {
    session_.send("selecting " + target_.df(i).id, {0x00, 0xA4, 0x00, 0x00},
                  apdu::big_endian<2>(static_cast<std::uint16_t>(target_.df(i).fid)));
    if (environment_ != target_.environment(i)) session_.authenticate(keys_.temporary);
    environment_ = target_.environment(i);
  }

  void make_df(DfIndex i) {
    const core::Df& df = target_.df(i);
    if (i != core::kMfIndex) {
      if (environment_ != df.parent) go_to(df.parent);
      create_df(df.id, df.application ? 0x02 : 0x01, i);
      if (!df.application) session_.authenticate(keys_.temporary);
    }
    session_.send("the FCI of " + df.id, {0x80, 0xDA, 0x00, 0x6F}, df.fci);
    for (std::size_t ef = 0; ef < target_.efs.size(); ++ef) {
      if (target_.efs[ef].df == i) make_ef(df.id, static_cast<EfIndex>(ef));
    }
    for (const core::KeySlot& key : target_.keys) {
      if (key.df == i)
        session_.load("loading " + key.name, keys_.temporary, kLoad, kKey, core::encode_key(key));
    }
    if (target_.pin_owner == i) load_pin();
    if (target_.medical && target_.medical->df == i) make_account();
  }

  void make_ef(const std::string& df, EfIndex i) {
    const core::Ef& ef = target_.ef(i);
    const std::string what = df + "/EF" + std::to_string(index(i));
    session_.send("creating " + what, {0x80, 0xE0, 0x03, 0x00}, core::encode_ef_header(ef));
    if (ef.type == FileType::kTransparent) write_binary(what, contents(core::binary_cell(i)));
    for (std::size_t slot = 0; slot < ef.max_records; ++slot) {
      const ByteView record = contents(core::record_cell(i, slot));
      if (!record.empty()) session_.send("a record of " + what, {0x80, 0xD2, 0x00, 0x00}, record);
    }
  }

  // A new file is zeros already.
  void write_binary(const std::string& what, ByteView content) {
    constexpr std::size_t kPiece = 0x80;
    for (std::size_t at = 0; at < content.size(); at += kPiece) {
      const ByteView piece = content.subspan(at, std::min(kPiece, content.size() - at));
      if (std::ranges::all_of(piece, [](std::uint8_t byte) { return byte == 0; })) continue;
      const auto offset = apdu::big_endian<2>(at);
      session_.send("writing " + what, {0x80, 0xD0, offset[0], offset[1]}, piece);
    }
  }

  void load_pin() {
    const Bytes tries = {target_.pin_tries};
    session_.load("loading the PIN", keys_.temporary, kLoad, kPin,
                  apdu::concat({tries, contents(core::kPinCell)}));
  }

  void make_account() {
    session_.send("creating the medical account", {0x80, 0xE0, 0x04, 0x00},
                  apdu::concat({core::encode_account(*target_.medical), contents(core::kMedicalCell)}));
  }

  void make_settings() {
    session_.send("writing the ATR", {0x80, 0xDA, 0x00, 0x51}, target_.atr);
    session_.send("writing the settings", {0x80, 0xDA, 0x00, 0x53},
                  core::encode_settings({target_.t0, target_.select_ef_by_p1_00}));
  }

  ByteView contents(core::CellId id) const { return target_.initial(id).value_or(ByteView{}); }

  PersoSession session_;
  const Image& target_;
  const IssueKeys& keys_;
  DfIndex environment_ = core::kMfIndex;
};

}  // namespace

tl::expected<void, IssueError> personalise(apdu::Channel& card, const profile::CardModel& model,
                                           const IssueKeys& keys) {
  const auto target = core::build_image(model);
  return Machine(card, *target, keys).run();
}

tl::expected<void, IssueError> delete_structure(apdu::Channel& card, const keys::Key& temporary) {
  PersoSession session(card);
  session.send("selecting the MF", {0x00, 0xA4, 0x00, 0x00, 0x00}, {});
  session.authenticate(temporary);
  session.send("DELETE STRUCTURE", {0x80, 0xE4, 0x00, 0x00}, {});
  return session.result();
}

}  // namespace ssc::simulator::issue
