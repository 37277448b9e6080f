// Where things are in a centre's folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ssc::keys::centre {

namespace fs = std::filesystem;

// Of sets, carriers and machines: 1 to 64 letters, digits, '.', '-' and '_', not beginning with '.' or '-'.
bool is_name(std::string_view name);

// Names have passed is_name().
struct CentrePaths {
  fs::path folder;

  fs::path record() const { return folder / "centre.xml"; }
  fs::path set(std::string_view name) const { return folder / "sets" / (std::string(name) + ".xml"); }
  fs::path carrier(std::string_view name) const { return folder / "carriers" / name; }  // a folder
  fs::path machine(std::string_view name) const { return folder / "machines" / (std::string(name) + ".xml"); }
  fs::path trusted() const { return folder / "trusted"; }  // introductions of other centres
  fs::path slip(std::string_view type, std::string_view name) const {
    return folder / "slips" / (std::string(type) + "." + std::string(name) + ".jsonl");
  }
  fs::path ledger() const { return folder / "ledger.jsonl"; }
  fs::path private_key() const { return folder / "sm2.key"; }
  fs::path public_key() const { return folder / "sm2.pub"; }
  fs::path desk_register() const { return folder / "register.db"; }
  fs::path letters() const { return folder / "letters"; }
  fs::path blacklist() const { return folder / "blacklist.csv"; }
};

}  // namespace ssc::keys::centre
