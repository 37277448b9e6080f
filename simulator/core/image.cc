#include "simulator/core/image.h"

#include <algorithm>

namespace ssc::simulator::core {
namespace {

template <class Index, class Items, class Matches>
std::optional<Index> first_index(const Items& items, Matches matches) {
  const auto it = std::ranges::find_if(items, matches);
  if (it == items.end()) return std::nullopt;
  return static_cast<Index>(it - items.begin());
}

bool version_fits(const KeySlot& key, KeyVersion wanted) {
  return wanted == KeyVersion{0} || key.version == wanted;
}

}  // namespace

DfIndex Image::environment(DfIndex i) const {
  while (df(i).application) i = df(i).parent;
  return i;
}

std::optional<ByteView> Image::initial(CellId id) const {
  const auto it = std::ranges::lower_bound(contents, id, {}, &std::pair<CellId, Bytes>::first);
  if (it == contents.end() || it->first != id) return std::nullopt;
  return ByteView(it->second);
}

std::optional<EfIndex> Image::find_ef(DfIndex df, FileId fid) const {
  return first_index<EfIndex>(efs, [=](const Ef& ef) { return ef.df == df && ef.fid == fid; });
}

std::optional<EfIndex> Image::find_ef(DfIndex df, Sfi sfi) const {
  return first_index<EfIndex>(efs, [=](const Ef& ef) { return ef.df == df && ef.sfi == sfi; });
}

std::optional<DfIndex> Image::find_df(FileId fid, DfIndex near) const {
  const auto is_it = [fid](const Df& df) {
    return df.fid == fid || (df.alias != FileId{} && df.alias == fid);
  };
  const auto is_near = [&](const Df& df) {
    return is_it(df) && df.application && df.parent == environment(near);
  };
  const auto found = first_index<DfIndex>(dfs, is_near);
  return found ? found : first_index<DfIndex>(dfs, is_it);
}

std::optional<DfIndex> Image::find_application(ByteView df_name, DfIndex environment_df) const {
  return first_index<DfIndex>(dfs, [=](const Df& df) {
    return df.application && df.parent == environment_df && apdu::equal(df.name, df_name);
  });
}

std::optional<KeyIndex> Image::find_key(DfIndex df, Purpose purpose, KeyVersion version) const {
  return first_index<KeyIndex>(keys, [=](const KeySlot& key) {
    return key.df == df && key.purpose == purpose && version_fits(key, version);
  });
}

std::optional<KeyIndex> Image::find_key(DfIndex df, KeyId id, KeyVersion version) const {
  return first_index<KeyIndex>(keys, [=](const KeySlot& key) {
    return key.df == df && key.id == id && !is_handed_on(key.purpose) && version_fits(key, version);
  });
}

}  // namespace ssc::simulator::core
