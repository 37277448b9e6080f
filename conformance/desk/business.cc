#include "conformance/desk/business.h"

namespace ssc::conformance::desk {
namespace {

tl::unexpected<Refusal> initial_may_not(const Policy& policy) {
  const bool query = policy.unchanged == Unchanged::kQueryOnly;
  const bool inactive = policy.unchanged == Unchanged::kNotActive;
  return refuse("initial-pin", code::initial_may_not_transact,
                std::string("The PIN is still the initial one; ") +
                    (query      ? "with it the card may only be looked up: change it first"
                     : inactive ? "the card is not in use before it is changed"
                                : "no business before it is changed"),
                std::string("密码仍为初始密码，") + (query      ? "只能查询，请先修改密码"
                                                     : inactive ? "社保卡尚未启用，请先修改密码"
                                                                : "请先修改密码再办理业务"));
}

}  // namespace

Refusal refusal_of(const RegisterError& error) {
  if (error.kind == RegisterError::Kind::kUnknownCard)
    return {"not-registered", code::illegal_input, {error.what, "登记簿中没有这张卡"}};
  if (error.kind == RegisterError::Kind::kKnownAlready)
    return {"registered", code::illegal_input, {error.what, "登记簿中已有这张卡，且未挂失"}};
  return not_carried_out("register", error.what).value();
}

Decided<void> not_lost(const RegisteredCard& card) {
  if (card.lost.empty()) return {};
  return refuse("reported-lost", code::illegal_input, "The card was reported lost on " + card.lost,
                "该卡已于" + card.lost + "挂失");
}

Refusal blacklisted() {
  return {"blacklisted", code::illegal_input, {"The card is on the blacklist", "该卡已列入黑名单"}};
}

Decided<Permission> may_transact(const RegisteredCard& card, const Policy& policy, Business business) {
  if (auto lost = not_lost(card); !lost) return tl::unexpected(lost.error());
  if (card.state == PinState::kChanged) return Permission{true, {"The card may transact", "可以办理业务"}};
  const bool enough = business == Business::kQuery && policy.unchanged == Unchanged::kQueryOnly;
  if (policy.must_change_first() && !enough) return initial_may_not(policy);
  if (policy.unchanged == Unchanged::kNotAsked)
    return Permission{false,
                      {"The card may transact; no PIN is asked before it is changed",
                       "可以办理业务，修改前不需要输入密码"}};
  return Permission{true,
                    {"The card may transact; the PIN is still the initial one and should be changed",
                     "可以办理业务；密码仍为初始密码，建议修改"}};
}

}  // namespace ssc::conformance::desk
