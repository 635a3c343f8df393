// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// A study file, overrides, and where its results are.
struct StudyOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The study file, such as Studies/quickstart.yaml.", valueName: "study"))
  var path: String
  @Argument(
    help: ArgumentHelp(
      "Overrides such as samples=100, components='[10, 20]', N=100; the paper's letters d, K, N, M are known.",
      valueName: "key=value"))
  var overrides: [String] = []
  @Option(parsing: .unconditional, help: "The run folder (default: Runs/NAME, NAME being the study's).")
  var out: String?
  @Flag(help: "Allow more runs than the study's maximumRuns.")
  var yes = false

  func validate() throws { try OutOption.check(out) }

  func study() throws -> Study {
    try Study.read(path: path, overrides: overrides, allowManyRuns: yes)
  }

  func folder(of study: Study) -> String { out ?? "Runs/\(study.name)" }
}
