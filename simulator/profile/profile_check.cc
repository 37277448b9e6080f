#include "simulator/profile/profile_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::simulator::profile {
namespace {

using apdu::Loaded;
using xml::Element;

constexpr unsigned kMostRecords = 254;  // Part 9 §5

bool is_linear(const Ef& ef) {
  return ef.type == FileType::kLinearFixed || ef.type == FileType::kLinearVariable;
}

Loaded<void> check_item_numbers(const Element& element, const Ef& ef) {
  const auto items = element.children("item");
  for (std::size_t i = 0; i < ef.items.size(); ++i) {
    if (ef.items[i].record == i + 1) continue;
    return tl::unexpected(items[i].error(
        fmt::format("item {:02X} of EF {:04X} is not record {}", ef.items[i].tag, ef.fid, i + 1),
        fmt::format("number the items 1, 2, 3 in order: record=\"{}\"", i + 1)));
  }
  return {};
}

Loaded<void> check_contents(const Element& element, const Ef& ef) {
  const bool transparent = ef.type == FileType::kTransparent;
  if (transparent && !ef.records.empty() && ef.records.front().size() > ef.size) {
    return tl::unexpected(element.error(
        fmt::format("{} bytes for EF {:04X}, which holds {}", ef.records.front().size(), ef.fid, ef.size)));
  }
  const std::size_t room = transparent ? 1 : ef.max_records;
  if (ef.records.size() <= room) return {};
  return tl::unexpected(element.error(
      fmt::format("{} records for EF {:04X}, which takes {}", ef.records.size(), ef.fid, room)));
}

}  // namespace

Loaded<void> check_ef(const Element& element, const Ef& ef) {
  if (is_linear(ef)) {
    if (!ef.items.empty() && element.child("record"))
      return tl::unexpected(
          element.error("items and records in one file", "a card file sets the values of items"));
    if (auto numbered = check_item_numbers(element, ef); !numbered) return numbered;
  }
  return check_contents(element, ef);
}

Loaded<void> check_unique_files(const std::vector<Element>& files, const Df& df) {
  for (std::size_t i = 0; i < df.files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Ef& ef = df.files[i];
      if (ef.fid == df.files[j].fid)
        return tl::unexpected(files[i].error(fmt::format("EF {:04X} is there twice in {}", ef.fid, df.id)));
      if (ef.sfi != 0 && ef.sfi == df.files[j].sfi)
        return tl::unexpected(files[i].error(fmt::format("EF {:04X} and EF {:04X} of {} both have SFI {:02X}",
                                                         df.files[j].fid, ef.fid, df.id, ef.sfi)));
    }
  }
  return {};
}

Loaded<void> check_key_files(const std::vector<Element>& files, const Df& df) {
  constexpr std::size_t kGroupAt = 1;
  for (std::size_t i = 0; i < df.files.size(); ++i) {
    const Ef& ef = df.files[i];
    if (ef.type != FileType::kKey) continue;
    if (ef.max_records == 0 || ef.max_records > kMostRecords)
      return tl::unexpected(files[i].error(fmt::format("key file {:04X} takes no record", ef.fid),
                                           fmt::format("give records=\"1\" to \"{}\"", kMostRecords)));
    if (ef.group_file == 0) continue;
    const auto group = std::ranges::find(df.files, ef.group_file, &Ef::fid);
    if (group == df.files.end() || group->type != FileType::kTransparent || group->size <= kGroupAt)
      return tl::unexpected(files[i].error(
          fmt::format("EF {:04X} of {} is no transparent file of two bytes", ef.group_file, df.id),
          "group-in names one of the same df"));
  }
  return {};
}

}  // namespace ssc::simulator::profile
