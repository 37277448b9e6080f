#include "conformance/desk/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/data/vec.h"
#include "tests/simulator/profile/temporary_file.h"

namespace ssc::conformance::desk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::vector<test::KnownAnswer> answers(const std::string& algorithm) {
  std::vector<test::KnownAnswer> out = test::load_vec("pin_policy.vec");
  std::erase_if(out, [&](const test::KnownAnswer& one) { return one.algorithm != algorithm; });
  return out;
}

std::string field_or(const test::KnownAnswer& answer, const std::string& name, const std::string& otherwise) {
  const auto found = answer.fields.find(name);
  return found == answer.fields.end() ? otherwise : found->second;
}

Holder holder_of(const test::KnownAnswer& answer) {
  return {field_or(answer, "id", "99010019900307006X"), "", field_or(answer, "card", "D2143569X")};
}

std::string text_of(const tl::expected<keys::Pin, Refusal>& pin) {
  return pin ? std::string(pin->reveal()) : pin.error().rule;
}

// A policy file with another <initial> and other attributes of the root.
std::string policy_text(const std::string& initial, const std::string& root = "length=\"6\" tries=\"3\"") {
  return "<policy xmlns=\"urn:ssc:region:1\" id=\"mine\" name=\"Mine\" name-zh=\"本地\" " + root +
         " confidence=\"practice\" source=\"a test\" source-zh=\"试验用途\">\n" + initial +
         "\n<first-use unchanged=\"usable\" change=\"advised\"/>\n<new-pin forbid=\"\"/>\n"
         "<undo at=\"bureau\" back-to-initial=\"by-reset\"/>\n"
         "<holder lang=\"zh\" initial=\"初始密码。\" change=\"建议修改。\" undo=\"经办机构。\"/>\n"
         "<holder lang=\"en\" initial=\"Initial.\" change=\"Change it.\" undo=\"Bureau.\"/>\n</policy>\n";
}

std::string error_of(const std::string& text) {
  const simulator::profile::TemporaryFile file("policy.xml", text);
  const auto policy = load_policy(file.path());
  return policy ? "" : policy.error().to_string();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  return text.replace(text.find(what), what.size(), with);
}

TEST(PinPolicy, InitialPins) {
  const auto random = keys::seeded_random(1);
  for (const auto& answer : answers("INITIAL-PIN")) {
    std::string initial = "<initial rule=\"" + answer.text("rule") + "\"";
    for (const char* attribute : {"value", "x"}) {
      if (const std::string value = field_or(answer, attribute, ""); !value.empty())
        initial += std::string(" ") + attribute + "=\"" + value + "\"";
    }
    const simulator::profile::TemporaryFile file("policy.xml", policy_text(initial + "/>"));
    const auto policy = load_policy(file.path());
    ASSERT_TRUE(policy) << answer.where() << policy.error().to_string();
    EXPECT_EQ(text_of(initial_pin(*policy, holder_of(answer), *random)), answer.output) << answer.where();
  }
}

const std::pair<std::string, Unchanged> kUnchanged[] = {{"usable", Unchanged::kUsable},
                                                        {"not-asked", Unchanged::kNotAsked},
                                                        {"query-only", Unchanged::kQueryOnly},
                                                        {"no-business", Unchanged::kNoBusiness},
                                                        {"not-active", Unchanged::kNotActive}};
const std::pair<std::string, FirstUse> kFirstUse[] = {
    {"optional", FirstUse::kOptional}, {"advised", FirstUse::kAdvised}, {"must", FirstUse::kMustChange}};

TEST(PinPolicy, EveryRegionIsAsItsPagesSay) {
  std::vector<std::string> names;
  for (const auto& answer : answers("REGION")) {
    names.push_back(answer.name);
    const auto policy = load_policy(answer.name);
    ASSERT_TRUE(policy) << policy.error().to_string();
    EXPECT_EQ(policy->id, answer.name);
    EXPECT_EQ(policy->length, 6U);
    EXPECT_EQ(std::to_string(policy->tries), answer.text("tries")) << answer.where();
    EXPECT_THAT(kUnchanged, ::testing::Contains(std::pair(answer.text("unchanged"), policy->unchanged)));
    EXPECT_THAT(kFirstUse, ::testing::Contains(std::pair(answer.text("change"), policy->first_use)));
    EXPECT_EQ(policy->back_to_initial == BackToInitial::kByReset, answer.text("back") == "by-reset");
    EXPECT_EQ(policy->agent, answer.text("agent") == "yes") << answer.where();
    EXPECT_EQ(policy->confidence, "practice");
  }
  EXPECT_THAT(built_in_policies(), ::testing::UnorderedElementsAreArray(names));
}

TEST(PinPolicy, InitialPinsOfTheRegions) {
  const auto random = keys::seeded_random(1);
  for (const auto& answer : answers("REGION")) {
    const auto policy = load_policy(answer.name);
    ASSERT_TRUE(policy);
    const std::string pin = text_of(initial_pin(*policy, holder_of(answer), *random));
    EXPECT_EQ(policy->has_letter(), answer.output == "drawn");
    if (answer.output == "drawn")
      EXPECT_THAT(pin, MatchesRegex("[0-9]{6}")) << answer.where();
    else
      EXPECT_EQ(pin, answer.output == "none" ? "" : answer.output) << answer.where();
  }
}

TEST(PinPolicy, HoldersAreToldInBothLanguages) {
  for (const std::string& name : built_in_policies()) {
    const auto policy = load_policy(name);
    ASSERT_TRUE(policy);
    constexpr const char* kNumbers[] = {"", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"};
    EXPECT_THAT(policy->en.undo, HasSubstr(std::string(kNumbers[policy->tries]) + " wrong PINs")) << name;
    EXPECT_THAT(policy->zh.undo, HasSubstr("输错" + std::to_string(policy->tries) + "次")) << name;
    const InitialPin& initial = policy->initial.front();
    for (const std::string& text : {policy->en.initial, policy->zh.initial})
      EXPECT_THAT(text, HasSubstr(std::string(initial.value.reveal()))) << name;
    EXPECT_EQ(policy->must_change_first(),
              policy->en.change.find("must be changed") != std::string::npos ||
                  policy->en.change.find("change it first") != std::string::npos);
    EXPECT_EQ(policy->must_change_first(), policy->zh.change.find("必须修改") != std::string::npos ||
                                               policy->zh.change.find("须先到") != std::string::npos);
  }
}

TEST(PinPolicy, DrawnPinsUseEveryDigitAndDiffer) {
  const auto policy = load_policy("mailer");
  ASSERT_TRUE(policy);
  const auto random = keys::seeded_random(7);
  std::set<std::string> pins;
  std::set<char> digits;
  for (int i = 0; i < 200; ++i) {
    const std::string pin = text_of(initial_pin(*policy, {}, *random));
    pins.insert(pin);
    digits.insert(pin.begin(), pin.end());
  }
  EXPECT_GT(pins.size(), 190U);
  EXPECT_EQ(digits.size(), 10U);
}

TEST(PinPolicy, NewPins) {
  for (const auto& answer : answers("NEW-PIN")) {
    const auto policy = load_policy(answer.text("policy"));
    ASSERT_TRUE(policy) << answer.where();
    const auto broken = broken_rule(*policy, holder_of(answer), *keys::Pin::of(answer.text("pin")),
                                    *keys::Pin::of(field_or(answer, "old", "")));
    EXPECT_EQ(broken ? refusal_of(*policy, *broken).rule : "ok", answer.output) << answer.where();
  }
}

TEST(PinPolicy, RefusalsSayWhyWithoutThePin) {
  const auto policy = load_policy("generic-b");
  ASSERT_TRUE(policy);
  for (const auto& answer : answers("NEW-PIN")) {
    if (answer.output == "ok") continue;
    const Holder holder = holder_of(answer);
    const keys::Pin pin = *keys::Pin::of(answer.text("pin"));
    const auto broken = broken_rule(*policy, holder, pin, *keys::Pin::of(field_or(answer, "old", "")));
    ASSERT_TRUE(broken) << answer.where();
    const Refusal refusal = refusal_of(*policy, *broken);
    EXPECT_THAT(refusal.why.english, AllOf(Not(HasSubstr(answer.text("pin"))), Not(HasSubstr("."))));
    EXPECT_THAT(refusal.why.chinese, AllOf(Not(HasSubstr(answer.text("pin"))), Not(::testing::IsEmpty())));
  }
}

// Annex A of the terminal interface: -33 length, -36 back to the initial one, -23 input that is not allowed.
TEST(PinPolicy, RefusalsHaveTheCodesOfTheTerminalInterface) {
  const auto policy = load_policy("lanzhou");
  ASSERT_TRUE(policy);
  EXPECT_EQ(refusal_of(*policy, PinRule::kLength).code, -33);
  EXPECT_EQ(refusal_of(*policy, PinRule::kNotInitial).code, -36);
  EXPECT_EQ(refusal_of(*policy, PinRule::kNoSequence).code, -23);
}

TEST(PinPolicy, WhatTheHolderLacksIsNamed) {
  const auto random = keys::seeded_random(1);
  const auto birth = load_policy("generic-c");
  const auto number = load_policy("generic-b");
  ASSERT_TRUE(birth && number);
  EXPECT_EQ(text_of(initial_pin(*birth, {"TEST12A45B", "", ""}, *random)), "no-birth-date");
  EXPECT_EQ(text_of(initial_pin(*birth, {"TEST12A45B", "19900307", ""}, *random)), "900307");
  EXPECT_EQ(text_of(initial_pin(*birth, {"TEST12A45B", "19900231", ""}, *random)), "no-birth-date");
  EXPECT_EQ(text_of(initial_pin(*number, {"A1234", "", ""}, *random)), "no-identity-number");
  EXPECT_EQ(text_of(initial_pin(*number, {"", "", ""}, *random)), "no-identity-number");
}

TEST(PinPolicy, AFileIsRefusedWithLineAndCure) {
  const std::string fixed = "<initial rule=\"fixed\" value=\"123456\"/>";
  EXPECT_EQ(error_of(policy_text(fixed)), "");
  EXPECT_THAT(error_of(policy_text("<initial rule=\"fixed\"/>")), HasSubstr(":2: value belongs to"));
  EXPECT_THAT(error_of(policy_text("<initial rule=\"random\" value=\"123456\"/>")),
              HasSubstr(":2: value belongs"));
  EXPECT_THAT(error_of(policy_text("<initial rule=\"id-last6\"/>")), HasSubstr(":2: x belongs to"));
  EXPECT_THAT(error_of(policy_text("<initial rule=\"fixed\" value=\"123456\" x=\"x0\"/>")),
              HasSubstr(":2: x belongs"));
  EXPECT_THAT(error_of(policy_text(fixed, "length=\"8\" tries=\"3\"")), HasSubstr(":2: this gives 6 digits"));
  EXPECT_THAT(error_of(policy_text("<initial rule=\"birth-yymmdd\"/>", "length=\"4\" tries=\"3\"")),
              HasSubstr(":2: this gives 6 digits"));
  EXPECT_THAT(error_of(policy_text("<initial rule=\"none\"/>")), HasSubstr(":5: a reset cannot give"));
  EXPECT_THAT(error_of(replaced(policy_text(fixed), "usable", "no-business")), HasSubstr(":3: unchanged"));
  EXPECT_THAT(error_of(policy_text(fixed, "length=\"3\" tries=\"3\"")), HasSubstr("length"));
  EXPECT_THAT(error_of(policy_text(fixed, "length=\"6\" tries=\"16\"")), HasSubstr("tries"));
  EXPECT_THAT(error_of(replaced(policy_text(fixed), "lang=\"en\"", "lang=\"zh\"")), HasSubstr("zh"));
  EXPECT_THAT(error_of("<policy xmlns=\"urn:ssc:region:1\"/>"), HasSubstr("policy.xml:1"));
}

TEST(PinPolicy, AnUnknownNameListsWhatThereIs) {
  const auto policy = load_policy("atlantis");
  ASSERT_FALSE(policy);
  EXPECT_THAT(policy.error().to_string(), AllOf(HasSubstr("atlantis"), HasSubstr("lanzhou")));
}

}  // namespace
}  // namespace ssc::conformance::desk
