// What a schema cannot say about a profile: numbers that must agree with each other.
#pragma once

#include "apdu/xml/document.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// Items of a linear file are numbered 1, 2, 3 … in order and stand without <record>s; first contents fit.
apdu::Loaded<void> check_ef(const xml::Element& element, const Ef& ef);

// FIDs and SFIs of a DF's files are unique (Part 3 §5.2). `files` are its <ef> elements, one for each of
// df.files.
apdu::Loaded<void> check_unique_files(const std::vector<xml::Element>& files, const Df& df);

// A key file takes 1 to 254 records, and its group-in names a transparent file of the same DF.
apdu::Loaded<void> check_key_files(const std::vector<xml::Element>& files, const Df& df);

}  // namespace ssc::simulator::profile
