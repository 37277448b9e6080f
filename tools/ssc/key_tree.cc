#include "tools/ssc/key_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/hierarchy/planned_keys.h"

namespace ssc::tools {
namespace {

using apdu::Language;
using apdu::Phrase;
using keys::Level;
using keys::NamedKey;
using keys::Purpose;

constexpr std::pair<Level, Phrase> kLevels[] = {
    {Level::kNational, {"national roots, 3 levels above the card", "国家级根密钥，分散3级到卡"}},
    {Level::kProvince, {"province roots, 2 levels above the card", "省级根密钥，分散2级到卡"}},
    {Level::kCity, {"city roots, 1 level above the card", "地市级根密钥，分散1级到卡"}},
    {Level::kCard, {"keys as they are used", "不再分散的密钥"}}};

constexpr std::pair<Purpose, Phrase> kPurposes[] = {
    {Purpose::kInternalAuthentication, {"internal authentication", "内部认证"}},
    {Purpose::kCommandMac, {"secure messaging", "安全报文"}},
    {Purpose::kUpdate, {"update", "更新"}},
    {Purpose::kRead, {"read", "读取"}},
    {Purpose::kBlockCard, {"card block", "卡锁定"}},
    {Purpose::kBlockApplication, {"application block", "应用锁定"}},
    {Purpose::kUnblockPin, {"PIN unblock", "个人密码解锁"}},
    {Purpose::kStartingDay, {"starting day", "起始日"}},
    {Purpose::kLoad, {"load", "划入"}},
    {Purpose::kPurchase, {"purchase", "消费"}},
    {Purpose::kTac, {"TAC", "交易验证码"}},
    {Purpose::kMaster, {"master key", "主控密钥"}}};

constexpr std::pair<keys::storage::Guard, Phrase> kGuards[] = {
    {keys::storage::Guard::kLab,
     {"sealed under the lab's key, which everybody knows", "由公开的实验密钥加密"}},
    {keys::storage::Guard::kPassphrase, {"sealed under a passphrase", "由口令加密"}},
    {keys::storage::Guard::kMachine, {"sealed under a key of an encryption machine", "由加密机密钥加密"}}};

constexpr Phrase kClear{"test keys, in clear", "测试密钥，明文"};

template <class T, std::size_t Size>
Phrase phrase(const std::pair<T, Phrase> (&table)[Size], T value) {
  const auto* found = std::ranges::find(table, value, &std::pair<T, Phrase>::first);
  return found == std::end(table) ? Phrase{} : found->second;
}

class Tree {
 public:
  Tree(const keys::InspectedKeySet& inspected, Language language)
      : inspected_(inspected), language_(language) {}

  std::vector<std::string> paint() {
    head();
    for (const auto& [level, text] : kLevels) paint_level(level, text);
    return std::move(lines_);
  }

 private:
  const keys::KeySet& set() const { return inspected_.set; }

  void head() {
    const Phrase guard = inspected_.storage ? phrase(kGuards, inspected_.storage->guard) : kClear;
    const std::string format = std::string(
        Phrase{"{}  area {}  {}  {} keys, {} groups  {}", "{}  地区{}  {}  密钥{}个，{}组  {}"}.in(
            language_));
    lines_.push_back(fmt::format(fmt::runtime(format), set().name, set().area, keys::name(set().cipher),
                                 set().keys.size(), keys::hierarchy::groups_of(set()), guard.in(language_)));
  }

  void paint_level(Level level, Phrase text) {
    std::string application;
    bool first = true;
    for (std::size_t i = 0; i < set().keys.size(); ++i) {
      const NamedKey& key = set().keys[i];
      if (key.level != level || !is_oldest(i)) continue;
      if (first) lines_.emplace_back(text.in(language_));
      if (key.application != application) lines_.push_back("  " + key.application);
      first = false;
      application = key.application;
      lines_.push_back(line_of(key));
    }
  }

  // Versions of a key stand on one line, that of the first the set has.
  bool is_oldest(std::size_t index) const {
    const NamedKey& key = set().keys[index];
    return std::none_of(
        set().keys.begin(), set().keys.begin() + static_cast<std::ptrdiff_t>(index),
        [&](const NamedKey& other) { return other.name == key.name && other.level == key.level; });
  }

  std::string line_of(const NamedKey& key) const {
    const std::string id = key.id_known ? fmt::format("{:02X}", key.id) : "--";
    const std::string usage =
        key.psam_usage == 0 ? "--/--" : fmt::format("{:02X}/{:02X}", key.psam_usage, key.psam_id);
    std::string out = fmt::format("    {:<10} {}  {}  {}  KCV", key.name, id, usage,
                                  phrase(kPurposes, key.purpose).in(language_));
    for (std::size_t i = 0; i < set().keys.size(); ++i) {
      if (set().keys[i].name == key.name && set().keys[i].level == key.level)
        out += fmt::format(" {}:{}", set().keys[i].version, apdu::to_hex(inspected_.check_values[i]));
    }
    return out;
  }

  const keys::InspectedKeySet& inspected_;
  Language language_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> key_tree(const keys::InspectedKeySet& inspected, Language language) {
  return Tree(inspected, language).paint();
}

}  // namespace ssc::tools
