// Profiles: those made from the standard's tables, and what is refused in one that somebody wrote.
#include "simulator/profile/profile_loader.h"

#include <algorithm>

#include "tests/simulator/profile/temporary_file.h"

namespace ssc::simulator::profile {
namespace {

std::string error_of(const std::string& files, const std::string& df = "id='SSSE' fid='3F00'") {
  const TemporaryFile file(
      "profile.xml", "<profile xmlns='urn:ssc:profile:1' name='p' kind='card' version='2.0'>\n<df " + df +
                         ">\n" + files + "\n</df></profile>");
  const auto profile = load_profile(file.path());
  return profile ? "no error" : with_short_name(profile.error().to_string(), file.path());
}

std::string ef(const std::string& head, const std::string& inner = "") {
  return "<ef type='linear-var' records='7' read='free' update='never' " + head + ">" + inner + "</ef>";
}

// Counted in reference: files.tsv.
TEST(ProfileLoader, BuiltInCardsHaveTheStandardsFiles) {
  const auto counts = [](const char* name) {
    std::vector<std::size_t> out;
    const Profile profile = load_profile(name).value();
    for (const Df& df : profile.model.dfs) out.push_back(df.files.size());
    return out;
  };
  EXPECT_EQ(counts("2.00"), (std::vector<std::size_t>{5, 12, 6, 8, 4, 3}));
  EXPECT_EQ(counts("3.00").front(), 6U);
}

// V2.0 notice §7: tag 60 in DF02 EF06, so DF03 EF05 omits it and 98 moves up to record 2.
TEST(ProfileLoader, Tag60StandsOnce) {
  const auto profile = load_profile("2.00").value();
  const auto& files = profile.model.find_df("DF03")->files;
  const Ef& unemployment = *std::ranges::find(files, 0xEF05, &Ef::fid);
  EXPECT_EQ(std::ranges::count(unemployment.items, 0x60, &Item::tag), 0);
  EXPECT_EQ(unemployment.items.at(1).tag, 0x98);
  EXPECT_EQ(unemployment.items.at(1).record, 2);
}

// Provincial terminal spec §10.2: 3.0 guards the holder's data.
TEST(ProfileLoader, HolderDataIsGuardedFromStructure3On) {
  const auto read_rule = [](const char* name) {
    const auto profile = load_profile(name).value();
    return std::ranges::find(profile.model.find_df("SSSE")->files, 0xEF06, &Ef::fid)->read.text;
  };
  EXPECT_EQ(read_rule("2.00"), "free");
  EXPECT_EQ(read_rule("3.00"), "RKSSSE");
}

// A right that names a key the card has under another name opens to nobody: 1.0 calls UKSSSE UKMF.
TEST(ProfileLoader, TheSsseOfEachStructureOpensToItsUpdateKey) {
  for (const char* name : {"1.00-2000", "1.00-2011", "2.00", "3.00", "3.00-bank"}) {
    const auto profile = load_profile(name).value();
    const auto& files = profile.model.find_df("SSSE")->files;
    for (const int fid : {0xEF05, 0xEF06})
      EXPECT_EQ(std::ranges::find(files, fid, &Ef::fid)->update.text, "UKSSSE") << name;
    EXPECT_NE(std::ranges::find(profile.keys.front(), "UKSSSE", &KeyRequest::name),
              profile.keys.front().end());
  }
}

TEST(ProfileLoader, EachFaultIsOneLine) {
  EXPECT_EQ(error_of(ef("fid='EF05'", "<item record='9' tag='01' format='cn' length='10'/>")),
            "a.xml:3: item 01 of EF EF05 is not record 1; number the items 1, 2, 3 in order: record=\"1\"");
  EXPECT_EQ(error_of(ef("fid='EF05'", "<item tag='01' format='cn' length='10'/>")),
            "a.xml:3: item 01 of EF EF05 is not record 1; number the items 1, 2, 3 in order: record=\"1\"");
  EXPECT_EQ(
      error_of(ef("fid='EF05'", "<item record='1' tag='01' format='b' length='1'/><record hex='010100'/>")),
      "a.xml:3: items and records in one file; a card file sets the values of items");
  EXPECT_EQ(error_of(ef("fid='EF05'") + "\n" + ef("fid='EF05'")), "a.xml:4: EF EF05 is there twice in SSSE");
  EXPECT_EQ(error_of(ef("fid='EF05' sfi='05'") + "\n" + ef("fid='EF06' sfi='05'")),
            "a.xml:4: EF EF05 and EF EF06 of SSSE both have SFI 05");
  EXPECT_EQ(error_of("<ef fid='EF05' type='transparent' size='2' read='free' update='never'><record "
                     "hex='010203'/></ef>"),
            "a.xml:3: 3 bytes for EF EF05, which holds 2");
  EXPECT_EQ(error_of("<ef fid='EF05' type='transparent' read='PIN|' update='never'/>"),
            "a.xml:3: read: ends where a key name, PIN, free or never is expected");
  EXPECT_EQ(error_of("<ef fid='EF05' type='transparent' read='UK9DF09' update='never'/>"),
            "a.xml:3: read: unknown key name 'UK9DF09'; name a key of the standard, PIN, free or never");
  EXPECT_EQ(error_of("", "id='SSSE' fid='3F00' name='737'"),
            "a.xml:2: '737' is no value of attribute 'name' of 'df'; it must match ([0-9A-Fa-f]{2} ?)*");
  EXPECT_EQ(
      error_of("", "id='DF01' fid='DF01' parent='SSSE'"),
      "a.xml:2: df 'DF01' has no parent above it; the first df is the MF and has none; each other names "
      "one that stands before it");
}

}  // namespace
}  // namespace ssc::simulator::profile
