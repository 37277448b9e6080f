#include <algorithm>

#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {

std::span<const Mutant> catalogue() {
  static const std::vector<Mutant> all = [] {
    std::vector<Mutant> mutants;
    for (const auto group : {pin_mutants(), authentication_mutants(), access_mutants(), check_mutants(),
                             file_mutants(), medical_mutants(), wire_mutants(), psam_mutants()})
      mutants.insert(mutants.end(), group.begin(), group.end());
    return mutants;
  }();
  return all;
}

const Mutant* find(std::string_view id) {
  const auto found = std::ranges::find(catalogue(), id, &Mutant::id);
  return found == catalogue().end() ? nullptr : &*found;
}

}  // namespace ssc::simulator::mutants
