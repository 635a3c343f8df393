// SPDX-License-Identifier: MIT
import Files
import Diffusion
import Figures
import Foundation
import Reports
import RunStore
import WeightFit

/// The files of a fit: weights, residuals, the figure of lambda~ with its caption.
struct FitFiles {
  let study: FitStudy
  let process: any DiffusionProcess

  /// What `write` writes, figures as SVG, PDF and PNG.
  static func paths(in folder: String) -> [String] {
    ["lambda.csv", "residuals.csv"].map { "\(folder)/\($0)" }
      + ["dat", "csv", "gp", "svg", "pdf", "png", "txt"].map { "\(folder)/figures/lambda.\($0)" }
  }

  func write(to folder: String, with gnuplot: Gnuplot) throws {
    for place in [folder, "\(folder)/figures"] {
      try Folder.create(place)
      try AtomicFile.removeLeftovers(in: place)
    }
    try weights.write(to: "\(folder)/lambda.csv")
    try residuals.write(to: "\(folder)/residuals.csv")
    let figure = SweepWeightsFigure(study).figure
    try figure.write(
      to: URL(fileURLWithPath: "\(folder)/figures"), formats: [.svg, .pdf, .png], with: gnuplot)
    try AtomicFile.write(figure.caption.plain + "\n", to: "\(folder)/figures/lambda.txt")
  }

  private var weights: CSVTable {
    var table = CSVTable(columns: ["t", "signalToNoise", "lambda", "lambdaOverSum"])
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
