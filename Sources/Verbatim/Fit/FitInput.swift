// SPDX-License-Identifier: MIT
internal import Files
internal import Denoisers
public import Diffusion
internal import Experiments
internal import Foundation
internal import Kernels
internal import Memorization
public import Reports
internal import RunStore
internal import Statistics
internal import Training
public import WeightFit

/// What a fit reads: the measured transitions of one sweep, all of one law and one budget.
public struct FitInput: Sendable {
  /// Where it was read.
  public let path: String
  /// One for each tuple (d, K, N), with M_pt/N of each of its seeds.
  public let rows: [SweepRow]
  /// sigma_*^2.
  public let variance: Double
  /// The process that all runs share.
  public let process: ProcessName
  /// t_l, descending.
  public let times: [Double]
  /// Measured losses by tuple [d, K, N]; empty unless asked for.
  public private(set) var losses: [[Int]: ExcessLosses] = [:]
  /// What was left out of the folder.
  public private(set) var warnings: [String] = []

  /// Reads a run folder, a folder with a study's tables and its study.yaml, or a transitions.csv or results.csv.
  ///
  /// `warning` is told at once what `warnings` says later: what follows may be an error. Throws `RequestError` for runs
  /// that are no sweep, `StoreError`, `StudyError`.
  public init(path: String, measuredLosses: Bool = false, warning: (String) -> Void = { _ in }) throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let folder = exists && isFolder.boolValue ? RunFolder(path) : nil
    if let folder, folder.exists {
      try self.init(path: path, folder: folder, measuredLosses: measuredLosses, warning: warning)
      return
    }
    if measuredLosses { throw RequestError("measuredLosses: '\(path)' is not a run folder") }
    self = try folder.map(FitTable.init(folder:))?.input ?? FitTable(path: path).input
  }

  /// The files that stand behind a path: itself, or the tables of the folder.
  public static func files(of path: String) -> [String] {
    let folder = RunFolder(path)
    return [path, folder.recordsPath, folder.resultsPath, folder.transitionsPath, folder.studyPath]
  }

  init(path: String, rows: [SweepRow], variance: Double, process: ProcessName, times: [Double]) {
    (self.path, self.rows, self.variance, self.process, self.times) = (path, rows, variance, process, times)
  }

  private init(path: String, folder: RunFolder, measuredLosses: Bool, warning: (String) -> Void) throws {
    let (records, torn) = try folder.records()
    let left = torn.map { _ in "\(folder.recordsPath): the last line is unfinished and was left out" }
    if let left { warning(left) }
    let results = StudyResults(records)
    guard let first = results.byConfiguration.first?.configuration else {
      throw RequestError("\(folder.path): holds no runs: run the study first")
    }
    for one in results.byConfiguration {
      try Self.require(one.configuration, like: first, in: folder.recordsPath)
    }
    self.init(
      path: path, rows: SweepRow.rows(of: results), variance: first.data.variance, process: first.process,
      times: first.times.times(of: first.process.process))
    warnings = [left].compactMap { $0 }
    if measuredLosses { losses = try Self.measured(results, folder.recordsPath) }
  }

  /// Tuples of different laws or budgets are not one sweep: what differs, in one line.
  private static func require(_ other: Configuration, like first: Configuration, in path: String) throws {
    func refuse(_ what: String, _ a: String, _ b: String) -> RequestError {
      RequestError("\(path): mixed \(what): '\(a)' and '\(b)'; " + FitTable.alone)
    }
    let named: [(String, String, String)] = [
      ("variances", "\(first.data.variance)", "\(other.data.variance)"),
      ("processes", first.process.rawValue, other.process.rawValue),
      ("presets", first.training.preset.rawValue, other.training.preset.rawValue),
      ("initializations", "\(first.initialization.name)", "\(other.initialization.name)"),
      ("criteria", "\(first.evaluation.criterion)", "\(other.evaluation.criterion)"),
      ("training steps", "\(first.training.steps)", "\(other.training.steps)"),
      ("samplers", first.evaluation.sampler.rawValue, other.evaluation.sampler.rawValue),
    ]
    for (what, a, b) in named where a != b { throw refuse(what, a, b) }
    if neutral(first) != neutral(other) { throw refuse("settings", name(first), name(other)) }
  }

  private static func name(_ configuration: Configuration) -> String {
    let data = configuration.data
    return "d=\(data.dimension) K=\(data.trueComponents) N=\(data.samples)"
  }

  /// Whether the runs are several tuples (d, K, N) that differ in nothing else but seeds.
  static func isSweep(_ results: StudyResults) -> Bool {
    let configurations = results.byConfiguration.map(\.configuration)
    return Set(configurations.map(\.withoutSeeds)).count > 1 && Set(configurations.map(neutral)).count == 1
      && configurations.allSatisfy { $0.family == nil }
  }

  /// A configuration without what may differ within a sweep.
  private static func neutral(_ configuration: Configuration) -> Configuration {
    var configuration = configuration
    let data = configuration.data
    (configuration.data.dimension, configuration.data.trueComponents, configuration.data.samples) = (1, 1, 1)
    if data.heldOutSamples > 0 { configuration.data.heldOutSamples = 1 }
    (configuration.data.dataSeed, configuration.seed) = (0, 0)
    return configuration
  }

  /// Excess losses over the memorizing denoiser on the training samples, divided by d s, of each tuple's first seed.
  private static func measured(_ results: StudyResults, _ path: String) throws -> [[Int]: ExcessLosses] {
    var losses: [[Int]: ExcessLosses] = [:]
    for family in results.byConfiguration {
      let data = family.configuration.data
      guard family.configuration.times.count > 1 else {
        throw RequestError("\(path): '\(name(family.configuration))' has one time; allowed: two or more")
      }
      let tuple = [data.dimension, data.trueComponents, data.samples]
      guard losses[tuple] == nil else { continue }
      let scale = Double(data.dimension) * data.variance
      var (capacities, partial): ([Int], [[Double]]) = ([], [])
      var generalizing: [Double] = []
      for record in family.records {
        func loss(_ subject: LossByTime.Subject) -> [Double]? {
          record.measurements?.losses.first { $0.subject == subject && $0.split == .train }?.losses.map(\.value)
        }
        guard let memorizing = loss(.memorizing), let general = loss(.generalizing), let part = loss(.partial) else {
          continue
        }
        capacities.append(record.settings.capacity)
        partial.append(zip(part, memorizing).map { ($0 - $1) / scale })
        generalizing = zip(general, memorizing).map { ($0 - $1) / scale }
      }
      guard !capacities.isEmpty else {
        throw RequestError("\(path): '\(name(family.configuration))' has no losses; run the study with losses: true")
      }
      losses[tuple] = .measured(capacities: capacities, partial: partial, generalizing: generalizing)
    }
    return losses
  }

  /// The equations of the regression; tuples without a transition in range are left out.
  ///
  /// Throws `FitError` where they are too many for so many starts, before they take memory.
  public func tuples(constant: Double = 1, starts: Int = FitSettings().starts) throws(FitError) -> [FitTuple] {
    let psi = times.map { process.process.signalToNoise($0) }
    let rows = rows.filter { $0.value != nil }
    let sizes = Set(rows.map(\.samples))
    if losses.isEmpty {
      let capacities = sizes.reduce(0) { $0 + min($1, ExcessLosses.mostCapacities) }
      try FitStudy.requireLittleWork(
        rows.map { [$0.dimension, $0.trueComponents, $0.samples] }, capacities: capacities, starts: starts)
    }
    // Tuples of one N have the same losses.
    let closed = Dictionary(
      uniqueKeysWithValues: sizes.map {
        ($0, ExcessLosses.closedForm(samples: $0, signalToNoise: psi, variance: variance, constant: constant))
      })
    return rows.compactMap { row in
      let tuple = [row.dimension, row.trueComponents, row.samples]
      guard let value = row.value, let losses = losses[tuple] ?? closed[row.samples] else { return nil }
      return FitTuple(
        dimension: row.dimension, trueComponents: row.trueComponents, samples: row.samples, measured: value,
        losses: losses)
    }
  }
}
