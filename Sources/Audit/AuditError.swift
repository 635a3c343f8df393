// SPDX-License-Identifier: MIT

/// Why the sides of an audit cannot be compared: one line with what, the values, what is allowed, and which files.
public struct AuditError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
