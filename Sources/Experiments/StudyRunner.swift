// SPDX-License-Identifier: MIT
internal import Kernels
internal import Memorization

/// Where finished runs go, and which exist already. Calls come one at a time.
public protocol RunSink: AnyObject {
  /// Records of runs that need not be repeated.
  func existing() throws -> [RunRecord]
  func store(_ result: RunResult) throws
}

/// What a runner says while it works.
public enum RunEvent: Sendable {
  /// A run was found in the sink.
  case reused(RunRecord)
  case started(RunSettings)
  case finished(RunRecord)
  /// Refinement added these capacities to a configuration.
  case refined(Configuration, [Int])
  /// Training steps done of all those known so far, now and then.
  case progress(stepsDone: Int, stepsKnown: Int)
}

/// Runs the trainings of a study, several at a time, and refines around each configuration's transition.
///
/// Each run depends on its settings alone, so neither threads nor order nor an interruption change a number.
/// Runs that exist are not repeated; each new one is stored as it ends. One configuration's capacities are
/// trained largest first (they take longest); its refinement starts when all of its grid is done.
public struct StudyRunner: Sendable {
  public let families: [(configuration: Configuration, components: [Int])]
  public let refinement: Int
  private let identify: @Sendable (RunSettings) -> String

  /// `refinement`: at most this many new capacities per configuration. `identify` gives a run its identity.
  public init(
    families: [(configuration: Configuration, components: [Int])], refinement: Int,
    identify: @escaping @Sendable (RunSettings) -> String
  ) {
    (self.families, self.refinement, self.identify) = (families, refinement, identify)
  }

  public init(_ study: Study, identify: @escaping @Sendable (RunSettings) -> String) {
    self.init(
      families: Array(zip(study.configurations, study.componentCounts)).map { ($0, $1) },
      refinement: study.refinement, identify: identify)
  }

  /// All records, those found and those made, sorted by configuration and M.
  ///
  /// `shouldStop` is asked often; once true, runs in flight are dropped and `CancellationError` is thrown.
  public func run(
    into sink: any RunSink, threads: Int, observer: @escaping @Sendable (RunEvent) -> Void,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> [RunRecord] {
    let board = try RunBoard(
      families: families, refinement: refinement, identify: identify, sink: sink, observer: observer)
    // With fewer runs than threads the steps themselves are shared out.
    let inside = max(1, threads / max(1, board.count))
    let outside = max(1, threads / inside)
    Workers(threads: outside).run(outside) { _ in
      let workers = inside > 1 ? Workers(threads: inside) : .serial
      while let task = board.next() {
        board.perform(task, workers: workers, shouldStop: shouldStop)
      }
    }
    return try board.records()
  }
}
