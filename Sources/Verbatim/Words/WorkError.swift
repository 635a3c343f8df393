// SPDX-License-Identifier: MIT
internal import Files

/// Work that had begun could not be done: nothing is wrong with the request. One line; what was finished in a folder is
/// kept.
public struct WorkError: Error, Hashable, CustomStringConvertible {
  /// The line that a user reads.
  public let description: String

  /// `description` should name what could not be done, and why.
  public init(_ description: String) { self.description = description }

  /// Runs work on a folder that was open already: what the system refuses there is a failure of the moment, not of the
  /// request, and thrown as such.
  public static func ofTheMoment<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StoreError {
      guard case .system = error else { throw error }
      throw WorkError(error.description)
    }
  }
}
