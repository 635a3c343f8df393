// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Figures
import Foundation
import Kernels
import Memorization
import Prediction
import Reports
import RunStore
import Theory
import WeightFit

/// Writes figures and pages of a run folder from what it holds.
struct FolderReport {
  let folder: String
  let formats: Set<FigureFormat>
  let work: WorkOptions
  let gnuplot: Gnuplot
  /// Whether every method's prediction stands beside the measurement.
  var predicts = true

  static let standard: Set<FigureFormat> = [.svg, .pdf, .png]

  /// The paths of the pages: report.html, and sweep.html where the runs differ in d, K, N and seeds alone.
  func write() throws -> [String] {
    let folder = RunFolder(folder)
    try folder.requireExisting()
    let (records, torn) = try folder.records()
    guard !records.isEmpty else {
      throw Failure.Usage(description: "\(folder.path): holds no runs: run the study first")
    }
    if torn != nil { Console.warning("\(folder.recordsPath): the last line is unfinished and was left out") }
    let text = try folder.study()
    let study = try Study.parse(text, source: folder.studyPath, allowManyRuns: true)
    // Without its pictures a report would lose the predictions and sheets of an earlier one.
    if predicts {
      try PictureSeal(folder: folder.path).check(study.requirePictures(), source: study.grid.images?.source ?? "")
    }
    let results = StudyResults(records)
    let predictions = predicts ? try predictions(results) : []
    let report = StudyReport(
      title: study.title, studyText: text, provenance: try provenance(folder), records: records,
      transitions: results.byConfiguration.map { ($0.configuration, $0.transition) }, predictions: predictions,
      sheets: try sheets(records, folder))
    let place = URL(fileURLWithPath: folder.path)
    var files = try report.write(to: place, formats: formats, gnuplot: gnuplot)
    var pages = [folder.reportPath]
    if FitInput.isSweep(results) {
      let sweep = SweepReport(
        title: study.title, rows: SweepRow.rows(of: results), predictions: predictions.flatMap(Self.sweep),
        fit: try fit(folder.path))
      files = files.union(try sweep.write(to: place, formats: formats, gnuplot: gnuplot))
      pages.append(folder.path + "/sweep.html")
    }
    try files.removeOthers(from: place, formats: formats)
    return pages
  }

  /// The pictures that can be had; what cannot is said and left out.
  private func sheets(_ records: [RunRecord], _ folder: RunFolder) throws -> [PictureSheet] {
    func made<Value>(_ make: () throws -> Value) -> Value? {
      do { return try make() } catch {
        Console.warning("left out of the pictures: \(Failure.text(error))")
        return nil
      }
    }
    let runs = Dictionary(records.map { ($0.identifier, $0) }) { $1 }
    return try PictureSheets(
      laboratory: { data in made { try data.laboratory() } as? ImageLaboratory },
      model: { run in runs[run].flatMap { record in made { try folder.model(of: record) } } as? ColoredTemplateModel },
      samples: { run in made { try folder.samples(run) } }
    ).sheets(of: records)
  }

  private func predictions(_ results: StudyResults) throws -> [StudyPrediction] {
    let workers = Workers(threads: work.threadCount)
    defer { if !work.quiet { Console.clearLine() } }
    return try StudyPrediction.all(results, workers: workers) { done, total in
      try Interruption.check()
      if !work.quiet { Console.status("predicting configuration \(done + 1) of \(total)") }
    }
  }

  private static func sweep(_ prediction: StudyPrediction) -> [SweepPrediction] {
    let data = prediction.configuration.data
    func made(_ name: String, _ crossover: Double?, onSameData: Bool) -> SweepPrediction? {
      crossover.map {
        SweepPrediction(
          method: name, dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples,
          crossover: $0, onSameData: onSameData)
      }
    }
    return prediction.methods.compactMap { made($0.method.rawValue, $0.half.value, onSameData: false) }
      + [PredictionMethod.hardEM, .hardEMSampled].compactMap {
        made("\($0.rawValue)-same-data", prediction.sameData[$0], onSameData: true)
      }
  }

  /// The regression with its default settings; nil of too few tuples.
  private func fit(_ path: String) throws -> FitStudy? {
    let input = try FitInput(path: path, measuredLosses: false)
    return try? FitStudy(try input.tuples(constant: 1), times: input.times, settings: FitSettings())
  }

  private func provenance(_ folder: RunFolder) throws -> [(name: String, value: String)] {
    guard let first = try folder.provenances(Provenance.self).first else { return [] }
    return [
      ("version", "\(first.version), commit \(first.commit)"), ("command", first.commandLine.joined(separator: " ")),
      ("system", first.operatingSystem), ("processor", "\(first.cpu), \(first.cores) cores"),
      ("linear algebra", first.blas), ("seeds", first.seeds.map(String.init).joined(separator: ", ")),
      ("started", first.started),
    ]
  }
}
