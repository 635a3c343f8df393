// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Foundation
import Memorization
import Reports
import Statistics

struct TransitionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transition",
    abstract: "Finds start, half and end of the transition of one configuration, without a study file.",
    discussion: """
      Trains M = N/10, 2N/10, .., N and up to ten more around the transition; the memorization ratio crosses 0.1 \
      (start), 0.5 (half: M_pt) and 0.9 (end). Values are in units of M/N with 95 % intervals over the evaluation \
      samples; --seeds adds the spread over data seeds and, separately, over training seeds.

        verbatim transition -d 30 -K 3 -N 50
        verbatim transition -d 50 -K 12 -N 200 --seeds 3 --json
        verbatim transition -d 30 -K 3 -N 50 --preset paper --out Runs/paper-30-3-50    resumable
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var models: ModelsOption
  @OptionGroup var work: WorkOptions
  @Option(
    parsing: .unconditional, help: "Repeat with this many data seeds and, separately, training seeds.")
  var seeds: Int = 1
  @Option(parsing: .unconditional, help: "At most this many capacities around the transition (default: 10).")
  var refinement: String?
  @Option(
    parsing: .unconditional, help: "Keep everything in this run folder; if interrupted, the same command resumes.")
  var out: String?
  @Flag(
    help:
      "Bracket the three crossings, not the whole grid: fewer trainings, and the same answer within its interval.")
  var search = false

  func validate() throws {
    try OutOption.check(out)
    try models.check(out: out)
    guard (1...1000).contains(seeds) else {
      throw ValidationError("--seeds: '\(seeds)' is out of range; allowed: 1 to 1000")
    }
    if search && (seeds > 1 || refinement != nil) {
      throw ValidationError("--search: chooses its own capacities; allowed: without --seeds and --refinement")
    }
  }

  func run() throws {
    if search { return try runSearch() }
    let repeats = try SeedRepeats(name: "transition", settings: settings, seeds: seeds, out: out, models: models.folder)
    let started = ContinuousClock().now
    let results = StudyResults(try repeats.run(work))
    let seconds = (ContinuousClock().now - started) / .seconds(1)
    guard let first = results.byConfiguration.first(where: { $0.configuration == repeats.base }) else {
      throw StudyFailure(description: "no run of the configuration has finished")
    }
    let document = TransitionDocument(first, spread: SeedSpreads(results, base: repeats.base), seconds: seconds)
    if work.json { try Console.json(document) } else { try Console.result(document.text(first)) }
  }

  /// Capacities are added until every crossing is bracketed.
  private func runSearch() throws {
    let base = try Study.one(name: "transition", settings: settings + ["title=search"])
    base.warnings.forEach(Console.warning)
    let started = ContinuousClock().now
    let configuration = base.configurations[0]
    let curve = CapacityCurve(configuration, .search(TransitionSearch(samples: configuration.data.samples)))
    let records = try StudyWork(study: base, folder: out, work: work, models: models.folder, curves: [curve]).run()
      .records
    let seconds = (ContinuousClock().now - started) / .seconds(1)
    guard let family = StudyResults(records).byConfiguration.first else {
      throw StudyFailure(description: "no run of the configuration has finished")
    }
    let grid = base.runCount + base.refinement
    let document = TransitionDocument(
      family, spread: nil, seconds: seconds, trainingsSaved: max(0, grid - records.count))
    if work.json { try Console.json(document) } else { try Console.result(document.text(family)) }
  }

  /// Losses per time are a study's business; the ratio curve does not need them.
  private var settings: [String] {
    options.settings + ["losses=false"] + (refinement.map { ["refinement=\($0)"] } ?? [])
  }
}

/// A run that ended without what the command was asked for.
struct StudyFailure: Error, CustomStringConvertible {
  let description: String
}
