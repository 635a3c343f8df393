// SPDX-License-Identifier: MIT
internal import Dispatch
internal import Kernels
internal import Memorization
internal import Synchronization
internal import Training

/// Where finished runs go, and what exists already. Calls come one at a time.
public protocol RunSink: AnyObject {
  /// Records of runs that need not be repeated.
  func existing() throws -> [RunRecord]
  /// A model that was trained before; nil where there is none, or none that can be read.
  func model(_ settings: ModelSettings) throws -> FinishedTraining?
  /// Keeps a model as soon as it is trained: a kill during its measurement loses no training.
  func keep(_ training: FinishedTraining, of settings: ModelSettings) throws
  /// Keeps a finished run: its record, and its samples unless its training diverged. What it throws ends the study.
  func store(_ result: RunResult) throws
}

extension RunSink {
  public func model(_ settings: ModelSettings) throws -> FinishedTraining? { nil }
  public func keep(_ training: FinishedTraining, of settings: ModelSettings) throws {}
}

/// What a runner says while it works.
public enum RunEvent: Sendable {
  /// A run was found in the sink.
  case reused(RunRecord)
  /// A run begins.
  case started(RunSettings)
  /// A run has ended, finished or diverged, and is stored.
  case finished(RunRecord)
  /// These capacities were added to a configuration, around its transition.
  case refined(Configuration, [Int])
  /// Training steps done of all those known so far, now and then.
  case progress(stepsDone: Int, stepsKnown: Int)
}

/// Does the runs of some curves, several at a time.
///
/// Each run depends on its settings alone, so neither threads nor order nor an interruption change a number. Runs that
/// exist are not repeated, models that exist are not trained again, and each new one is stored as it ends.
public struct StudyRunner: Sendable {
  /// The curves, in the order in which they start.
  public let curves: [CapacityCurve]
  private let pictures: String?
  private let families: ModelFamilies

  /// `pictures` is the SHA-256 of the source of templates, if there is one.
  public init(_ curves: [CapacityCurve], pictures: String? = nil, families: ModelFamilies = .standard) {
    (self.curves, self.pictures, self.families) = (curves, pictures, families)
  }

  /// The curves of a study.
  public init(_ study: Study, pictures: String? = nil, families: ModelFamilies = .standard) {
    self.init(study.curves, pictures: pictures, families: families)
  }

  /// All records, those found and those made, curve by curve, M ascending.
  ///
  /// `shouldStop` is asked often; once true, runs in flight are dropped and `CancellationError` is thrown.
  public func run(
    into sink: any RunSink, threads: Int, observer: @escaping @Sendable (RunEvent) -> Void,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> [RunRecord] {
    let schedule = RunSchedule(curves, existing: try sink.existing(), pictures: pictures)
    // With fewer runs than threads the steps themselves are shared out.
    let inside = max(1, threads / max(1, schedule.count))
    let outside = max(1, threads / inside)
    let executor = RunExecutor(
      schedule, families: families, sink: sink, observer: observer, shouldStop: shouldStop)
    Workers(threads: outside).run(outside) { _ in
      executor.work(inside > 1 ? Workers(threads: inside) : .serial)
    }
    return try executor.records()
  }
}

/// The threads of a runner at work on one schedule. Neither the observer nor the sink is called with its lock held.
private final class RunExecutor: Sendable {
  private struct State {
    var schedule: RunSchedule
    var failure: (any Error)?
    /// Threads that wait for a run to finish.
    var idle = 0
    var stepsDone = 0
  }

  private let state: Mutex<State>
  private let wake = DispatchSemaphore(value: 0)
  private let sink: SerialSink
  private let preparation = PreparationCache()
  private let families: ModelFamilies
  private let observer: @Sendable (RunEvent) -> Void
  private let shouldStop: @Sendable () -> Bool

  init(
    _ schedule: RunSchedule, families: ModelFamilies, sink: any RunSink,
    observer: @escaping @Sendable (RunEvent) -> Void, shouldStop: @escaping @Sendable () -> Bool
  ) {
    state = Mutex(State(schedule: schedule))
    self.sink = SerialSink(sink)
    self.families = families
    (self.observer, self.shouldStop) = (observer, shouldStop)
  }

  /// Runs one after the other until none is left or one has failed.
  func work(_ workers: Workers) {
    tell()
    while let task = next() {
      do {
        let result = try perform(task, workers)
        try sink.use { try $0.store(result) }
        state.withLock { $0.schedule.finish(task, result.record) }
        tell()
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
      wakeIdle()
    }
  }

  func records() throws -> [RunRecord] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.schedule.records
    }
  }

  /// The next run; waits while runs under way may still add some; nil when nothing is left or a run failed.
  private func next() -> RunSchedule.Task? {
    while true {
      let step: RunSchedule.Step = state.withLock { state in
        guard state.failure == nil else { return .done }
        let step = state.schedule.next()
        if case .wait = step { state.idle += 1 }
        return step
      }
      switch step {
      case .run(let task): return task
      case .wait: wake.wait()
      case .done: return nil
      }
    }
  }

  private func perform(_ task: RunSchedule.Task, _ workers: Workers) throws -> RunResult {
    observer(.started(task.settings))
    if shouldStop() { throw CancellationError() }
    let prepared = try preparation.data(for: task.settings.configuration, workers: workers)
    let training = try training(task, prepared, workers)
    return try Pipeline.measure(training, task.settings, prepared: prepared, workers: workers)
  }

  /// The model, found or trained.
  private func training(
    _ task: RunSchedule.Task, _ prepared: PreparedData, _ workers: Workers
  ) throws -> FinishedTraining {
    let steps = task.settings.configuration.training.steps
    if let found = try sink.use({ try $0.model(task.model) }) {
      advance(by: steps)
      return found
    }
    var reported = 0
    let made = try Pipeline.train(task.settings, prepared: prepared, families: families, workers: workers) { done in
      advance(by: done - reported)
      reported = done
      return !shouldStop() && !hasFailed
    }
    advance(by: steps - reported)
    try sink.use { try $0.keep(made, of: task.model) }
    return made
  }

  private var hasFailed: Bool { state.withLock { $0.failure != nil } }

  private func advance(by steps: Int) {
    guard steps > 0 else { return }
    let event = state.withLock { state in
      state.stepsDone += steps
      return RunEvent.progress(stepsDone: state.stepsDone, stepsKnown: state.schedule.stepsKnown)
    }
    observer(event)
  }

  private func tell() { state.withLock { $0.schedule.takeEvents() }.forEach(observer) }

  private func wakeIdle() {
    let idle = state.withLock { state in
      defer { state.idle = 0 }
      return state.idle
    }
    for _ in 0..<idle { wake.signal() }
  }
}

/// A sink whose calls come one at a time. Unchecked: `sink` is used with the lock held.
private final class SerialSink: @unchecked Sendable {
  private let lock = Mutex(())
  private let sink: any RunSink

  init(_ sink: any RunSink) { self.sink = sink }

  func use<Result>(_ body: (any RunSink) throws -> Result) rethrows -> Result {
    try lock.withLock { _ in try body(sink) }
  }
}
