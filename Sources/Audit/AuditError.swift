// SPDX-License-Identifier: MIT

/// Why an audit cannot be: settings out of range, or sides that cannot be compared. One line with what, the values, what is
/// allowed, and which files.
public struct AuditError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line that a user reads.
  public let description: String

  /// `description` should name what is wrong, the values, and what is allowed.
  public init(_ description: String) { self.description = description }

  /// Throws `name: 'value' is out of range; allowed: ..` unless it holds; a NaN holds nothing.
  static func require(_ name: String, _ value: some Any, _ holds: Bool, _ allowed: String) throws(AuditError) {
    guard holds else { throw AuditError("\(name): '\(value)' is out of range; allowed: \(allowed)") }
  }
}
