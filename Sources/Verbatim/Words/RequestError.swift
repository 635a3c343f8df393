// SPDX-License-Identifier: MIT

/// A request that cannot be, or an input that is not what it should be: one line with what, the value and what is
/// allowed.
public struct RequestError: Error, Hashable, CustomStringConvertible {
  /// The line that a user reads.
  public let description: String

  /// `description` should name what is wrong, the value, and what is allowed.
  public init(_ description: String) { self.description = description }
}
