// SPDX-License-Identifier: MIT
public import Experiments
public import Memorization

/// Where one configuration goes from generalizing to memorizing as the capacity M grows:
///
///     import Verbatim
///
///     let outcome = try TransitionRequest(dimension: 10, trueComponents: 2, samples: 20).run()
///     let half = outcome.transition.half
///     print("M_pt/N =", half.value ?? .nan, "in", half.low ?? 0, half.high ?? 1)
///     for point in outcome.document.curve { print(point.components, point.ratio.value) }
///
/// In memory unless `folder` names a run folder; there the same request, stopped, goes on where it was.
public struct TransitionRequest: Sendable {
  /// How the capacities are chosen.
  public enum Strategy: Sendable, Hashable {
    /// The tenths of N, then the `refinement` of the settings, by default up to ten, around the transition. `seeds` repeats
    /// it over so many data seeds and, separately, training seeds.
    case grid(seeds: Int = 1)
    /// Brackets of the three crossings that narrow: fewer trainings, the same answer within its interval.
    case search
  }

  /// Settings of a study (Documentation/Studies.md) that describe one configuration.
  public var settings: StudySettings
  /// How capacities are chosen.
  public var strategy: Strategy
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
    settings: StudySettings, strategy: Strategy = .grid(), in folder: String? = nil, models: String? = nil,
    threads: Int? = nil
  ) {
    (self.settings, self.strategy, self.folder) = (settings, strategy, folder)
    (self.models, self.threads) = (models, threads)
  }

  /// d, K and N, and what further settings say.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, settings: StudySettings = StudySettings(),
    strategy: Strategy = .grid(),
    in folder: String? = nil, models: String? = nil, threads: Int? = nil
  ) {
    var settings = settings
    (settings.dimension, settings.trueComponents, settings.samples) = ([dimension], [trueComponents], [samples])
    self.init(
      settings: settings, strategy: strategy, in: folder, models: models, threads: threads)
  }

  /// What the settings describe, without repeats: its warnings, and what it would run. Of several configurations `run`
  /// makes none.
  public func study() throws(StudyError) -> Study { try Study(allSettings, name: Self.name, families: families) }

  /// Trains the capacities, measures each, and locates the crossings.
  ///
  /// Throws `StudyError` and `RequestError` for settings that cannot be, and what `StudyRequest.run` throws.
  public func run(
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> TransitionOutcome {
    switch strategy {
    case .grid(let seeds): try grid(seeds, progress, isCancelled)
    case .search: try search(progress, isCancelled)
    }
  }

  /// Losses per time are a study's business; the ratio curve does not need them.
  private var allSettings: StudySettings {
    var all = settings
    all.losses = false
    if strategy == .search, all.title == nil { all.title = "search" }
    return all
  }
  private static let name = "transition"

  private func grid(
    _ seeds: Int, _ progress: @escaping @Sendable (StudyProgress) -> Void, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> TransitionOutcome {
    let repeats = try SeedRepeats(
      name: Self.name, settings: allSettings, families: families, seeds: seeds, folder: folder, models: models,
      threads: threads)
    let started = ContinuousClock().now
    let made = try repeats.run(progress, isCancelled)
    let results = made.results()
    let seconds = (ContinuousClock().now - started) / .seconds(1)
    let family = results.byConfiguration.first { $0.configuration == repeats.base }
    return TransitionOutcome(
      family: try Self.required(family), records: made.records, spread: SeedSpreads(results, base: repeats.base),
      seconds: seconds, trainingsSaved: nil, warnings: made.warnings)
  }

  /// Capacities are added until every crossing is bracketed.
  private func search(
    _ progress: @escaping @Sendable (StudyProgress) -> Void, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> TransitionOutcome {
    let base = try Study.one(name: Self.name, settings: allSettings, families: families)
    base.warnings.forEach { progress(.warning($0)) }
    let started = ContinuousClock().now
    let configuration = base.configurations[0]
    var request = StudyRequest(base, in: folder, models: models, threads: threads)
    request.families = families
    request.curves = [CapacityCurve(configuration, .search(TransitionSearch(samples: configuration.data.samples)))]
    let made = try request.run(progress: progress, isCancelled: isCancelled)
    let seconds = (ContinuousClock().now - started) / .seconds(1)
    let grid = base.runCount + base.refinement
    return TransitionOutcome(
      family: try Self.required(made.results().byConfiguration.first), records: made.records, spread: nil,
      seconds: seconds, trainingsSaved: max(0, grid - made.records.count), warnings: made.warnings)
  }

  private static func required(_ family: ConfigurationResults?) throws(WorkError) -> ConfigurationResults {
    guard let family else { throw WorkError("no run of the configuration has finished") }
    return family
  }
}

/// The transition of one configuration.
public struct TransitionOutcome: Sendable {
  /// The configuration, its runs with M ascending, and its transition.
  public let family: ConfigurationResults
  /// All runs, those of other seeds too.
  public let records: [RunRecord]
  /// Over data seeds and training seeds; nil of one seed.
  public let spread: SeedSpreads?
  /// Wall time.
  public let seconds: Double
  /// Trainings that the grid and its refinement would have taken beyond these; nil but for a search.
  public let trainingsSaved: Int?
  /// Those of the settings, then what was found in the folder.
  public let warnings: [String]

  /// Start, half (M_pt) and end in units of M/N, with 95 % intervals over the evaluation samples.
  public var transition: Transition { family.transition }

  /// The numbers as one JSON document.
  public var document: TransitionDocument {
    TransitionDocument(family, spread: spread, seconds: seconds, trainingsSaved: trainingsSaved)
  }

  /// The curve and its crossings for a terminal.
  public var text: String { document.text(family) }
}
