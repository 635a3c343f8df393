// SPDX-License-Identifier: MIT
public import Neighbors

/// Where finished blocks of a search are kept, so that an audit that was stopped goes on where it was.
public protocol NeighborStore: Sendable {
  /// The blocks of a pass that are there, in any order.
  func blocks(_ pass: NeighborPass, space: String) throws -> [NeighborTable]
  func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) throws
}

/// Keeps nothing.
public struct NoNeighborStore: NeighborStore {
  public init() {}
  public func blocks(_ pass: NeighborPass, space: String) -> [NeighborTable] { [] }
  public func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) {}
}
