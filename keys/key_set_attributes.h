// Attributes of a key set file as values; errors point at their element. Private to this folder.
#pragma once

#include "apdu/xml/document.h"
#include "keys/key_places.h"

namespace ssc::keys {

using Done = tl::expected<void, apdu::InputError>;

tl::unexpected<apdu::InputError> fail(const xml::Element& at, std::string what, std::string mend);

// Refuses SSF33. Precondition of both: the schema let the word through.
apdu::Loaded<Cipher> usable_cipher(const xml::Element& at, std::string_view word);
std::uint8_t digit(std::string_view text);  // of one digit

apdu::Loaded<Bytes> hex_attribute(const xml::Element& at, std::string_view attribute, std::string_view text);
apdu::Loaded<std::uint8_t> byte_attribute(const xml::Element& at, std::string_view attribute,
                                          std::string_view text);

// Where a key stands: name, owner, level, id on the card, usage and id in a PSAM; from its row of the names
// table, then from what the element gives itself. `root_level`: of a key whose owner no text names. No value
// yet.
NamedKey named_by(const KeyName& row, const KeySet& set, std::uint8_t version, Level root_level);
apdu::Loaded<NamedKey> read_place(const xml::Element& at, const KeyName& row, const KeySet& set,
                                  Level root_level);

}  // namespace ssc::keys
