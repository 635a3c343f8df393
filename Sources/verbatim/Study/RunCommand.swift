// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Figures
import Foundation
import Reports
import RunStore

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a study into a run folder and writes its report. If interrupted, the same command resumes.",
    discussion: """
        verbatim run Studies/quickstart.yaml
        verbatim run Studies/quickstart.yaml N=100 K=6 --out Runs/n100
        verbatim run Studies/quickstart.yaml --dry-run         what would run; writes nothing
        verbatim run Studies/criterion.yaml --models Models    models that other runs have trained are taken from there

      The folder holds study.yaml (with every value written out), provenance.json, runs.jsonl (one line when each \
      training ends), results.csv, losses.csv, transitions.csv, models/*.safetensors, samples/*.npy, figures/ and \
      report.html. \
      The keys of a study are in Documentation/Studies.md.
      """)

  @OptionGroup var options: StudyOptions
  @OptionGroup var models: ModelsOption
  @OptionGroup var work: WorkOptions
  @Flag(name: [.customShort("n"), .long], help: "Print the plan and stop.")
  var dryRun = false
  @Flag(help: "Leave figures and report to 'verbatim report'.")
  var noReport = false

  func validate() throws {
    try models.check(out: options.out ?? "Runs")
    try OptionProblem.refuse(
      [("--models", models.folder != nil)], dryRun ? "--dry-run trains nothing; leave one out" : nil)
    try OptionProblem.refuse([("--no-report", noReport)], dryRun ? "--dry-run writes no report; leave one out" : nil)
  }

  func run() throws {
    let study = try options.study()
    let folder = options.folder(of: study)
    if dryRun { return try PlanPrinter(study: study, folder: folder, work: work).print() }
    study.warnings.forEach(Console.warning)
    try sparesStudy(folder)
    // Before the hours of training, not after.
    let gnuplot = noReport ? nil : try Gnuplot.required(otherwise: "or run without figures: --no-report")
    let outcome = try StudyWork(study: study, folder: folder, work: work, models: models.folder).run()
    let results = StudyResults(outcome.records)
    let report = try gnuplot.flatMap { gnuplot in
      let report = FolderReport(folder: folder, formats: FolderReport.standard, work: work, gnuplot: gnuplot)
      return try Failure.ofTheMoment { try report.write().first }
    }
    if work.json { return try Console.json(RunDocument(study, results, folder: folder, report: report)) }
    try Console.result(
      SummaryText.tenLines(
        title: study.title, records: outcome.records,
        transitions: results.byConfiguration.map { ($0.configuration, $0.transition) }, report: report ?? folder))
  }

  /// A new run folder gets a study.yaml: never in place of the file that it is made from.
  private func sparesStudy(_ folder: String) throws {
    let folder = RunFolder(folder)
    if !folder.exists { try OutOption.check(folder.studyPath, spares: [options.path]) }
  }
}

/// What `verbatim run --json` prints.
struct RunDocument: Encodable {
  let schema = 1
  let name: String
  let folder: String
  let report: String?
  let runs: Int
  let diverged: Int
  let configurations: [TransitionDocument]

  init(_ study: Study, _ results: StudyResults, folder: String, report: String?) {
    name = study.name
    (self.folder, self.report) = (folder, report)
    let records = results.byConfiguration.flatMap(\.records)
    runs = records.count
    diverged = records.count { $0.measurements == nil }
    configurations = results.byConfiguration.map { family in
      TransitionDocument(
        family, spread: nil,
        seconds: family.records.reduce(0) {
          $0 + $1.timing.trainingSeconds + $1.timing.evaluationSeconds
        })
    }
  }
}
