// SPDX-License-Identifier: MIT
internal import Memorization
internal import Training

/// A resolved study: which trainings to run, every value decided and checked.
public struct Study: Sendable, Hashable {
  /// Names the run folder; the file's name unless the study says otherwise.
  public let name: String
  /// One line for reports; the name unless the study says otherwise.
  public let title: String
  /// The value of every key, defaults filled in; nil where a key stays without one (such as `images`).
  ///
  /// Values that follow from others are filled in too (the rate from the steps): for a study that differs in one key, change
  /// the settings that this one was made of.
  public let settings: StudySettings
  /// At most this many new M per configuration around its transition; 0 means none.
  public let refinement: Int
  /// More runs than this need an explicit yes.
  public let maximumRuns: Int
  /// Every combination of the axes but M; the last axis varies fastest.
  public let configurations: [Configuration]
  /// The capacities M of each configuration before refinement, in the order of `configurations`.
  public let componentCounts: [[Int]]

  /// The study that settings describe; `name` is for settings that name none.
  ///
  /// `families` are the families of models that `family` may name; `allowManyRuns` lifts `maximumRuns` (the command
  /// line's --yes, and reading a folder back). Throws a `StudyError` of one line for what cannot stand.
  public init(
    _ settings: StudySettings, name: String = "study", families: ModelFamilies = .standard, allowManyRuns: Bool = false
  ) throws(StudyError) {
    var settings = settings
    if settings.name == nil { settings.fill(StudyKeys.name.name, name) }
    for key in StudyKeys.all { try key.check(settings) }
    for key in StudyKeys.all { try key.resolve(&settings) }
    for key in StudyKeys.all { try key.agree(settings, families) }
    try settings.checkSize()
    try settings.checkRuns(allowMany: allowManyRuns)
    self.name = settings.name ?? name
    title = settings.title ?? name
    refinement = settings.refinement ?? 0
    maximumRuns = settings.maximumRuns ?? 0
    let axis = settings.family.flatMap(families.named)?.capacityAxis
    configurations = settings.configurations.map { configuration in
      var configuration = configuration
      configuration.axis = axis == .components ? nil : axis
      return configuration
    }
    let components = settings.components ?? .tenths
    componentCounts = configurations.map { components.counts(samples: $0.data.samples) }
    self.settings = settings.unmarked
  }

  /// The study that a change of the defaults describes: `Study(name: "small") { $0.samples = [20] }`.
  public init(name: String, _ change: (inout StudySettings) -> Void) throws(StudyError) {
    var settings = StudySettings()
    change(&settings)
    try self.init(settings, name: name)
  }

  /// What a user should know before these trainings start; empty for sound studies.
  public var warnings: [String] {
    (settings.preset ?? []).compactMap { preset in
      configurations.first { $0.training.preset == preset }?.training.warning
    }
  }

  /// Trainings before refinement.
  public var runCount: Int { componentCounts.reduce(0) { $0 + $1.count } }

  /// The settings of every training before refinement, configuration by configuration, M ascending.
  public var runs: [RunSettings] {
    zip(configurations, componentCounts).flatMap { configuration, counts in
      counts.map { RunSettings(configuration: configuration, capacity: $0) }
    }
  }

  /// The whole study as a YAML file: every key, in a fixed order, defaults spelled out.
  ///
  /// The same study always gives the same text, and reading the text gives the same study. A key that is absent has no
  /// line where studies are older than the key.
  public var yaml: String {
    var text = "# A resolved study: every value that decides its numbers, defaults included.\n"
    for key in StudyKeys.all {
      if let value = key.text(settings) { text += "\(key.name): \(value)\n" }
    }
    return text
  }
}

extension StudySettings {
  /// Every configuration: the product of the axes.
  fileprivate var configurations: [Configuration] {
    var all = [
      Configuration(data: DataSettings(dimension: 1, trueComponents: 1, samples: 2), training: .paper())
    ]
    for key in StudyKeys.product {
      let choices = key.choices(self)
      if choices.count == 1 {
        for index in all.indices { choices[0](&all[index]) }
      } else {
        all = all.flatMap { configuration in
          choices.map { choice in
            var copy = configuration
            choice(&copy)
            return copy
          }
        }
      }
    }
    return all
  }

  /// Bounds the largest arrays (samples, means and draws times dimension) at 200 million doubles, 1.6 GB each.
  fileprivate func checkSize() throws(StudyError) {
    let (dimensions, samples, components) = (self.dimension ?? [], self.samples ?? [], self.components ?? .tenths)
    let largest = dimensions.max() ?? 1
    let capacity = samples.flatMap { components.counts(samples: $0) }.max() ?? 1
    let rows =
      [
        samples.max(), self.evaluationSamples, self.heldOutSamples, self.trueComponents?.max(), capacity,
        self.draws?.values.max(),
      ].compactMap(\.self).max() ?? 1
    guard Self.product(largest, rows) <= StudyBounds.arraySize else {
      throw refusedAsWhole(
        "dimension", part: "[0]", "makes \(rows) rows of \(largest) numbers each",
        allowed: "at most \(StudyBounds.arraySize) numbers")
    }
  }

  /// Beyond this many runs the plan itself would not fit into memory.
  private static let hardLimit = 10_000_000

  fileprivate func checkRuns(allowMany: Bool) throws(StudyError) {
    let limit = allowMany ? Self.hardLimit : self.maximumRuns ?? Self.hardLimit
    let (samples, components) = (self.samples ?? [], self.components ?? .tenths)
    let configurations = StudyKeys.product.map { $0.choices(self).count }.reduce(1, Self.product)
    let perSamples = samples.map { components.counts(samples: $0).count }.reduce(0, +)
    let runs = Self.product(configurations / max(samples.count, 1), perSamples)
    let (refined, overflow) = Self.product(configurations, self.refinement ?? 0).addingReportingOverflow(runs)
    let all = overflow ? Int.max : refined
    guard all > limit else { return }
    let count = all == .max ? "more than 10^18" : "\(all)"
    throw refusedAsWhole(
      "maximumRuns", "asks for \(count) runs (refinement included)",
      allowed: limit == Self.hardLimit ? "at most \(limit)" : "at most \(limit) (maximumRuns), or more with --yes")
  }

  /// Saturates instead of overflowing.
  private static func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : value
  }
}
