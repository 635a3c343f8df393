// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

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
    let request = TransitionRequest(
      settings: try options.settings([("refinement", refinement)]), strategy: search ? .search : .grid(seeds: seeds),
      in: out, models: models.folder,
      threads: work.threads)
    try ConfigurationOptions.requireOne(request.study())
    let outcome = try request.run(
      progress: ProgressLine(quiet: work.quiet).observe, isCancelled: { Interruption.isRequested })
    if work.json { try Console.json(outcome.document) } else { try Console.result(outcome.text) }
  }
}
