// SPDX-License-Identifier: MIT
public import Figures
public import WeightFit

/// The fitted weighting lambda~ over time (Fig. 3), from several starts: all predict the same, so none is the answer.
public struct SweepWeightsFigure: Sendable {
  private let study: FitStudy

  /// Shows the weights that `study` fitted to the training tuples of its split.
  public init(_ study: FitStudy) { self.study = study }

  /// One panel: weights of unit sum over time.
  public var figure: GnuplotFigure {
    GnuplotFigure(
      name: "lambda", caption: caption, width: 16, height: 9.6,
      panels: [
        Panel(
          x: Axis("time *t*", low: 0, high: horizontalEnd),
          y: Axis("weight \u{3BB}(*t*), sum one"), guides: [.horizontal(at: 0)],
          series: series)
      ],
      data: blocks,
      extraLegend: others.isEmpty
        ? [] : [.line("other starts, about as good", Self.other)])
  }

  private var series: [Series] {
    let shape = Series.Shape.line(x: "t", y: "lambda")
    var series = others.indices.map { Series("start \($0 + 2)", shape, Self.other) }
    if moved != nil {
      series.append(Series("moved", shape, Self.free, title: "best start moved freely: same predictions"))
    }
    return series + [Series("best", .markedLine(x: "t", y: "lambda"), Self.best, title: "best start")]
  }

  private var blocks: [DataBlock] {
    [block("best", starts[0].weights)] + (moved.map { [block("moved", $0)] } ?? [])
      + others.indices.map { block("start \($0 + 2)", others[$0].weights) }
  }

  private static let best = SeriesStyle("#12406f", marker: .circle, lineWidth: 1.8)
  private static let other = SeriesStyle("#9a9a9a", dash: .solid, lineWidth: 0.9)

  private var starts: [FittedWeights.Start] { study.split.fitted.starts }

  private static let free = SeriesStyle("#d1521b", dash: .dashed, lineWidth: 1.4)

  /// The best weights moved along a direction that changes no prediction.
  private var moved: [Double]? { study.moved(by: 0.6) }

  /// Starts whose objective exceeds the best by at most 1 % or 1e-4 per tuple, at most six: enough to see that the shape is free.
  private var others: [FittedWeights.Start] {
    let allowance = max(0.01 * starts[0].objective, 1e-4 * Double(study.split.train.tuples))
    return Array(starts.dropFirst().filter { $0.objective <= starts[0].objective + allowance }.prefix(6))
  }

  private var horizontalEnd: Double { max(1, (study.times.max() ?? 1) * 1.02) }

  private func block(_ name: String, _ weights: [Double]) -> DataBlock {
    let total = weights.reduce(0, +)
    // A sum near zero would blow the curve up: such weights are shown as they are.
    let scale = abs(total) > 1e-9 ? total : 1
    return DataBlock(
      name, columns: ["t", "lambda", "raw"],
      rows: zip(study.times, weights).map { [$0, $1 / scale, $1] }.sorted { $0[0] < $1[0] })
  }

  private var caption: MarkedText {
    let start =
      "Fitted weighting \u{3BB}(*t*) (compare Fig. 3 of the paper) on \(study.split.train.tuples) training "
      + "tuples, each curve divided by its sum. It is not identifiable: "
    guard let rho = study.rho else {
      return MarkedText(start + "grey curves, from other random starts, are about as good.")
    }
    return MarkedText(
      start
        + "with the closed forms the tuples enter through *M*/*N* = 1 \u{2212} *\u{3C1}*/*C* alone, one number (here "
        + "*\u{3C1}* = \(NumberText.fixed(rho, 4))), so any curve of equal *\u{3C1}* and sum predicts the same: dashed, the "
        + "best moved by a wave; grey, other random starts. The shape of a curve is that of its start plus what the "
        + "gradient can add, a constant and a multiple of the generalizing loss; it says nothing about which times "
        + "matter.")
  }
}
