#include "keys/hierarchy/combine.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/cipher.h"
#include "keys/hierarchy/planned_keys.h"
#include "keys/hierarchy/weak_keys.h"
#include "keys/standard.h"

namespace ssc::keys::hierarchy {
namespace {

Key random_key(Cipher cipher, std::size_t size, Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  Key key;
  do {
    random.fill(std::span(bytes).first(size));
    key = Key(cipher, ByteView(bytes).first(size));
  } while (weakness_of(key));
  wipe(bytes.data(), bytes.size());
  return key;
}

Ruled<void> check_pair(const ComponentFile& a, const ComponentFile& b) {
  if (a.set != b.set || a.cipher != b.cipher || a.of != b.of) {
    return refuse(
        fmt::format("the components of {} and {} are not of one ceremony", a.custodian, b.custodian),
        "set, cipher and number of components must agree");
  }
  if (a.custodian == b.custodian)
    return refuse(fmt::format("two components are {}'s", a.custodian), "each custodian has one");
  if (a.number == b.number)
    return refuse(fmt::format("{} and {} both have component {}", a.custodian, b.custodian, a.number),
                  "each component has its number");
  return {};
}

Ruled<void> check_files(const KeySet& set, std::span<const ComponentFile> files) {
  if (files.size() < kFewestComponents)
    return refuse(fmt::format("{} components", files.size()),
                  fmt::format("a key is made from {} or more", kFewestComponents));
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (auto paired = check_pair(files[j], files[i]); !paired) return paired;
    }
  }
  const ComponentFile& first = files.front();
  if (first.set != set.name || first.cipher != set.cipher)
    return refuse(fmt::format("the components are for {} set '{}', not for {} set '{}'", name(first.cipher),
                              first.set, name(set.cipher), set.name),
                  "name that set");
  if (first.of != files.size())
    return refuse(fmt::format("{} components of {}", files.size(), first.of), "every custodian's is needed");
  return {};
}

// A component that is not used would have been made for nothing, or be meant for another key.
Ruled<void> check_unused(const std::vector<NamedKey>& planned, std::span<const ComponentFile> files) {
  for (const ComponentFile& file : files) {
    for (const Component& component : file.components) {
      const bool wanted = std::ranges::any_of(planned, [&](const NamedKey& key) {
        return key.name == component.key && key.version == component.version;
      });
      if (!wanted)
        return refuse(fmt::format("{} has a component of key '{}' version {}, which is not being made",
                                  file.custodian, component.key, component.version),
                      "take the components of this ceremony, or say which keys are made");
    }
  }
  return {};
}

Ruled<const Component*> component_of(const NamedKey& key, std::size_t size, const ComponentFile& file) {
  const Component* component = file.find(key.name, key.version);
  if (component == nullptr)
    return refuse(
        fmt::format("{} has no component of key '{}' version {}", file.custodian, key.name, key.version),
        "'ssc keys component' adds it");
  if (component->value.size() != size)
    return refuse(fmt::format("the component of {} for key '{}' has {} bytes, not {}", file.custodian,
                              key.name, component->value.size(), size),
                  "make it anew");
  return component;
}

// Two that are equal cancel each other.
Ruled<void> check_equal(const NamedKey& key, const std::vector<const Component*>& components) {
  for (std::size_t i = 0; i < components.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same_key(components[i]->value, components[j]->value))
        return refuse(fmt::format("two components of key '{}' version {} are equal", key.name, key.version),
                      "one of the custodians makes it anew");
    }
  }
  return {};
}

Key exclusive_or_of(Cipher cipher, std::size_t size, const std::vector<const Component*>& components) {
  std::array<std::uint8_t, 16> sum{};
  for (const Component* component : components) {
    const ByteView value = component->value.reveal();
    for (std::size_t i = 0; i < value.size(); ++i) sum[i] = static_cast<std::uint8_t>(sum[i] ^ value[i]);
  }
  const Key key(cipher, ByteView(sum).first(size));
  wipe(sum.data(), sum.size());
  return key;
}

Ruled<Key> combined(const KeySet& set, const NamedKey& key, std::span<const ComponentFile> files) {
  const std::size_t size = value_size(set, key);
  std::vector<const Component*> components;
  for (const ComponentFile& file : files) {
    const auto component = component_of(key, size, file);
    if (!component) return tl::unexpected(component.error());
    components.push_back(*component);
  }
  if (auto checked = check_equal(key, components); !checked) return tl::unexpected(checked.error());
  Key value = exclusive_or_of(set.cipher, size, components);
  if (const auto weakness = weakness_of(value))
    return refuse(fmt::format("key '{}' version {} comes out weak: {}", key.name, key.version, *weakness),
                  "one of the custodians makes the component anew");
  return value;
}

}  // namespace

std::vector<Component> random_components(const KeySet& set, const std::vector<NamedKey>& planned,
                                         Random& random) {
  std::vector<Component> out;
  for (const NamedKey& key : planned) {
    const Key value = random_key(set.cipher, value_size(set, key), random);
    out.push_back({key.name, key.version, value, check_value(value)});
  }
  return out;
}

Ruled<std::vector<NamedKey>> combine(const KeySet& set, std::vector<NamedKey> planned,
                                     std::span<const ComponentFile> files) {
  if (auto checked = check_files(set, files); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_unused(planned, files); !checked) return tl::unexpected(checked.error());
  for (NamedKey& key : planned) {
    auto value = combined(set, key, files);
    if (!value) return tl::unexpected(value.error());
    key.value = *std::move(value);
  }
  return planned;
}

}  // namespace ssc::keys::hierarchy
