// SPDX-License-Identifier: MIT
internal import Foundation
public import Kernels
internal import Neighbors
internal import Pictures

/// Did a model recite its training data? From arrays in memory, shapes (N, d), (n, d) and (h, d):
///
///     import Audit
///
///     let outcome = try Audit.run(train: train, generated: generated, holdout: holdout)
///     let ratio = outcome.result.leading.verdictMetric
///     print(outcome.result.verdict, ratio.value, ratio.low ?? 0, ratio.high ?? 1)
///     for item in outcome.result.leading.recited { print("row \(item.train) is recited by \(item.samples)") }
///
/// From files: `Audit.run(AuditRequest(AuditData(AuditFiles(train: "train/", generated: "samples/"))))`. How many
/// samples are needed: `AuditPlan`. The words of a report, its document and its pages: `Audit.report` of the module
/// `Reports`. Definitions and sources: Documentation/Audit.md.
public enum Audit {
  /// Audits points in memory.
  ///
  /// Without `holdout`, data of the same source that the model did not see, the null is an estimate. Throws
  /// `AuditError` for data that cannot be compared.
  public static func run(
    train: Matrix, generated: Matrix, holdout: Matrix? = nil, settings: AuditSettings = AuditSettings()
  ) throws -> AuditOutcome {
    let space = try SpaceData(train: train, generated: generated, holdout: holdout)
    return try run(AuditRequest(AuditData(space), settings: settings))
  }

  /// Reads, searches, measures and decides.
  ///
  /// `reader`: audits that share one read what they share once. `progress` and `shouldStop` are called between the
  /// blocks of a search. Throws `AuditError`, `PictureError`, `NeighborError` and `StoreError`, and `CancellationError`
  /// when stopped.
  public static func run(
    _ request: AuditRequest, reader: DatasetReader = DatasetReader(),
    progress: @escaping (AuditProgress) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false }
  ) throws -> AuditOutcome {
    let started = Date()
    let data = try request.data.read(reader)
    let run = AuditRun(
      request: request, data: data, scratch: reader.scratchPath, progress: progress, shouldStop: shouldStop)
    let (result, warnings) = try run.result()
    return AuditOutcome(result: result, data: data, warnings: warnings, started: started)
  }

  /// Makes the audits of a trajectory one after the other. Nothing but its point of the curve is kept of each: `each`
  /// sees the whole of it.
  public static func run(
    _ request: AuditTrajectoryRequest, reader: DatasetReader = DatasetReader(),
    progress: @escaping (AuditProgress) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false },
    each: (Double, AuditOutcome) throws -> Void = { _, _ in }
  ) throws -> AuditTrajectory {
    try AuditTrajectory(request, progress: progress) { position, audit in
      let outcome = try run(audit, reader: reader, progress: progress, shouldStop: shouldStop)
      try each(position, outcome)
      return outcome.result
    }
  }
}

/// The audit of data that are read: checks, searches, metrics.
private struct AuditRun {
  let request: AuditRequest
  let data: [SpaceData]
  let scratch: String?
  let progress: (AuditProgress) -> Void
  let shouldStop: () -> Bool

  func result() throws -> (AuditResult, warnings: [String]) {
    let warnings = try check()
    defer { progress(.ended) }
    let settings = AuditResult.settings(request.settings, spaces: data.count)
    let workers = Workers(threads: request.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
    let store = store
    let spaces = try data.map { data -> SpaceAudit in
      let space = try data.space
      let neighbors = try SpaceSearch(
        space: space, settings: settings, memory: request.memory, workers: workers, store: store, scratch: scratch,
        progress: { progress(.searching(space: space.name, pass: $0, $1)) }, shouldStop: shouldStop
      ).run()
      progress(.measuring(space: space.name))
      return SpaceAudit(space, neighbors, settings: settings, workers: workers)
    }
    let train = data[0].train.pictures
    let result = AuditResult(
      spaces: spaces, settings: request.settings,
      inputs: data.flatMap { space in space.datasets.map { AuditInput($0, space: space.name) } },
      labels: train?.labels, classNames: train?.classes)
    return (result, warnings)
  }

  /// Warnings are told one by one: what is found later may be an error.
  private func check() throws -> [String] {
    var warnings: [String] = []
    func warn(_ lines: [String]) {
      for line in lines { progress(.warning(line)) }
      warnings += lines
    }
    for space in data {
      warn(try DatasetCompatibility.check(space.datasets, rangesAreNamed: request.data.rangesAreNamed))
    }
    let memory = try AuditMemory.check(data.map { try $0.space }, request.settings, memory: request.memory)
    warn(memory.map { [$0] } ?? [])
    return warnings
  }

  private var store: any NeighborStore {
    request.blocks.map { NeighborFileStore(folder: $0, key: key) as any NeighborStore } ?? NoNeighborStore()
  }

  /// What finished blocks depend on: the values compared and what is asked of the searches.
  private var key: String {
    let inputs = data.flatMap { space in
      [space.name, "\(space.metric)"]
        + space.datasets.flatMap { [$0.sha256, "\($0.count) x \($0.points.dimension) \($0.points.scalar)"] }
    }
    let shapes = data.map { "\($0.unit) \($0.picture.map { "\($0)" } ?? "")" }
    let settings = request.settings
    let asked =
      ["format 3"] + shapes + [
        "\(settings.neighbors)", "\(settings.background)", "\(settings.tiles)", "\(settings.seed)",
      ]
    return NeighborFileStore.key(inputs + asked)
  }
}
