// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Experiments
public import Figures
internal import Foundation
internal import Kernels
internal import Memorization
internal import Prediction
internal import Reports
internal import RunStore
internal import WeightFit

/// Figures and pages of a run folder, made from what it holds.
///
///     print(try ReportRequest(folder: "Runs/quickstart").run().pages)
public struct ReportRequest: Sendable {
  /// The run folder.
  public var folder: String
  /// SVG is always drawn.
  public var formats: Set<FigureFormat>
  /// Whether every method's prediction stands beside the measurement: about a second for each configuration and seed.
  public var predicts: Bool
  /// nil for all processors. Numbers do not depend on it.
  public var threads: Int?
  /// nil means the one on the search path.
  public var gnuplot: Gnuplot?
  /// The families that the study may name.
  public var families = ModelFamilies.standard

  /// With predictions, by all processors, unless said otherwise; nothing is read here.
  public init(
    folder: String, formats: Set<FigureFormat> = standardFormats, predicts: Bool = true, threads: Int? = nil,
    gnuplot: Gnuplot? = nil
  ) {
    (self.folder, self.formats, self.predicts) = (folder, formats, predicts)
    (self.threads, self.gnuplot) = (threads, gnuplot)
  }

  /// SVG, PDF and PNG.
  public static let standardFormats: Set<FigureFormat> = [.svg, .pdf, .png]

  /// Writes `report.html`, and `sweep.html` where the runs differ in d, K, N and seeds alone, with their figures.
  ///
  /// `isCancelled` is asked between predictions and, unless `gnuplot` has its own, while gnuplot draws. Throws `StoreError`, `RequestError` for a folder
  /// without runs, `StudyError`, `PictureError`, `FigureError` and `CancellationError`.
  public func run(
    progress: @escaping (ReportProgress) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ReportOutcome {
    do { return try write(progress, isCancelled) } catch FigureError.interrupted { throw CancellationError() }
  }

  private func write(
    _ progress: @escaping (ReportProgress) -> Void, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ReportOutcome {
    let threads = try Processors.threads(threads)
    let folder = RunFolder(folder)
    try folder.requireExisting()
    let (records, torn) = try folder.records()
    guard !records.isEmpty else { throw RequestError("\(folder.path): holds no runs: run the study first") }
    // Before the work, not after.
    let gnuplot = try gnuplot ?? Gnuplot.find(isCancelled: isCancelled)
    var warnings: [String] = []
    func warn(_ line: String) {
      progress(.warning(line))
      warnings.append(line)
    }
    if torn != nil { warn("\(folder.recordsPath): the last line is unfinished and was left out") }
    let text = try folder.study()
    let study = try Study.parse(text, source: folder.studyPath, families: families, allowManyRuns: true)
    // Without its pictures a report would lose the predictions and sheets of an earlier one.
    if predicts {
      try PictureSeal(folder: folder.path).check(study.requirePictures(), source: study.settings.images?.source ?? "")
    }
    let results = StudyResults(records)
    let predictions = predicts ? try predictions(results, threads, progress, isCancelled) : []
    let sheets = try sheets(records, folder, warn)
    let report = StudyReport(
      title: study.title, studyText: text, provenance: try Self.provenance(folder), records: records,
      transitions: results.byConfiguration.map { ($0.configuration, $0.transition) }, predictions: predictions,
      sheets: sheets)
    let place = URL(fileURLWithPath: folder.path)
    var files = try report.write(to: place, formats: formats, gnuplot: gnuplot)
    var pages = [folder.reportPath]
    if FitInput.isSweep(results) {
      let sweep = SweepReport(
        title: study.title, rows: SweepRow.rows(of: results), predictions: predictions.flatMap(Self.sweep),
        fit: try Self.fit(folder.path))
      files = files.union(try sweep.write(to: place, formats: formats, gnuplot: gnuplot))
      pages.append(folder.path + "/sweep.html")
    }
    try files.removeOthers(from: place, formats: formats)
    return ReportOutcome(pages: pages, warnings: warnings)
  }

  /// The pictures that can be had; what cannot is said and left out.
  private func sheets(
    _ records: [RunRecord], _ folder: RunFolder, _ warn: @escaping (String) -> Void
  ) throws -> [PictureSheet] {
    func made<Value>(_ make: () throws -> Value) -> Value? {
      do { return try make() } catch {
        warn("left out of the pictures: \(ErrorText.of(error))")
        return nil
      }
    }
    let runs = Dictionary(records.map { ($0.identifier, $0) }) { $1 }
    return try PictureSheets(
      laboratory: { data in made { try data.laboratory() } as? ImageLaboratory },
      model: { run in
        runs[run].flatMap { record in made { try folder.model(of: record, families: families) } }
          as? ColoredTemplateModel
      },
      samples: { run in made { try folder.samples(run) } }
    ).sheets(of: records)
  }

  private func predictions(
    _ results: StudyResults, _ threads: Int, _ progress: (ReportProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> [StudyPrediction] {
    defer { progress(.predicted) }
    return try StudyPrediction.all(results, workers: Workers(threads: threads)) { done, total in
      if isCancelled() { throw CancellationError() }
      progress(.predicting(done, of: total))
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
  private static func fit(_ path: String) throws -> FitStudy? {
    // What it would warn of has been said.
    let request = FitRequest(try FitInput(path: path))
    return try? request.run().study
  }

  private static func provenance(_ folder: RunFolder) throws -> [(name: String, value: String)] {
    guard let first = try folder.provenances(Provenance.self).first else { return [] }
    return [
      ("version", "\(first.version), commit \(first.commit)"), ("command", first.commandLine.joined(separator: " ")),
      ("system", first.operatingSystem), ("processor", "\(first.cpu), \(first.cores) cores"),
      ("linear algebra", first.blas), ("seeds", first.seeds.map(String.init).joined(separator: ", ")),
      ("started", first.started),
    ]
  }
}

/// How far a report is.
public enum ReportProgress: Sendable {
  /// Something that was left out; it is in the outcome too.
  case warning(String)
  /// Configurations predicted, of all.
  case predicting(Int, of: Int)
  /// Predictions are over, whether they have succeeded or not.
  case predicted
}

/// What a report has written.
public struct ReportOutcome: Sendable {
  /// Paths: `report.html`, and `sweep.html` of a sweep.
  public let pages: [String]
  /// What was left out.
  public let warnings: [String]

  /// The same as one JSON document.
  public var document: ReportDocument { ReportDocument(pages: pages) }
}

/// A report as one JSON document.
public struct ReportDocument: Sendable, Encodable {
  /// The version of this format.
  public let schema = 1
  /// Paths of the pages written.
  public let pages: [String]
}
