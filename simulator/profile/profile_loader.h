// Profile files (schema simulator/profiles/profile.xsd) into the part of a card model that they say.
#pragma once

#include "apdu/xml/document.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// A key the profile asks for; its values come from a key set later.
struct KeyRequest {
  std::string name;
  std::optional<std::uint8_t> id;
  std::uint8_t tries = 0;
  bool assumed = false;
  bool optional = false;
};

struct Profile {
  CardModel model;                            // without keys, PIN value, ATR
  std::vector<std::vector<KeyRequest>> keys;  // one list a DF, in the order of model.dfs
  std::vector<bool> takes_psam_keys;          // likewise
  std::string source;                         // the file's text
};

// A path or a built-in name ("3.00", "psam").
apdu::Loaded<Profile> load_profile(std::string_view path_or_name);

// The files compiled in: profiles, cards and schemas.
std::span<const apdu::EmbeddedFile> built_in_files();
const xml::Schema& card_schema();

// Attributes that the schema has already found to be hexadecimal.
std::uint16_t hex_number(const xml::Element& element, std::string_view attribute);
Bytes hex_bytes(const xml::Element& element, std::string_view attribute);

}  // namespace ssc::simulator::profile
