#include "apdu/fields.h"

#include <algorithm>
#include <array>

namespace ssc::apdu {
namespace {

constexpr Phrase kAlgorithm{"algorithm", "算法标识"};
constexpr Phrase kAuthentication{"authentication data", "认证数据"};
constexpr Phrase kCipherText{"cipher text", "密文"};
constexpr Phrase kCheckValue{"KCV", "密钥校验值"};
constexpr Phrase kDateTime{"date and time", "交易日期时间"};
constexpr Phrase kExports{"exports left", "剩余导出次数"};
constexpr Phrase kGroup{"group", "密钥组"};
constexpr Phrase kKeyId{"key id", "密钥标识"};
constexpr Phrase kKeyIndex{"key index", "密钥索引"};
constexpr Phrase kKeyVersion{"key version", "密钥版本"};
constexpr Phrase kMac{"MAC", "MAC"};
constexpr Phrase kMac1{"MAC1", "MAC1"};
constexpr Phrase kMac2{"MAC2", "MAC2"};
constexpr Phrase kMonthDay{"month and day", "月日"};
constexpr Phrase kOriginal{"original information", "原始信息"};
constexpr Phrase kPayYear{"pay year", "结算年度"};
constexpr Phrase kPersonal{"personal account", "个人帐户"};
constexpr Phrase kPooled{"pooled fund", "统筹基金"};
constexpr Phrase kPurchaseSequence{"purchase sequence", "消费交易序号"};
constexpr Phrase kRandom{"random number", "随机数"};
constexpr Phrase kReceivers{"receivers", "接收方类型"};
constexpr Phrase kReceiverRandom{"receiver's random number", "接收方随机数"};
constexpr Phrase kReceiverUsage{"usage at the receiver", "接收方用途"};
constexpr Phrase kSelfPaid{"self-paid", "个人自付"};
constexpr Phrase kSerial{"receiver's serial number", "接收方序列号"};
constexpr Phrase kTac{"TAC", "TAC"};
constexpr Phrase kTerminal{"terminal", "终端机编号"};
constexpr Phrase kTerminalSequence{"terminal sequence", "终端交易序号"};
constexpr Phrase kTransmissionKey{"transmission key", "传输密钥"};
constexpr Phrase kUsage{"usage", "用途"};

class Row {
 public:
  constexpr Row(CommandId id, Direction direction, std::initializer_list<Field> fields)
      : id_(id), direction_(direction), count_(fields.size()) {
    std::copy(fields.begin(), fields.end(), fields_.begin());
  }
  constexpr bool is(CommandId id, Direction direction) const { return id_ == id && direction_ == direction; }
  constexpr std::span<const Field> fields() const { return {fields_.data(), count_}; }

 private:
  CommandId id_;
  Direction direction_;
  std::array<Field, 11> fields_{};
  std::size_t count_;
};

constexpr Direction kCommand = Direction::kCommand;
constexpr Direction kResponse = Direction::kResponse;

// Part 5 §6.
constexpr std::array kBasic{
    Row{CommandId::kApplicationBlock, kCommand, {{4, kMac}}},
    Row{CommandId::kCardBlock, kCommand, {{4, kMac}}},
    Row{CommandId::kChangePin, kCommand, {{0, {"old PIN, FF, new PIN", "原密码、FF、新密码"}}}},
    Row{CommandId::kExternalAuthentication,
        kCommand,
        {{8, kAuthentication}, {8, kOriginal}, {1, kKeyVersion}}},
    Row{CommandId::kGetChallenge, kResponse, {{0, kRandom}}},
    Row{CommandId::kInternalAuthentication,
        kCommand,
        {{8, {"session factor", "过程因子"}}, {8, kOriginal}, {1, kKeyVersion}}},
    Row{CommandId::kInternalAuthentication, kResponse, {{8, kAuthentication}}},
    Row{CommandId::kPinUnblock, kCommand, {{4, kMac}}},
    Row{CommandId::kPinReload, kCommand, {{0, {"enciphered PIN", "密码密文"}}, {4, kMac}}},
    Row{CommandId::kVerify, kCommand, {{0, {"PIN", "个人密码"}}}},
};

// Part 5 §7.
constexpr std::array kMedical{
    Row{CommandId::kInitializeForLoad,
        kCommand,
        {{1, kKeyIndex}, {4, {"amount", "交易金额"}}, {6, kTerminal}}},
    Row{CommandId::kInitializeForLoad,
        kResponse,
        {{4, {"balance", "余额"}},
         {2, {"load sequence", "划入交易序号"}},
         {1, kKeyVersion},
         {1, kAlgorithm},
         {4, kRandom},
         {4, kMac1}}},
    Row{CommandId::kCreditForLoad, kCommand, {{7, kDateTime}, {4, kMac2}}},
    Row{CommandId::kCreditForLoad, kResponse, {{4, kTac}}},
    Row{CommandId::kInitializeForPurchase,
        kCommand,
        {{1, kKeyIndex}, {4, kPersonal}, {4, kSelfPaid}, {4, kPooled}, {6, kTerminal}}},
    Row{CommandId::kInitializeForPurchase,
        kResponse,
        {{4, {"CIA", "个人帐户余额"}},
         {4, {"SPIP", "个人自付累计"}},
         {4, {"SPFP", "统筹支付累计"}},
         {2, kPayYear},
         {2, kPurchaseSequence},
         {1, kKeyVersion},
         {1, kAlgorithm},
         {4, kRandom}}},
    Row{CommandId::kDebitForPurchase, kCommand, {{4, kTerminalSequence}, {7, kDateTime}, {4, kMac1}}},
    Row{CommandId::kDebitForPurchase, kResponse, {{4, kTac}, {4, kMac2}}},
    Row{CommandId::kGetBalance, kResponse, {{4, {"balance", "余额"}}, {2, kPayYear}}},
    Row{CommandId::kGetTransactionProof, kCommand, {{2, {"transaction sequence", "交易序号"}}}},
    Row{CommandId::kGetTransactionProof, kResponse, {{4, kMac}, {4, kTac}}},
    Row{CommandId::kUpdateStartingDay, kCommand, {{2, kMonthDay}}},
    Row{CommandId::kGetStartingDay, kResponse, {{2, kMonthDay}}},
};

// Part 9 §9.
constexpr std::array kPsam{
    Row{CommandId::kInitializeEnvironment, kCommand, {{1, {"province", "省级代码"}}}},
    Row{CommandId::kCreateKey, kCommand, {{0, kCipherText}, {4, kMac}}},
    Row{CommandId::kChangeKey, kCommand, {{0, kCipherText}, {4, kMac}}},
    Row{CommandId::kDeliverySessionKey,
        kCommand,
        {{0, {"factors L3 L2 L1, session factor", "分散因子，过程因子"}}}},
    Row{CommandId::kInitSamForPurchase,
        kCommand,
        {{4, {"card's random number", "卡随机数"}},
         {2, kPurchaseSequence},
         {4, kPersonal},
         {4, kSelfPaid},
         {4, kPooled},
         {1, {"type", "交易类型"}},
         {4, {"date", "交易日期"}},
         {3, {"time", "交易时间"}},
         {1, kKeyVersion},
         {1, kAlgorithm},
         {0, {"factors L3 L2 L1", "分散因子"}}}},
    Row{CommandId::kInitSamForPurchase, kResponse, {{4, kTerminalSequence}, {4, kMac1}}},
    Row{CommandId::kCreditSamForPurchase, kCommand, {{4, kMac2}}},
};

// simulator/carrier/README.md §4.
constexpr std::array kCarrier{
    Row{CommandId::kReplaceKey, kCommand, {{0, kCipherText}, {4, kMac}}},
    Row{CommandId::kGetKeyInformation, kCommand, {{1, kTransmissionKey}, {1, kReceiverUsage}}},
    Row{CommandId::kGetKeyInformation,
        kResponse,
        {{1, kUsage},
         {1, kKeyId},
         {1, kGroup},
         {1, kAlgorithm},
         {2, kReceivers},
         {2, kExports},
         {3, kCheckValue}}},
    Row{CommandId::kMakeProof, kCommand, {{8, kSerial}, {0, kReceiverRandom}, {8, kOriginal}}},
    Row{CommandId::kMakeProof, kResponse, {{8, kAuthentication}}},
    Row{CommandId::kExportKey,
        kCommand,
        {{1, kUsage},
         {1, kKeyId},
         {1, kGroup},
         {1, kReceiverUsage},
         {1, kTransmissionKey},
         {1, kReceivers},
         {2, kExports},
         {8, kSerial},
         {0, kReceiverRandom}}},
    Row{CommandId::kExportKey, kResponse, {{0, kCipherText}, {4, kMac}}},
};

}  // namespace

std::span<const Field> fields_of(CommandId id, Direction direction) {
  for (const std::span<const Row> table : {std::span<const Row>(kBasic), std::span<const Row>(kMedical),
                                           std::span<const Row>(kPsam), std::span<const Row>(kCarrier)}) {
    for (const Row& row : table) {
      if (row.is(id, direction)) return row.fields();
    }
  }
  return {};
}

}  // namespace ssc::apdu
