#pragma once

#include "app/config/yaml_reader.hpp"
#include "domain/rules/ruleset.hpp"

namespace ringside::config {

/// Reads a whole rule set from the root mapping of its file. Every key must be
/// there, except the list `rounds.discipline` and the sections `extension`, `open_scoring`,
/// `consensus`, `technique_counts` and the list `notes`, which are absent
/// where they do not apply. What is wrong goes to the reader's problems.
rules::ruleset read_ruleset(yaml_reader& root);

} // namespace ringside::config
