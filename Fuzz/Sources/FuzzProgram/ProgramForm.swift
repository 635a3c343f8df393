// SPDX-License-Identifier: MIT

/// Which reader of the program the fuzzer's bytes go to; the variable VERBATIM_FUZZ names it.
enum ProgramForm: String, CaseIterable {
  /// Files of a run folder: `runs.jsonl`, a model, samples, a table as a table.
  case records, model, samples, csv
  /// A table of results as `fit` reads it.
  case table
  /// What an interrupted audit left, and the searches that go on from it.
  case blocks
  /// A study file with overrides, and arguments.
  case study, commands
}
