#include "conformance/desk/visitor.h"

#include <algorithm>

#include "apdu/text/identity.h"

namespace ssc::conformance::desk {
namespace {

Decided<void> check_identity_number(const std::string& number, bool citizen) {
  if (number.empty())
    return refuse("bad-identity-number", code::illegal_input, "The holder's identity number is missing",
                  "缺少社会保障号码");
  if (!citizen) return {};
  if (const auto wrong = apdu::check_citizen_number(normal_identity_number(number)))
    return refuse("bad-identity-number", code::illegal_input, "The identity number is none: " + wrong->what,
                  "公民身份号码有误：校验位、日期或长度不对");
  return {};
}

Decided<void> check_agent(const Policy& policy, const std::string& number) {
  if (number.empty()) return {};
  if (!policy.agent)
    return refuse("agent-not-allowed", code::illegal_input, "In this region the holder must come in person",
                  "本地须持卡人本人办理");
  return check_identity_number(number, true);
}

}  // namespace

std::string normal_identity_number(std::string number) {
  std::ranges::replace(number, 'x', 'X');
  return number;
}

Decided<void> check_card(const std::string& card_number) {
  const auto wrong = apdu::check_card_number(card_number);
  if (!wrong) return {};
  return refuse("bad-card-number", code::illegal_input, "The card number is none: " + wrong->what,
                "卡号有误：校验位或长度不对");
}

Decided<void> check_people(const Policy& policy, const Operator& clerk, const Visitor& visitor) {
  if (clerk.who.empty() || clerk.role.empty())
    return refuse("no-operator", 0, "The operator's name and role are missing", "缺少经办人姓名或岗位");
  return check_card(visitor.holder.card_number)
      .and_then([&] { return check_identity_number(visitor.holder.id_number, visitor.citizen); })
      .and_then([&] { return check_agent(policy, visitor.agent_number); });
}

}  // namespace ssc::conformance::desk
