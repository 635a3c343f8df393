// SPDX-License-Identifier: MIT
internal import Training

/// A resolved study: which trainings to run, every value decided and checked.
///
/// Decoded first (`StudyDraft`: optional values that know where they were written), then resolved.
public struct Study: Sendable, Hashable {
  /// Names the run folder; the file's name unless the study says otherwise.
  public let name: String
  /// One line for reports; the name unless the study says otherwise.
  public let title: String
  public let grid: StudyGrid
  /// At most this many new M per configuration around its transition; 0 means none.
  public let refinement: Int
  /// More runs than this need an explicit yes.
  public let maximumRuns: Int
  /// Every combination of the axes but M.
  public let configurations: [Configuration]
  /// The capacities M of each configuration before refinement, in the order of `configurations`.
  public let componentCounts: [[Int]]

  /// What a user should know before these trainings start; empty for sound studies.
  public var warnings: [String] {
    grid.presets.compactMap { grid.training[$0]?.warning }
  }

  /// Trainings before refinement.
  public var runCount: Int { componentCounts.reduce(0) { $0 + $1.count } }

  /// The settings of every training before refinement, configuration by configuration, M ascending.
  public var runs: [RunSettings] {
    zip(configurations, componentCounts).flatMap { configuration, counts in
      counts.map { RunSettings(configuration: configuration, capacity: $0) }
    }
  }

  init(_ draft: StudyDraft, defaultName: String, allowManyRuns: Bool) throws(StudyError) {
    grid = try StudyGrid(draft)
    name = draft.name?.value ?? defaultName
    title = draft.title?.value ?? name
    refinement = grid.refinement(draft)
    maximumRuns = draft.maximumRuns?.value ?? StudyDefaults.maximumRuns
    try Self.checkRuns(grid, refinement, draft, limit: allowManyRuns ? Self.hardLimit : maximumRuns)
    configurations = grid.configurations
    let grid = grid
    componentCounts = configurations.map { grid.components.counts(samples: $0.data.samples) }
  }

  /// Beyond this many runs the plan itself would not fit into memory.
  private static let hardLimit = 10_000_000

  private static func checkRuns(
    _ grid: StudyGrid, _ refinement: Int, _ draft: StudyDraft, limit: Int
  ) throws(StudyError) {
    let (refined, overflow) = StudyGrid.product(grid.configurationCount, refinement)
      .addingReportingOverflow(grid.runCount)
    let runs = overflow ? Int.max : refined
    guard runs > limit else { return }
    let count = runs == .max ? "more than 10^18" : "\(runs)"
    throw StudyError(
      draft.maximumRuns?.place ?? draft.place, problem: "asks for \(count) runs (refinement included)",
      allowed: limit == hardLimit ? "at most \(limit)" : "at most \(limit) (maximumRuns), or more with --yes")
  }
}
