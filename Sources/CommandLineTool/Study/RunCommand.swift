// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

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
    if dryRun {
      return try PlanCommand.print(PlanRequest(study, in: folder, threads: work.threads), json: work.json)
    }
    study.warnings.forEach(Console.warning)
    try sparesStudy(folder)
    // Before the hours of training, not after.
    let gnuplot = noReport ? nil : try Gnuplot.required(otherwise: "or run without figures: --no-report")
    let request = StudyRequest(study, in: folder, models: models.folder, threads: work.threads)
    let outcome = try request.run(
      progress: ProgressLine(quiet: work.quiet).observe, isCancelled: { Interruption.isRequested })
    let results = outcome.results()
    let report = try gnuplot.flatMap { gnuplot in
      try WorkError.ofTheMoment { try FolderReport.write(folder, gnuplot: gnuplot, work: work).pages.first }
    }
    if work.json { return try Console.json(StudyDocument(study, results, folder: folder, report: report)) }
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
