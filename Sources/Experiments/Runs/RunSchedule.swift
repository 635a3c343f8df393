// SPDX-License-Identifier: MIT
internal import Memorization
internal import Statistics
internal import Training

/// Which runs of some curves wait, are under way and are done: a value without threads, clocks or files.
///
/// `next` hands out a run, `finish` takes its record and asks the curve's policy for more. Two runs of one model are
/// never under way together: the second finds the model that the first has trained.
public struct RunSchedule: Sendable {
  /// A run that is handed out: `finish` wants it back with its record.
  public struct Task: Sendable {
    /// Everything that determines its numbers.
    public let settings: RunSettings
    /// The run's identity, as in `RunRecord`.
    public let identifier: String
    /// What decides its model: no two tasks under way have the same.
    public let model: ModelSettings
    fileprivate let curve: Int
  }

  /// What can be done now.
  public enum Step: Sendable {
    /// Do this run, and `finish` it.
    case run(Task)
    /// Nothing can start now; ask again when a run under way has finished.
    case wait
    /// No run waits and none is under way.
    case done
  }

  private struct Progress {
    var records: [RunRecord] = []
    /// Runs that wait or are under way.
    var open = 0
    var rounds = 0
  }

  private let curves: [CapacityCurve]
  private let pictures: String?
  private let existing: [String: RunRecord]
  private var progress: [Progress]
  private var tasks: [Task] = []
  /// Indices of `tasks` in the order in which they start.
  private var waiting: [Int] = []
  private var underWay: Set<ModelSettings> = []
  /// What happened since `takeEvents`, oldest first.
  private var events: [RunEvent] = []
  /// Training steps of all runs handed out or waiting.
  public private(set) var stepsKnown = 0

  /// `existing`: records of runs that need not be repeated; `pictures`: the SHA-256 of the source of templates.
  public init(_ curves: [CapacityCurve], existing: [RunRecord] = [], pictures: String? = nil) {
    (self.curves, self.pictures) = (curves, pictures)
    self.existing = Dictionary(existing.map { ($0.identifier, $0) }) { $1 }
    progress = Array(repeating: Progress(), count: curves.count)
    // All grids before any refinement.
    for index in curves.indices { ask(index) }
    for index in curves.indices { settle(index) }
  }

  /// Runs that wait.
  public var count: Int { waiting.count }

  /// The next run that can start.
  public mutating func next() -> Step {
    guard let position = waiting.firstIndex(where: { !underWay.contains(tasks[$0].model) }) else {
      return underWay.isEmpty ? .done : .wait
    }
    let task = tasks[waiting.remove(at: position)]
    underWay.insert(task.model)
    return .run(task)
  }

  /// Takes the record of a run that was handed out, and adds the runs that its curve needs now.
  public mutating func finish(_ task: Task, _ record: RunRecord) {
    underWay.remove(task.model)
    progress[task.curve].records.append(record)
    progress[task.curve].open -= 1
    events.append(.finished(record))
    settle(task.curve)
  }

  /// What happened since the last call, oldest first: found, finished and added runs.
  public mutating func takeEvents() -> [RunEvent] {
    defer { events = [] }
    return events
  }

  /// All records, curve by curve, M ascending.
  public var records: [RunRecord] {
    progress.flatMap { $0.records.sorted { $0.settings.capacity < $1.settings.capacity } }
  }

  /// Asks for more until something waits or the curve is done.
  private mutating func settle(_ curve: Int) {
    while progress[curve].open == 0, ask(curve) {}
  }

  /// Queues what the policy names, largest first, for those take longest; false when it names nothing.
  @discardableResult
  private mutating func ask(_ curve: Int) -> Bool {
    let configuration = curves[curve].configuration
    let measured = progress[curve].records.map { record in
      (capacity: record.settings.capacity, ratio: record.measurements?.ratio.value ?? .nan)
    }
    let wanted = curves[curve].policy.next(measured)
    guard !wanted.isEmpty else { return false }
    if progress[curve].rounds > 0 { events.append(.refined(configuration, wanted)) }
    progress[curve].rounds += 1
    for capacity in wanted.sorted(by: >) {
      let settings = RunSettings(configuration: configuration, capacity: capacity)
      let identifier = settings.identifier
      if let record = existing[identifier] {
        progress[curve].records.append(record)
        events.append(.reused(record))
      } else {
        waiting.append(tasks.count)
        tasks.append(
          Task(
            settings: settings, identifier: identifier, model: ModelSettings(settings, pictures: pictures), curve: curve
          ))
        progress[curve].open += 1
        stepsKnown += configuration.training.steps
      }
    }
    return true
  }
}
