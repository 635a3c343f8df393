// SPDX-License-Identifier: MIT

/// A sink that keeps what is finished in memory: nothing is written anywhere. A class because a runner fills it.
public final class RunMemory: RunSink {
  /// Runs made elsewhere, which need not be repeated.
  public let known: [RunRecord]
  /// Records, models and samples in the order in which they ended; empty unless asked for.
  public private(set) var results: [RunResult] = []
  private let keepsResults: Bool

  /// `keepsResults` false leaves the records, which the runner returns, as all that is kept.
  public init(known: [RunRecord] = [], keepsResults: Bool = false) {
    (self.known, self.keepsResults) = (known, keepsResults)
  }

  public func existing() -> [RunRecord] { known }

  public func store(_ result: RunResult) { if keepsResults { results.append(result) } }
}
