// SPDX-License-Identifier: MIT
internal import Files

// What makes two runs, configurations or models the same: the first 16 digits of the SHA-256 of their canonical JSON,
// alike in every process and on every machine.

extension RunSettings {
  /// The identity of the run: names its samples and its line in `runs.jsonl`.
  public var identifier: String { ContentHash.identifier(of: self) }
}

extension Configuration {
  /// Tells any two configurations apart.
  public var identifier: String { ContentHash.identifier(of: self) }
}

extension ModelSettings {
  /// The identity of the model: names its file.
  public var identifier: String { ContentHash.identifier(of: self) }
}
