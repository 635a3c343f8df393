// SPDX-License-Identifier: MIT
public import Experiments

/// One model of one capacity: trained, sampled from, measured.
///
///     let outcome = try TrainingRequest(dimension: 30, trueComponents: 3, samples: 50, capacity: 40).run()
///     print(outcome.record.measurements?.ratio.value ?? .nan)
public struct TrainingRequest: Sendable {
  /// Settings of a study that describe one configuration.
  public var settings: StudySettings
  /// M.
  public var capacity: Int
  /// Repeats over so many data seeds and, separately, training seeds.
  public var seeds = 1
  /// The run folder; nil keeps everything in memory.
  public var folder: String?
  /// A folder of trained models shared with other run folders; needs `folder`.
  public var models: String?
  /// nil for all processors. Numbers do not depend on it.
  public var threads: Int?
  /// The families of models that the settings may name.
  public var families = ModelFamilies.standard

  /// Nothing is checked or read here: `run` does.
  public init(
    settings: StudySettings, capacity: Int, seeds: Int = 1, in folder: String? = nil, models: String? = nil,
    threads: Int? = nil
  ) {
    (self.settings, self.capacity, self.seeds) = (settings, capacity, seeds)
    (self.folder, self.models, self.threads) = (folder, models, threads)
  }

  /// d, K and N, and what further settings say.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, settings: StudySettings = StudySettings(), capacity: Int
  ) {
    var settings = settings
    (settings.dimension, settings.trueComponents, settings.samples) = ([dimension], [trueComponents], [samples])
    self.init(settings: settings, capacity: capacity)
  }

  /// What the settings describe, without repeats. Of several configurations `run` makes none.
  public func study() throws(StudyError) -> Study { try Study(allSettings, name: Self.name, families: families) }

  private var allSettings: StudySettings {
    var all = settings
    (all.components, all.refinement, all.losses) = (.counts([capacity]), 0, false)
    return all
  }
  private static let name = "train"

  /// Throws `StudyError` and `RequestError` for settings that cannot be, and what `StudyRequest.run` throws. A training
  /// that diverges is an outcome (`RunRecord.outcome`), no error.
  public func run(
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> TrainingOutcome {
    let repeats = try SeedRepeats(
      name: Self.name, settings: allSettings, families: families, seeds: seeds, folder: folder, models: models,
      threads: threads,
      keepsModels: true)
    let made = try repeats.run(progress, isCancelled)
    guard let record = made.records.first(where: { $0.settings.configuration == repeats.base }) else {
      throw WorkError("the run has not finished")
    }
    let run = made.runs.first { $0.record.identifier == record.identifier }
    return TrainingOutcome(record: record, records: made.records, run: run, warnings: made.warnings)
  }
}

/// A trained and measured model.
public struct TrainingOutcome: Sendable {
  /// Of the configuration as it was given.
  public let record: RunRecord
  /// Of all repeats.
  public let records: [RunRecord]
  /// The model and its samples where nothing is kept; else they lie in the run folder (`RunFolder.model(of:)`).
  public let run: RunResult?
  /// Those of the settings, then what was found in the folder.
  public let warnings: [String]

  /// The numbers as one JSON document.
  public var document: TrainingDocument { TrainingDocument(record, all: records) }
}
