// SPDX-License-Identifier: MIT

/// What one audit compares: where it comes from, read when its turn comes.
public struct AuditData {
  let rangesAreNamed: Bool
  /// The spaces, first that of the pictures or points themselves.
  let read: (DatasetReader) throws -> [SpaceData]

  /// Data that are there. At least one space.
  public init(_ spaces: SpaceData...) {
    precondition(!spaces.isEmpty, "an audit of no space")
    self.init { _ in spaces }
  }

  /// Files, which are read when the audit runs: what cannot be read is found then.
  public init(_ files: AuditFiles) {
    self.init(rangesAreNamed: files.rangesAreNamed) { try $0.spaces(files) }
  }

  /// `rangesAreNamed`: the caller says what floats mean; else datasets of floats must have the same range.
  public init(rangesAreNamed: Bool = false, reading read: @escaping (DatasetReader) throws -> [SpaceData]) {
    (self.rangesAreNamed, self.read) = (rangesAreNamed, read)
  }

  /// The same data, seen by `check` when they are read and before anything is searched: it throws to refuse them.
  public func checked(_ check: @escaping ([SpaceData]) throws -> Void) -> AuditData {
    AuditData(rangesAreNamed: rangesAreNamed) { reader in
      let spaces = try read(reader)
      try check(spaces)
      return spaces
    }
  }
}
