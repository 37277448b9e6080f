#include "keys/ledger/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <vector>

#include "apdu/hex.h"

namespace ssc::keys::ledger {
namespace {

using apdu::Language;
using apdu::Phrase;

template <class T>
struct Name {
  T value;
  Phrase phrase;
};
constexpr Name<Kind> kKinds[] = {
    {Kind::kOpen, {"centre opened", "中心建立"}},
    {Kind::kTrust, {"key taken in", "登记公钥"}},
    {Kind::kCreate, {"created", "生成"}},
    {Kind::kIssue, {"issued", "发放"}},
    {Kind::kReceive, {"received", "接收"}},
    {Kind::kLoad, {"keys loaded", "装载密钥"}},
    {Kind::kHandover, {"handed over", "交接"}},
    {Kind::kStore, {"stored", "入库保管"}},
    {Kind::kUse, {"used", "使用"}},
    {Kind::kReturn, {"returned", "归还"}},
    {Kind::kDestroy, {"destroyed", "销毁"}},
    {Kind::kMend, {"ledger mended", "台账修复"}},
    {Kind::kCertificate, {"certificate recorded", "登记产品型号证书"}},
    {Kind::kCardsIssued, {"cards issued", "批量发卡"}},
    {Kind::kLettersWiped, {"PIN letters wiped", "密码信销毁"}},
    {Kind::kPinChanged, {"PIN changed", "修改密码"}},
    {Kind::kPinReset, {"PIN reset", "重置密码"}},
    {Kind::kPinUnblocked, {"PIN unblocked", "密码解锁"}},
    {Kind::kCardLost, {"card reported lost", "挂失"}},
    {Kind::kCardReplaced, {"card replaced", "补卡"}},
};
constexpr Name<SubjectType> kTypes[] = {
    {SubjectType::kCentre, {"centre", "中心"}},
    {SubjectType::kMasterKeyCard, {"master key card", "主控密钥卡"}},
    {SubjectType::kKeyMotherCard, {"key mother card", "密钥母卡"}},
    {SubjectType::kTransmissionKeyCard, {"transmission key card", "传输密钥卡"}},
    {SubjectType::kPsam, {"PSAM", "PSAM卡"}},
    {SubjectType::kKeySet, {"key set", "密钥集"}},
    {SubjectType::kMachine, {"encryption machine", "加密机"}},
    {SubjectType::kCard, {"card", "社会保障卡"}},
    {SubjectType::kBatch, {"batch", "批次"}},
};
constexpr Name<Whereabouts> kWhere[] = {
    {Whereabouts::kHere, {"here", "在库"}},
    {Whereabouts::kOut, {"out", "在外"}},
    {Whereabouts::kGone, {"given back", "已交还"}},
    {Whereabouts::kDestroyed, {"destroyed", "已销毁"}},
};

template <class T, std::size_t Size>
constexpr Phrase find(const Name<T> (&names)[Size], T value) {
  const auto found = std::ranges::find(names, value, &Name<T>::value);
  assert(found != std::end(names));
  return found->phrase;
}

struct Labelled {
  std::string Entry::*member;
  Phrase label;
};
constexpr Labelled kTexts[] = {
    {&Entry::witness, {"with", "监督销毁人"}},
    {&Entry::from, {"from", "移交方"}},
    {&Entry::to, {"to", "接收方"}},
    {&Entry::purpose, {"for", "用途"}},
    {&Entry::agreement, {"confidentiality agreement", "保密协议"}},
    {&Entry::plan_reviewed_by, {"security plan reviewed by", "安全方案审核人"}},
    {&Entry::supervisor, {"supervised by", "监督人"}},
    {&Entry::place, {"place", "存放地点"}},
    {&Entry::keeper, {"keeper", "保管人"}},
    {&Entry::certificate, {"product certificate", "产品型号证书"}},
    {&Entry::valid_until, {"valid until", "有效期至"}},
    {&Entry::note, {"note", "备注"}},
};

// Parts in a row, as the language puts them.
class Parts {
 public:
  explicit Parts(Language language) : chinese_(language == Language::kChinese), language_(language) {}

  void add(const Phrase& label, std::string_view text) {
    if (!text.empty()) add(fmt::format("{}{}{}", label.in(language_), chinese_ ? "：" : ": ", text));
  }
  void add(std::string part) {
    if (!text_.empty()) text_ += chinese_ ? "；" : "; ";
    text_ += part;
  }
  void add(const Phrase& phrase) { add(std::string(phrase.in(language_))); }
  std::string text() && { return std::move(text_); }

 private:
  bool chinese_;
  Language language_;
  std::string text_;
};

// All that have one: "UK1DF01/1 A1B2C3, …".
std::string check_values(const std::vector<KeyCheck>& checks) {
  std::string out;
  for (const KeyCheck& check : checks)
    out += fmt::format("{}{}/{} {}", out.empty() ? "" : ", ", check.key, check.version,
                       apdu::to_hex(check.value));
  return out;
}

std::string details(const Entry& entry, Language language) {
  Parts parts(language);
  parts.add({"by", "经办人"},
            fmt::format(fmt::runtime(language == Language::kChinese ? "{}（{}）" : "{} ({})"), entry.who,
                        entry.role));
  for (const Labelled& text : kTexts) parts.add(text.label, entry.*text.member);
  if (entry.third_party) parts.add(Phrase{"third party", "第三方"});
  if (entry.lab) parts.add(Phrase{"for the laboratory", "仅供试验"});
  if (entry.count != 0) parts.add({"cards", "张数"}, std::to_string(entry.count));
  parts.add({"KCV", "校验值"}, check_values(entry.checks));
  return std::move(parts).text();
}

std::string named(const Subject& subject, Language language) {
  return fmt::format("{} {}", phrase(subject.type).in(language), subject.id);
}

}  // namespace

Phrase phrase(Kind kind) { return find(kKinds, kind); }
Phrase phrase(SubjectType type) { return find(kTypes, type); }
Phrase phrase(Whereabouts where) { return find(kWhere, where); }

std::string describe(const Record& record, Language language) {
  return fmt::format("{:>5}  {}  {}  {}\n       {}", record.number, to_text(record.time),
                     phrase(record.entry.kind).in(language), named(record.entry.subject, language),
                     details(record.entry, language));
}

std::string describe(const Subject& subject, const Holding& holding, Language language) {
  const bool chinese = language == Language::kChinese;
  Parts parts(language);
  parts.add(fmt::format(fmt::runtime(chinese ? "{}：{}（第{}条）" : "{}: {} since entry {}"),
                        named(subject, language), phrase(holding.where).in(language), holding.since));
  parts.add({"with", "持有人"}, holding.with);
  parts.add({"place", "存放地点"}, holding.place);
  parts.add({"keeper", "保管人"}, holding.keeper);
  parts.add({"product certificate", "产品型号证书"}, holding.certificate);
  parts.add({"valid until", "有效期至"}, holding.valid_until);
  if (holding.lab) parts.add(Phrase{"for the laboratory", "仅供试验"});
  return std::move(parts).text();
}

}  // namespace ssc::keys::ledger
