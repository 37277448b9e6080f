#include "keys/hsm/open_machine.h"

#include <fmt/format.h>

#include <map>

#include "keys/hsm/device_back_end.h"
#include "keys/hsm/pkcs11.h"
#include "keys/hsm/sdf.h"
#include "keys/hsm/software.h"
#include "keys/key_set_writer.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using Opened = Answer<std::unique_ptr<BackEnd>>;

std::string day_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

struct SealedFile {
  std::string path;
  storage::Storage storage;
};

// By set name, so that an imported key goes back where its set came from.
using SealedFiles = std::map<std::string, SealedFile>;

Answer<void> write_back(const SealedFiles& files, const KeySet& set) {
  const auto file = files.find(set.name);
  if (file == files.end()) {
    return refuse(
        Kind::kRefused,
        fmt::format("software: key set '{}' is not sealed; an imported key could not stay in it", set.name));
  }
  const auto written = write_key_set(file->second.path, set, file->second.storage);
  if (!written) return refuse(Kind::kDevice, "software: " + written.error().what);
  return {};
}

Opened open_back_end(const SoftwareRecord& record, Opening& opening) {
  std::vector<KeySet> sets;
  SealedFiles files;
  for (const std::string& name : record.key_sets) {
    auto read = inspect_key_set(name, &opening.access);
    if (!read) return refuse(Kind::kBadInput, read.error().to_string());
    if (!read->faults.empty()) return refuse(Kind::kBadInput, read->faults.front().to_string());
    if (read->storage && read->storage_key)
      files.insert({read->set.name, {name, {*read->storage, *read->storage_key}}});
    sets.push_back(std::move(read->set));
  }
  const auto keep = [files = std::move(files)](const KeySet& set) { return write_back(files, set); };
  return software_back_end(std::move(sets), keep, std::move(opening.random));
}

Opened open_back_end(const Pkcs11Record& record, Opening& /*opening*/) {
  return pkcs11_device(record).map(device_back_end);
}

Opened open_back_end(const SdfRecord& record, Opening& /*opening*/) {
  return sdf_device(record).map(device_back_end);
}

}  // namespace

Answer<Permit> permit_of(const MachineRecord& record, std::chrono::year_month_day today) {
  if (record.certificate) {
    const Certificate& certificate = *record.certificate;
    if (today <= certificate.expires) return certificate.permit;
    return refuse(
        Kind::kExpired,
        fmt::format("the product certificate {} of machine '{}' was good until {} (Measures art. 22)",
                    certificate.number, record.name, day_text(certificate.expires)));
  }
  if (record.lab) return Permit{};
  return refuse(Kind::kNotCertified,
                fmt::format("machine '{}' has no product certificate (Measures art. 22); a test machine is "
                            "marked lab=\"yes\"",
                            record.name));
}

Answer<Machine> open_machine(const MachineRecord& record, Opening opening) {
  const auto permit = permit_of(record, opening.today);
  if (!permit) return tl::unexpected(permit.error());
  return std::visit([&](const auto& kind) { return open_back_end(kind, opening); }, record.back_end)
      .map([&](std::unique_ptr<BackEnd> back_end) {
        return Machine(std::move(back_end), *permit, record.addresses);
      });
}

}  // namespace ssc::keys::hsm
