// SPDX-License-Identifier: MIT
internal import Files
internal import Diffusion
public import Figures
internal import Foundation
internal import Reports
internal import WeightFit

/// The files of a fit: weights, residuals, the figure of lambda~ with its caption.
public struct FitFiles: Sendable {
  private let study: FitStudy
  private let process: any DiffusionProcess

  /// The files of an outcome; nothing is written yet.
  public init(_ outcome: FitOutcome) { (study, process) = (outcome.study, outcome.input.process.process) }

  /// What `write` writes, figures as SVG, PDF and PNG.
  public static func paths(in folder: String) -> [String] {
    ["lambda.csv", "residuals.csv"].map { "\(folder)/\($0)" }
      + ["dat", "csv", "gp", "svg", "pdf", "png", "txt"].map { "\(folder)/figures/lambda.\($0)" }
  }

  /// Puts the files in the place of those of an earlier fit; a folder of anything else is refused.
  ///
  /// Throws `StoreError` and `FigureError`; a folder that was made for it is then taken back.
  public func write(to path: String, with gnuplot: Gnuplot) throws {
    let folder = try OwnedFolder(path, kind: .fit, legacy: Self.unmarked)
    do {
      let staged = try folder.stage()
      try write(into: staged, gnuplot)
      try folder.publish(staged, last: "lambda.csv")
    } catch {
      folder.abandon()
      throw error
    }
  }

  private static let columns = ["t", "signalToNoise", "lambda", "lambdaOverSum"]

  /// What a version before 0.2, which marked no folders, left in a folder; it is known by its table of weights.
  private static func unmarked(_ folder: String) -> [String] {
    guard (try? CSVReader(reading: "\(folder)/lambda.csv"))?.columns == columns else { return [] }
    let figures = ((try? Folder.names(in: "\(folder)/figures")) ?? []).filter { $0.hasPrefix("lambda.") }
    return ["lambda.csv", "residuals.csv"] + figures.map { "figures/\($0)" }
  }

  private func write(into folder: String, _ gnuplot: Gnuplot) throws {
    try Folder.create("\(folder)/figures")
    try weights.write(to: "\(folder)/lambda.csv")
    try residuals.write(to: "\(folder)/residuals.csv")
    let figure = SweepWeightsFigure(study).figure
    try figure.write(
      to: URL(fileURLWithPath: "\(folder)/figures"), formats: [.svg, .pdf, .png], with: gnuplot)
    try AtomicFile.write(figure.caption.plain + "\n", to: "\(folder)/figures/lambda.txt")
  }

  private var weights: CSVTable {
    var table = CSVTable(columns: Self.columns)
    let weights = study.split.fitted.weights
    let total = weights.reduce(0, +)
    for (time, weight) in zip(study.times, weights) {
      table.append([
        .number(time), .number(process.signalToNoise(time)), .number(weight),
        total == 0 ? .null : .number(weight / total),
      ])
    }
    return table
  }

  /// M/N of each tuple: measured, by the fit (soft, hard), by the constant; residuals are measured minus predicted.
  private var residuals: CSVTable {
    var table = CSVTable(columns: [
      "dimension", "trueComponents", "samples", "set", "measured", "soft", "hard", "constant", "softResidual",
      "hardResidual", "constantResidual",
    ])
    let (weights, constant) = (study.split.fitted.weights, study.split.constant)
    let test = Set(study.split.testTuples)
    for tuple in study.tuples {
      let soft = tuple.softCrossover(weights, temperature: study.settings.temperature)
      let hard = tuple.hardCrossover(weights)
      table.append([
        .integer(tuple.dimension), .integer(tuple.trueComponents), .integer(tuple.samples),
        .text(test.contains(tuple) ? "test" : "train"), .number(tuple.measured), .number(soft), .number(hard),
        .number(constant), .number(tuple.measured - soft), .number(tuple.measured - hard),
        .number(tuple.measured - constant),
      ])
    }
    return table
  }
}
