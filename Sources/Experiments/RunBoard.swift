// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Foundation
internal import Kernels
internal import Memorization
internal import Statistics
internal import Training

/// The runs of a study that wait, are under way and are done, shared by the threads that work on them.
///
/// Unchecked: every property is guarded by `condition`; `sink` is called with it held, hence one call at a time.
final class RunBoard: @unchecked Sendable {
  struct Task {
    let settings: RunSettings
    let identifier: String
    let family: Int
  }

  private let condition = NSCondition()
  private let families: [(configuration: Configuration, components: [Int])]
  private let refinement: Int
  private let identify: @Sendable (RunSettings) -> String
  private let sink: any RunSink
  private let observer: @Sendable (RunEvent) -> Void
  private let preparation: PreparationCache

  private var waiting: [Task] = []
  private var existing: [String: RunRecord] = [:]
  /// Records per family, and how many of its runs are not done.
  private var done: [[RunRecord]]
  private var open: [Int]
  private var refined: [Bool]
  private var failure: (any Error)?
  private var stepsDone = 0
  private var stepsKnown = 0

  init(
    families: [(configuration: Configuration, components: [Int])], refinement: Int,
    identify: @escaping @Sendable (RunSettings) -> String, sink: any RunSink,
    observer: @escaping @Sendable (RunEvent) -> Void
  ) throws {
    (self.families, self.refinement, self.identify) = (families, refinement, identify)
    (self.sink, self.observer) = (sink, observer)
    preparation = PreparationCache()
    done = Array(repeating: [], count: families.count)
    open = Array(repeating: 0, count: families.count)
    refined = Array(repeating: false, count: families.count)
    for record in try sink.existing() { existing[record.identifier] = record }
    for index in families.indices { add(families[index].components, to: index) }
    for index in families.indices { settle(index) }
  }

  /// Runs that wait.
  var count: Int { waiting.count }

  /// The next run; waits while runs under way may still add some; nil when nothing is left or a run failed.
  func next() -> Task? {
    condition.lock()
    defer { condition.unlock() }
    while failure == nil && waiting.isEmpty && open.contains(where: { $0 > 0 }) { condition.wait() }
    guard failure == nil, !waiting.isEmpty else { return nil }
    return waiting.removeFirst()
  }

  func perform(_ task: Task, workers: Workers, shouldStop: @Sendable () -> Bool) {
    observer(.started(task.settings))
    do {
      let prepared = try preparation.data(for: task.settings.configuration, workers: workers)
      var reported = 0
      let result = try Pipeline.run(task.settings, identifier: task.identifier, prepared: prepared, workers: workers) {
        steps in
        advance(by: steps - reported)
        reported = steps
        return !shouldStop() && !hasFailed
      }
      advance(by: task.settings.configuration.training.steps - reported)
      finish(task, result)
    } catch {
      fail(error)
    }
  }

  /// All records sorted by family and M; throws what stopped the work.
  func records() throws -> [RunRecord] {
    condition.lock()
    defer { condition.unlock() }
    if let failure { throw failure }
    return done.flatMap { $0.sorted { $0.settings.components < $1.settings.components } }
  }

  private var hasFailed: Bool {
    condition.lock()
    defer { condition.unlock() }
    return failure != nil
  }

  private func finish(_ task: Task, _ result: RunResult) {
    condition.lock()
    defer { condition.unlock() }
    do {
      try sink.store(result)
    } catch {
      if failure == nil { failure = error }
    }
    done[task.family].append(result.record)
    open[task.family] -= 1
    observer(.finished(result.record))
    settle(task.family)
    condition.broadcast()
  }

  private func fail(_ error: any Error) {
    condition.lock()
    if failure == nil { failure = error }
    condition.broadcast()
    condition.unlock()
  }

  private func advance(by steps: Int) {
    guard steps > 0 else { return }
    condition.lock()
    stepsDone += steps
    let event = RunEvent.progress(stepsDone: stepsDone, stepsKnown: stepsKnown)
    condition.unlock()
    observer(event)
  }

  /// Queues capacities of a family, largest first, those that exist left out.
  private func add(_ components: [Int], to family: Int) {
    for count in components.sorted(by: >) {
      let settings = RunSettings(configuration: families[family].configuration, components: count)
      let identifier = identify(settings)
      if let record = existing[identifier] {
        done[family].append(record)
        observer(.reused(record))
      } else {
        waiting.append(Task(settings: settings, identifier: identifier, family: family))
        open[family] += 1
        stepsKnown += settings.configuration.training.steps
      }
    }
  }

  /// Refines a family whose grid is done, once.
  private func settle(_ family: Int) {
    guard open[family] == 0, !refined[family] else { return }
    refined[family] = true
    let (configuration, grid) = families[family]
    // The grid alone decides, so that a resumed study refines at the same capacities.
    // A diverged run locates nothing (its ratio is no number), but its M is not tried again.
    let curve = done[family].map { record in
      (components: record.settings.components, ratio: record.measurements?.ratio.value ?? .nan)
    }.filter { grid.contains($0.components) }
    let added = Sweep.refinement(curve: curve, samples: configuration.data.samples, count: refinement)
    guard !added.isEmpty else { return }
    observer(.refined(configuration, added))
    add(added, to: family)
  }
}

/// Prepared data by what determines them; each is made once, by the first run that needs it.
private final class PreparationCache: @unchecked Sendable {
  private final class Slot {
    let lock = NSLock()
    var data: PreparedData?
  }

  private let lock = NSLock()
  private var entries: [Configuration: Slot] = [:]
  private var order: [Configuration] = []
  /// Runs of a few configurations are under way at a time; older data are made again if need be.
  private let limit = 8

  func data(for configuration: Configuration, workers: Workers) throws -> PreparedData {
    // Training settings and seed change neither the data nor what is measured on them.
    var key = configuration
    key.seed = 0
    key.training = .paper()
    key.initialization = .paper
    let slot = slot(key)
    // Whoever comes first makes the data; others that need the same wait, the rest go on.
    slot.lock.lock()
    defer { slot.lock.unlock() }
    if let found = slot.data { return found }
    let made = try PreparedData(configuration, workers: workers)
    slot.data = made
    return made
  }

  private func slot(_ key: Configuration) -> Slot {
    lock.lock()
    defer { lock.unlock() }
    if let found = entries[key] { return found }
    let slot = Slot()
    entries[key] = slot
    order.append(key)
    if order.count > limit { entries[order.removeFirst()] = nil }
    return slot
  }
}
