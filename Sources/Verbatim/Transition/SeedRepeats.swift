// SPDX-License-Identifier: MIT
internal import Experiments

/// The studies behind repeats over n seeds: one over n data seeds at the base seed, one over n training seeds at the base
/// data seed. Both contain the base configuration, which is trained once when nothing is kept.
struct SeedRepeats: Sendable {
  let studies: [(study: Study, folder: String?)]
  /// A folder of models shared with other run folders.
  let models: String?
  let threads: Int?
  let keepsModels: Bool
  let families: ModelFamilies

  /// `settings` describe one configuration; with one seed there is one study and `folder` is its folder.
  init(
    name: String, settings: StudySettings, families: ModelFamilies, seeds: Int, folder: String?, models: String?,
    threads: Int?,
    keepsModels: Bool = false
  ) throws {
    guard (1...1000).contains(seeds) else {
      throw RequestError("seeds: '\(seeds)' is out of range; allowed: 1 to 1000")
    }
    (self.models, self.threads, self.keepsModels) = (models, threads, keepsModels)
    self.families = families
    let base = try Study.one(name: name, settings: settings, families: families)
    let configuration = base.configurations[0]
    guard seeds > 1 else {
      studies = [(base, folder)]
      return
    }
    let (seed, dataSeed) = (configuration.seed, configuration.data.dataSeed)
    var (data, training) = (settings, settings)
    (data.seed, data.dataSeed) = ([seed], (0..<UInt64(seeds)).map { dataSeed &+ $0 })
    (training.seed, training.dataSeed) = ((0..<UInt64(seeds)).map { seed &+ $0 }, [dataSeed])
    studies = [
      (try Study(data, name: "\(name)-data-seeds", families: families), folder.map { "\($0)/data-seeds" }),
      (try Study(training, name: "\(name)-training-seeds", families: families), folder.map { "\($0)/training-seeds" }),
    ]
  }

  /// The configuration that is repeated.
  var base: Configuration { studies[0].study.configurations[0] }

  /// All records, the base configuration's once; warnings of the first study, whose settings are those of both.
  func run(
    _ progress: @escaping @Sendable (StudyProgress) -> Void, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> StudyOutcome {
    let first = studies[0].study
    first.warnings.forEach { progress(.warning($0)) }
    var (records, runs): ([RunRecord], [RunResult]) = ([], [])
    var warnings = first.warnings
    for (study, folder) in studies {
      let known = Set(records.map(\.identifier))
      var request = StudyRequest(study, in: folder, models: models, threads: threads)
      // A folder finds its own runs.
      request.known = folder == nil ? records : []
      (request.keepsModels, request.families) = (keepsModels, families)
      let made = try request.run(progress: progress, isCancelled: isCancelled)
      records += made.records.filter { !known.contains($0.identifier) }
      runs += made.runs
      warnings += made.warnings.dropFirst(study.warnings.count)
    }
    return StudyOutcome(study: first, records: records, runs: runs, folder: nil, warnings: warnings)
  }
}

extension Study {
  /// A study of one configuration, as settings describe it; a list of values is refused.
  static func one(name: String, settings: StudySettings, families: ModelFamilies) throws -> Study {
    let study = try Study(settings, name: name, families: families)
    guard study.configurations.count == 1 else {
      throw RequestError(
        "settings: they describe \(study.configurations.count) configurations; allowed: one value each "
          + "(a study sweeps: StudyRequest)")
    }
    return study
  }
}
