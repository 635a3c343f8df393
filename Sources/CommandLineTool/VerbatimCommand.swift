// SPDX-License-Identifier: MIT
import ArgumentParser
import CProcess
import Files
import Foundation
import Verbatim

@main
struct VerbatimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verbatim",
    abstract: "Does a diffusion model create, or does it recite its training data?",
    discussion: """
      A laboratory: draw N samples of a Gaussian mixture with K components in d dimensions, train denoisers of \
      capacity M by gradient descent, sample from them, measure the memorization ratio, and find the transition \
      from generalizing to memorizing as M grows (Buchanan, Pai, Ma, De Bortoli, NeurIPS 2025).

      First steps:
        verbatim transition -d 30 -K 3 -N 50         where one configuration's transition is
        verbatim plan Studies/quickstart.yaml        what a study would run, and how long it takes
        verbatim run Studies/quickstart.yaml         run it; interrupted, the same command resumes
        verbatim audit --train T --generated G       did a model recite its training data
        verbatim doctor                              is this machine set up, and how fast is it

      Exit codes: 0 fine, 1 a finding (audit: memorized or inconclusive), 2 wrong usage or input, 3 failure while running or interrupted (what was finished is kept).
      """,
    version: Release.version,
    subcommands: [
      AuditCommand.self, TransitionCommand.self, PredictCommand.self, FitCommand.self, TrainCommand.self,
      SampleCommand.self,
      RunCommand.self, PlanCommand.self, ReportCommand.self, ListCommand.self, ShowCommand.self, DoctorCommand.self,
    ])

  static func main() {
    vb_process_begin()
    vb_mappings_watch()
    Interruption.install()
    do {
      try checkEnvironment()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure.exit(error, command: VerbatimCommand.self)
    }
  }

  /// A misspelt instruction set would be ignored, and a measurement be of another one than its author believes.
  private static func checkEnvironment() throws {
    let wanted = ProcessInfo.processInfo.environment["VERBATIM_ISA"] ?? ""
    guard wanted.isEmpty || InstructionSet.names.contains(wanted) else {
      let allowed = InstructionSet.names.joined(separator: ", ")
      throw Failure.Usage(
        description: "VERBATIM_ISA: '\(PrintableText.quotation(wanted))' is unknown; allowed: \(allowed)")
    }
  }
}
