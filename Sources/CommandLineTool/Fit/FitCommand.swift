// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "The paper's regression of loss weights lambda~ on the measured M_pt of a sweep, and what it can show.",
    discussion: """
      Fits weights over the times so that the weighted losses of the generalizing and the partially memorizing \
      denoiser cross at the measured M_pt. Some tuples (d, K, N) are used for the fit and others for the test: a \
      seeded share, then each N, d and K in turn. The output always shows two comparisons: the constant that ignores \
      the tuple, and the single number rho to which the weights reduce. With --out: lambda.csv, residuals.csv and the \
      figure of lambda~ in figures/.

        verbatim fit Runs/sweep
        verbatim fit Results/sweep --test-share 0.5 --seed 3 --out Fit --json
        verbatim fit Runs/sweep --measured-losses     measured losses in place of the closed forms
      """)

  @Argument(
    help: ArgumentHelp(
      "A run folder, a folder of its tables and study.yaml, or one of the tables.", valueName: "results"))
  var path: String
  @Option(
    parsing: .unconditional, help: "Share of the tuples kept for the test, at least 0 and below 1 (default: 0.25).")
  var testShare: Double?
  @Option(parsing: .unconditional, help: "Seed of the split and of the starts (default: 0).")
  var seed: UInt64?
  @Option(
    parsing: .unconditional,
    help: "C of the partially memorizing loss C (1 - M/N): 1 as in the authors' code (default), 2 as in Fig. 1.")
  var constant: Double?
  @Option(parsing: .unconditional, help: "Random starts of the optimizer (default: 16).")
  var starts: Int?
  @Flag(help: "Use the study's measured losses (losses: true) in place of the closed forms.")
  var measuredLosses = false
  @Option(parsing: .unconditional, help: "Write lambda.csv, residuals.csv and figures/lambda.* into this folder.")
  var out: String?
  @Flag(help: "One JSON document on standard output.")
  var json = false

  func validate() throws {
    _ = try settings
    try OutOption.check(out)
    if let constant, !(constant > 0 && constant <= 1000) {
      throw ValidationError("--constant: '\(constant)' is out of range; allowed: above 0, at most 1000")
    }
    try OptionProblem.refuse(
      [("--constant", constant != nil)],
      measuredLosses ? "belongs to the closed forms; allowed: without --measured-losses" : nil)
  }

  private var settings: FitSettings {
    get throws {
      let usual = FitSettings()
      return try OptionProblem.naming { () throws(FitError) in
        try FitSettings(
          starts: starts ?? usual.starts, seed: seed ?? usual.seed, testShare: testShare ?? usual.testShare)
      }
    }
  }

  func run() throws {
    if measuredLosses, !RunFolder(path).exists {
      throw Failure.Usage(description: "--measured-losses: '\(path)' is not a run folder")
    }
    let input = try FitInput(path: path, measuredLosses: measuredLosses, warning: Console.warning)
    for file in out.map(FitFiles.paths) ?? [] { try OutOption.check(file, spares: FitInput.files(of: path)) }
    // Before the fit, not after.
    let gnuplot = try out.map { _ in try Gnuplot.required(otherwise: "or leave out --out") }
    let outcome = try fit(FitRequest(input, constant: constant ?? 1, settings: try settings))
    if let out, let gnuplot { try FitFiles(outcome).write(to: out, with: gnuplot) }
    let document = outcome.document
    if json { try Console.json(document) } else { try Console.result(document.text) }
  }

  private func fit(_ request: FitRequest) throws -> FitOutcome {
    do throws(FitError) { return try request.run(warning: Console.warning) } catch {
      throw Failure.Usage(description: "\(path): \(error)")
    }
  }
}
