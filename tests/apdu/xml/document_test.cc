#include "apdu/xml/document.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace ssc::xml {
namespace {

constexpr const char* kXsd =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:ssc:test:1"
    xmlns="urn:ssc:test:1" elementFormDefault="qualified">
  <xs:simpleType name="hex"><xs:restriction base="xs:string"><xs:pattern value="[0-9A-F]*"/></xs:restriction></xs:simpleType>
  <xs:element name="card"><xs:complexType>
    <xs:sequence>
      <xs:element name="pin" minOccurs="0"><xs:complexType><xs:attribute name="tries" type="xs:unsignedByte"/></xs:complexType></xs:element>
      <xs:element name="record" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
        <xs:extension base="xs:string"><xs:attribute name="tag" type="hex" use="required"/></xs:extension>
      </xs:simpleContent></xs:complexType></xs:element>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
  </xs:complexType></xs:element>
</xs:schema>)";

Loaded<Element> load_text(std::string text) {
  static const Schema schema = Schema::compile({"test.xsd", kXsd}).value();
  return load({"a.xml", std::move(text)}, schema);
}

std::string error_of(std::string text) {
  const auto loaded = load_text(std::move(text));
  return loaded ? "no error" : loaded.error().to_string();
}

std::string card(const std::string& inner) {
  return "<card xmlns=\"urn:ssc:test:1\" name=\"x\">\n" + inner + "\n</card>";
}

TEST(Document, ElementsAttributesTextAndLines) {
  const auto root = load_text(
      card("<pin tries='3'/>\n<!-- two\nlines -->\n<record tag='08'> 社会 </record><record tag='09'/>"));
  ASSERT_TRUE(root) << root.error().to_string();
  EXPECT_EQ(root->name(), "card");
  EXPECT_EQ(root->line(), 1U);
  EXPECT_EQ(root->attribute("name"), "x");
  EXPECT_EQ(root->attribute("none"), std::nullopt);
  EXPECT_EQ(root->attribute_or("none", "other"), "other");
  ASSERT_EQ(root->children("record").size(), 2U);
  EXPECT_EQ(root->children().size(), 3U);
  EXPECT_EQ(root->children("record")[0].text(), "社会");
  EXPECT_EQ(root->children("record")[1].line(), 5U);
  EXPECT_EQ(root->child("pin")->attribute("tries"), "3");
  EXPECT_EQ(root->child("pin")->error("wrong", "mend it").to_string(), "a.xml:2: wrong; mend it");
}

TEST(Document, AnElementKeepsItsDocumentAlive) {
  std::optional<Element> pin;
  {
    const auto root = load_text(card("<pin tries='7'/>"));
    pin = root->child("pin");
  }
  EXPECT_EQ(pin->attribute("tries"), "7");
}

TEST(Document, ByteOrderMarkIsAccepted) {
  const auto root = load_text("\xEF\xBB\xBF" + card("<pin/>"));
  ASSERT_TRUE(root) << root.error().to_string();
  EXPECT_EQ(root->child("pin")->line(), 2U);
}

TEST(Document, SchemaErrorsInPlainWords) {
  EXPECT_EQ(error_of(card("<recrod tag='08'/>")),
            "a.xml:2: element 'recrod' is not allowed here; expected one of: pin, record");
  EXPECT_EQ(error_of(card("\n<record/>")), "a.xml:3: element 'record' lacks the attribute 'tag'");
  EXPECT_EQ(error_of(card("<record tag='0G'/>")),
            "a.xml:2: '0G' is no value of attribute 'tag' of 'record'; it must match [0-9A-F]*");
  EXPECT_EQ(error_of(card("<pin tries='many'/>")),
            "a.xml:2: 'many' is no value of attribute 'tries' of 'pin'");
  EXPECT_EQ(error_of(card("<pin size='1'/>")), "a.xml:2: element 'pin' has no attribute 'size'");
  EXPECT_EQ(error_of("<other/>"),
            "a.xml:1: the document begins with 'other', which this kind of file does not; check the root "
            "element and its xmlns");
}

TEST(Document, RefusesWhatIsNoPlainUtf8Xml) {
  EXPECT_EQ(error_of("<card xmlns=\"urn:ssc:test:1\" name=\"x\">\n<pin>\n</card>"),
            "a.xml:3: not well-formed XML: Opening and ending tag mismatch: pin line 2 and card");
  EXPECT_EQ(error_of("<!DOCTYPE card [<!ENTITY a 'b'>]>" + card("<record tag='08'>&a;</record>")),
            "a.xml:1: a DOCTYPE is not allowed; remove it");
  EXPECT_EQ(error_of("<?xml version='1.0' encoding='GBK'?>" + card("")),
            "a.xml:1: the encoding is not UTF-8; save the file as UTF-8");
  EXPECT_EQ(
      error_of("<s:card xmlns:s=\"urn:ssc:test:1\" name=\"x\"/>"),
      "a.xml:1: element 'card' has a namespace prefix; write it as 'card' and declare xmlns on the root");
  EXPECT_NE(error_of(card("<record tag='08'>\xC9\xE7</record>")).find("a.xml:2: not well-formed XML"),
            std::string::npos);
  EXPECT_NE(error_of("").find("a.xml"), std::string::npos);
}

TEST(Document, ABombIsRefusedAtOnce) {
  std::string bomb = "<!DOCTYPE b [<!ENTITY a0 'aaaaaaaaaa'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  const std::string error = error_of(bomb + "]>" + card("<record tag='08'>&a11;</record>"));
  EXPECT_NE(error.find("a.xml:1:"), std::string::npos) << error;
}

TEST(Schema, WhatIsNoSchemaIsAnError) {
  EXPECT_FALSE(Schema::compile({"bad.xsd", "<nothing/>"}));
  EXPECT_FALSE(Schema::compile({"bad.xsd", "not xml"}));
}

TEST(FindSource, PathWinsThenBuiltInNames) {
  const apdu::EmbeddedFile built_in[] = {{"sample.xml", "<inside/>"}, {"card.xsd", "<xsd/>"}};
  EXPECT_EQ(find_source("sample", built_in)->text, "<inside/>");
  EXPECT_EQ(find_source("sample.xml", built_in)->text, "<inside/>");
  const auto missing = find_source("nowhere.xml", built_in);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().to_string(),
            "nowhere.xml: no such file; name a file or one of the built-in sample");
}

}  // namespace
}  // namespace ssc::xml
