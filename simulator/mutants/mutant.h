// The catalogue of cards with one defect each (README.md).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "simulator/mutants/workbench.h"

namespace ssc::simulator::mutants {

struct Mutant {
  std::string_view id;     // "pin-wrong-is-free"
  std::string_view group;  // "PIN"
  std::string_view title;
  std::string_view title_zh;
  std::string_view clause;
  profile::Kind of = profile::Kind::kCard;  // whose defect it is
  void (*change)(Workbench&) = nullptr;
};

// All of them, group by group.
std::span<const Mutant> catalogue();
// By id; null: there is none.
const Mutant* find(std::string_view id);

// The groups, one file each.
std::span<const Mutant> pin_mutants();
std::span<const Mutant> authentication_mutants();
std::span<const Mutant> access_mutants();
std::span<const Mutant> check_mutants();
std::span<const Mutant> file_mutants();
std::span<const Mutant> medical_mutants();
std::span<const Mutant> wire_mutants();
std::span<const Mutant> psam_mutants();

}  // namespace ssc::simulator::mutants
