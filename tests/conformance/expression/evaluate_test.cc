#include "conformance/expression/evaluate.h"

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using test::bytes;

class Evaluating : public ::testing::Test {
 protected:
  std::string shown(std::string_view text) {
    const auto expression = parse_expression(text);
    if (!expression) return "parse: " + expression.error().what;
    const auto value = evaluate(*expression, {subject_, names_});
    return value ? to_string(*value, true) : "error: " + value.error();
  }
  Evaluated<Rendered> octets(std::string_view text) {
    return render_octets(*parse_template(text), {subject_, names_});
  }

  Subject subject_ = test::fake_subject();
  Names names_;
};

struct Example {
  const char* text;
  const char* value;
};

TEST_F(Evaluating, OctetFunctions) {
  for (const Example& example : {
           Example{"concat('01', 2, '0304')", "01020304"},
           Example{"slice('0102030405', 1, 2)", "0203"},
           Example{"slice('0102030405', 3)", "0405"},
           Example{"slice('01', 1)", ""},
           Example{"xor('0F0F', 'FF00')", "F00F"},
           Example{"invert('00F0')", "FF0F"},
           Example{"flip('1020')", "1021"},
           Example{"flip('1020', 0)", "1120"},
           Example{"pad('01', 4)", "01000000"},
           Example{"pad('01', 4, 255)", "01FFFFFF"},
           Example{"pad80('0102', 8)", "0102800000000000"},
           Example{"pad80(fill(1, 8), 8)", "01010101010101018000000000000000"},
           Example{"fold('0102030410203040', 4)", "11223344"},
           Example{"be(258, 2)", "0102"},
           Example{"number('0102')", "258"},
           Example{"ascii('10')", "3130"},
           Example{"tlv('20', ascii('10'))", "20023130"},
           Example{"find('6F0984020102A503880105', '6F/A5/88')", "05"},
           Example{"len('010203')", "3"},
           Example{"if(1 eq 1, 'AA', 'BB')", "AA"},
           Example{"hex('0a')", "0A"},
           Example{"bcd('0120')", "120"},
           Example{"bcd('0123456F')", "123456"},
           Example{"mask('3F81', 'F080')", "3080"},
       })
    EXPECT_EQ(shown(example.text), example.value) << example.text;
}

TEST_F(Evaluating, OperatorsAndComparisons) {
  for (const Example& example : {
           Example{"2 + 3 * 4 - 1", "13"},
           Example{"-2 + 3", "1"},
           Example{"'0a' eq concat('0A')", "true"},
           Example{"'1' eq 1", "true"},
           Example{"'2.0' lt '3.0'", "true"},
           Example{"not 1 eq 2 and 2 ge 2", "true"},
           Example{"1 eq 2 or 2 ne 3", "true"},
           Example{"pin and pin.tries >= 2", "true"},
           Example{"0 eq 1 and nowhere", "false"},
       })
    EXPECT_EQ(shown(example.text), example.value) << example.text;
}

TEST_F(Evaluating, FactsOfTheCard) {
  auto card = std::make_shared<CardModel>(*subject_.card);
  for (const auto version : {std::uint8_t{1}, std::uint8_t{2}}) {
    auto& key = card->dfs[1].keys.emplace_back();
    key.name = "UK1DF01";
    key.id = 0x83;
    key.version = version;
  }
  subject_.card = card;
  for (const Example& example : {
           Example{"pin", "123456"},
           Example{"pin.wrong", "123457"},
           Example{"pin.new", "223456"},
           Example{"pin.tries", "3"},
           Example{"card.area", "990100"},
           Example{"card.version", "2.0"},
           Example{"card.cipher", "DES"},
           Example{"card.block", "8"},
           Example{"psam.environment", "7378312E73682EC9E7BBE1B1A3D5CF"},
           Example{"aid('DF01')", "D15600000500"},
           Example{"fid('DF01')", "DF01"},
           Example{"has_file('DF01/EF05') and not has_file('DF01/EF06') and not has_file('DF02')", "true"},
           Example{"kid('UK1DF01')", "131"},
           Example{"psam_usage('IRK')", "103"},
           Example{"psam_id('UK1DF01')", "66"},
           Example{"pin_block(pin)", "0312345680000000"},
           Example{"key_versions('UK1DF01')", "2"},
           Example{"key_versions('IRK')", "0"},
           Example{"has_cipher('DES') and not has_cipher('SM4')", "true"},
           Example{"feature('pin') and feature('ssse-name') and not feature('offline')", "true"},
           Example{"feature('blank') or feature('worn') or feature('given-fci')", "false"},
       })
    EXPECT_EQ(shown(example.text), example.value) << example.text;
}

TEST_F(Evaluating, WrongPinOfAnOddNumberOfDigitsKeepsItsPadding) {
  auto model = std::make_shared<CardModel>(*subject_.card);
  model->pin.value = bytes("12349F");
  subject_.card = model;
  EXPECT_EQ(shown("pin.wrong"), "12340F");
  EXPECT_EQ(shown("pin.new"), "22349F");
}

// Check values of the standard's derivation, key K, area 330300 (reference: security.md).
TEST_F(Evaluating, KeysAsTheStandardDerivesThem) {
  subject_.changed["card.area"] = Value::bytes(bytes("330300"));
  subject_.historical = bytes("000000000086605328A8888888");
  names_["R"] = Value::bytes(bytes("1122334455667788"));
  for (const Example& example : {
           Example{"factor(1)", "3333303030307368"},
           Example{"factor(2)", "3333303330307378"},
           Example{"factor(3)", "86605328A8888888"},
           Example{"factors('IRK')", "86605328A888888833333033303073783333303030307368"},
           Example{"factors('UK1DF01')", "86605328A88888883333303330307378"},
           Example{"auth_data(session_key(diversify(root('IRK'), factor(1), factor(2), factor(3)), R), "
                   "'0102030405060708')",
                   "DA5CB81E5111AB93"},
           Example{"auth_data(session_key(diversify(root('UK1DF01'), factor(2), factor(3)), R), R)",
                   "83C0395A140F9265"},
           Example{"encrypt_blocks(session_key(make_key('0123456789ABCDEF'), R), pin_block('123456'))",
                   "A4133DF32C2C2EE4"},
           Example{"encrypt(session_key(make_key('0123456789ABCDEF'), R), '123456')", "A4133DF32C2C2EE4"},
           Example{"mac(session_key(make_key('0123456789ABCDEF'), R), '842400010C', 'A4133DF32C2C2EE4')",
                   "EB004C1A"},
           Example{"key_record(make_key('00112233445566778899AABBCCDDEEFF'), '672F', '000000000000', "
                   "make_key('404142434445464748494A4B4C4D4E4F'))",
                   "82B9C82155FAA0321F725F29486C76A17C0F1C1EDD6BC0177A99C92A3EB8D06A"},
           Example{"mac(session_key(make_key('0123456789ABCDEF'), R), '8424000004')", "3B20864B"},
           Example{"decrypt(session_key(make_key('0123456789ABCDEF'), R), 'A4133DF32C2C2EE4')", "123456"},
           // openssl enc -des-cbc
           Example{"chain_blocks(make_key('0123456789ABCDEF'), R, '01020304050607081112131415161718')",
                   "26F8E968D3B8295D"},
       })
    EXPECT_EQ(shown(example.text), example.value) << example.text;
}

struct Mistake {
  const char* text;
  const char* what;
};

TEST_F(Evaluating, MistakesSayWhatIsWrong) {
  names_["R"] = Value::bytes(bytes("1122334455667788"));
  for (const Mistake& mistake : {
           Mistake{"slice('0102', 3)", "error: slice: argument 2 is 3; 0 to 2 would do (character 1)"},
           Mistake{"1 + 'x'", "error: 'x' is no number (character 3)"},
           Mistake{
               "concat(256)",
               "error: concat: argument 1 256 does not fit one octet; write be(number, size) (character 1)"},
           Mistake{"xor('01', '0102')", "error: xor: the sizes differ: 1 and 2 (character 1)"},
           Mistake{"key('XYZ')", "error: key: key 'XYZ' version 1 is not in key set fake-keys (character 1)"},
           Mistake{"session_key(key('IRK'), '01')",
                   "error: session_key: a session factor of 1 octets; 4 or 8 (16-byte ciphers: also 16) "
                   "(character 1)"},
           Mistake{"mac(key('IRK'), '01')",
                   "error: mac: a key of 16 octets is no session key; write session_key(…) (character 1)"},
           Mistake{"find('8401', '84')", "error: find: tag 84 of path 84 is not there (character 1)"},
           Mistake{"bcd('1A')",
                   "error: bcd: the octets are no decimal digits, or more than 15 (character 1)"},
           Mistake{"mask('01', '0101')", "error: mask: the sizes differ: 1 and 2 (character 1)"},
           Mistake{"has_cipher('AES')",
                   "error: has_cipher: a cipher is 'DES', 'SM4' or 'SSF33', not 'AES' (character 1)"},
           Mistake{"decrypt(session_key(key('IRK'), R), '0102030405060708')",
                   "error: decrypt: the octets are no cipher text under this key (character 1)"},
           Mistake{"nobody", "error: 'nobody' has no value here (character 1)"},
           Mistake{"nofunction(1)", "error: there is no function 'nofunction' (character 1)"},
           Mistake{"len()", "error: wrong number of arguments; write len(octets) (character 1)"},
           Mistake{"pin eq 'DES'",
                   "error: 'DES' is no hexadecimal text: 'S' is no hexadecimal digit (character 5)"},
       })
    EXPECT_EQ(shown(mistake.text), mistake.what) << mistake.text;
}

TEST_F(Evaluating, LcCountsWhatStandsBehindIt) {
  EXPECT_EQ(octets("00 20 00 00 {lc} {pin.wrong}")->bytes, bytes("0020000003123457"));
  EXPECT_EQ(octets("00 DC 20 28 {lc} {tlv('20', ascii('10'))}")->bytes, bytes("00DC20280420023130"));
  EXPECT_EQ(octets("00 A4 00 00 {lc}")->bytes, bytes("00A4000000"));
  EXPECT_EQ(octets("00 {lc} {lc}").error(), "{lc} stands twice");
  EXPECT_EQ(octets("00 {lc} {fill(0, 256)}").error(), "256 octets follow {lc}; Lc has one octet");
}

TEST_F(Evaluating, SecretsAreKnownByTheirPlace) {
  const auto rendered = octets("80 5E 01 00 {lc} {pin} FF {pin.new}");
  ASSERT_TRUE(rendered);
  for (std::size_t i = 0; i < rendered->bytes.size(); ++i)
    EXPECT_EQ(rendered->secrets.covers(i), (i >= 5 && i < 8) || i >= 9) << i;
  EXPECT_TRUE(octets("{auth_data(session_key(key('IRK'), '1122334455667788'), '0102030405060708')}")
                  ->secrets.list()
                  .empty());
}

TEST_F(Evaluating, PatternsOfStatusWords) {
  const Environment environment{subject_, names_};
  EXPECT_EQ(render_pattern(*parse_template("63C{pin.tries - 1}"), environment, true)->digits, "63C2");
  EXPECT_EQ(render_pattern(*parse_template("6a82 63cx"), environment, true)->digits, "6A82 63CX");
  EXPECT_EQ(render_pattern(*parse_template("63C{16}"), environment, true).error(),
            "16 is no hexadecimal digit");
  EXPECT_EQ(render_pattern(*parse_template("20 02 {ascii('10')} *"), environment, false)->digits,
            "20 02 3130 *");
}

TEST_F(Evaluating, ValuesOfLetsAndParameters) {
  const auto value = [this](std::string_view text) {
    return *render_value(*parse_template(text), {subject_, names_});
  };
  EXPECT_EQ(std::get<std::int64_t>(value("{pin.tries - 1}").data), 2);
  EXPECT_EQ(std::get<std::string>(value("UK1DF01").data), "UK1DF01");
  EXPECT_EQ(std::get<std::string>(value("63C{pin.tries - 1}").data), "63C2");
  EXPECT_TRUE(value("FF{pin}").secret);
}

}  // namespace
}  // namespace ssc::conformance
