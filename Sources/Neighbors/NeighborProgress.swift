// SPDX-License-Identifier: MIT

/// How far a search has come.
public struct NeighborProgress: Sendable, Hashable {
  /// Pairs of a query and a reference point, of this run: blocks given as finished do not count.
  public let done, total: Int
  /// Seconds since the search began.
  public let seconds: Double

  /// `done` of `total` pairs after `seconds`.
  public init(done: Int, total: Int, seconds: Double) {
    (self.done, self.total, self.seconds) = (done, total, seconds)
  }

  /// Time left at the rate so far; nil before anything is done.
  public var secondsLeft: Double? {
    done > 0 ? seconds * Double(total - done) / Double(done) : nil
  }
}
