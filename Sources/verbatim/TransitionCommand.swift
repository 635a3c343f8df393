// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Foundation
import Reports

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
  @OptionGroup var work: WorkOptions
  @Option(
    parsing: .unconditional, help: "Repeat with this many data seeds and, separately, training seeds (default: 1).")
  var seeds: Int = 1
  @Option(parsing: .unconditional, help: "At most this many capacities around the transition (default: 10).")
  var refinement: String?
  @Option(parsing: .unconditional, help: "Keep everything in this run folder; interrupted, the same command resumes.")
  var out: String?

  func validate() throws {
    guard (1...1000).contains(seeds) else {
      throw ValidationError("--seeds: '\(seeds)' is out of range; allowed: 1 to 1000")
    }
  }

  func run() throws {
    let repeats = try SeedRepeats(name: "transition", settings: settings, seeds: seeds, out: out)
    let started = ContinuousClock().now
    let results = StudyResults(try repeats.run(work))
    let seconds = (ContinuousClock().now - started) / .seconds(1)
    guard let first = results.families.first(where: { $0.configuration == repeats.base }) else {
      throw StudyFailure(description: "no run of the configuration has finished")
    }
    let document = TransitionDocument(first, spread: SeedSpreads(results, base: repeats.base), seconds: seconds)
    if work.json { try Console.json(document) } else { print(document.text(first)) }
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
