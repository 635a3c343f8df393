// SPDX-License-Identifier: MIT

/// A request that cannot be, or an input that is not what it should be: one line with what, the value and what is
/// allowed.
public struct RequestError: Error, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
