// ssc desk policy: tells a holder what a region does about PINs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <iostream>

#include "conformance/desk/policy.h"
#include "tools/ssc/desk_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

constexpr std::string_view kGeneralRule = "generic-a";

struct FactWords {
  std::string_view fact;
  apdu::Phrase words;
};
constexpr std::array kFacts = {
    FactWords{"initial", {"how the initial PIN is made", "初始密码"}},
    FactWords{"tries", {"the number of tries", "尝试次数"}},
    FactWords{"first-use", {"what is asked at first use", "首次使用要求"}},
    FactWords{"new-pin", {"what a new PIN must not be", "新密码要求"}},
    FactWords{"undo", {"where it is reset", "重置地点"}},
    FactWords{"back-to-initial", {"whether a reset gives the initial PIN", "重置后是否恢复初始密码"}}};

apdu::OwnedPhrase assumed(const Policy& policy) {
  apdu::OwnedPhrase out;
  for (const FactWords& row : kFacts) {
    if (std::ranges::find(policy.assumed, row.fact) == policy.assumed.end()) continue;
    out.english += (out.english.empty() ? "" : ", ") + std::string(row.words.english);
    out.chinese += (out.chinese.empty() ? "" : "、") + std::string(row.words.chinese);
  }
  return out;
}

void tell_chinese(const Policy& policy) {
  const apdu::OwnedPhrase ours = assumed(policy);
  std::cout << fmt::format("{}\n{}\n{}\n{}\n", policy.zh.initial, policy.zh.change, policy.zh.undo,
                           new_pin_rules(policy).chinese)
            << "来源：" << policy.source.chinese << "\n";
  if (!ours.empty()) std::cout << "没有来源说明、由本程序设定：" << ours.chinese << "。\n";
  std::cout << "以上为各地网页所载的做法，请向当地社保经办机构或社保卡服务网点确认。\n";
}

void tell_english(const Policy& policy) {
  const apdu::OwnedPhrase ours = assumed(policy);
  std::cout << fmt::format("{}\n{}\n{}\n{}\n", policy.en.initial, policy.en.change, policy.en.undo,
                           new_pin_rules(policy).english)
            << "Source: " << policy.source.english << "\n";
  if (!ours.empty()) std::cout << "In no source, chosen by this program: " << ours.english << ".\n";
  std::cout
      << "This is what local pages report: confirm it with the bureau or a service point of your place.\n";
}

int tell_policy(const Policy& policy) {
  std::cout << fmt::format("{}  {}  {}\n\n", policy.id, policy.name_zh, policy.name_en);
  tell_chinese(policy);
  std::cout << "\n";
  tell_english(policy);
  return exit_code::ok;
}

// The general rule, with the others that are met, for a region nobody has a page of.
int tell_general(const std::string& region) {
  if (!region.empty()) {
    std::cout << fmt::format(
        "没有{0}的资料，以下为多数地区的做法，当地可能不同，务必向当地确认。\n"
        "Nothing is known of {0}: this is what most regions do. Yours may differ; confirm it locally.\n",
        region);
  }
  const auto general = load_policy(kGeneralRule);
  if (!general) return complain(general.error().to_string());
  const int status = tell_policy(*general);
  std::cout << "\n其他做法 Other ways that are met:\n";
  for (const std::string& name : built_in_policies()) {
    const auto policy = load_policy(name);
    if (policy) std::cout << fmt::format("  {:<10} {}  {}\n", name, policy->zh.initial, policy->en.initial);
  }
  return status;
}

bool is_path(const std::string& region) {
  return region.find('/') != std::string::npos || region.ends_with(".xml");
}

int run(const std::string& region) {
  if (region.empty()) return tell_general(region);
  const auto built_in = is_path(region) ? std::optional(region) : policy_of_region(region);
  if (!built_in) return tell_general(region);
  const auto policy = load_policy(*built_in);
  return policy ? tell_policy(*policy) : complain(policy.error().to_string());
}

}  // namespace

void add_desk_policy(CLI::App& desk, int& exit_status) {
  auto region = std::make_shared<std::string>();
  CLI::App* command =
      desk.add_subcommand("policy", "Tells a holder what a region does about PINs, in Chinese and English");
  command->add_option("REGION", *region,
                      "A region's name, a policy file or built-in policy; none: the general rule");
  command->footer(
      "Example: ssc desk policy 兰州\nA region that is not known gets the general rule, with that warning.");
  command->callback([region, &exit_status] { exit_status = run(*region); });
}

}  // namespace ssc::tools
