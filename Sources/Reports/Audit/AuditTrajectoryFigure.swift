// SPDX-License-Identifier: MIT
internal import Audit
internal import Figures

/// Ratio against checkpoints, training-set sizes or capacities.
struct AuditTrajectoryFigure {
  let trajectory: AuditTrajectory
  let maxRatio: Double

  var figure: GnuplotFigure {
    var ratio = DataBlock("ratio", columns: ["position", "ratio", "low", "high"])
    var null = DataBlock("null", columns: ["position", "null", "low", "high"])
    for point in trajectory.points {
      let metric = point.metric
      ratio.append([point.position, metric.value, metric.low ?? .nan, metric.high ?? .nan])
      null.append([point.position, metric.null ?? .nan, metric.nullLow ?? .nan, metric.nullHigh ?? .nan])
    }
    let positions = trajectory.points.map(\.position)
    let (first, last) = (positions.first ?? 0, positions.last ?? 1)
    let logarithmic = first > 0 && last / first >= 30
    let margin = (last - first) * 0.04
    let highest = trajectory.points.flatMap { [$0.metric.high ?? $0.metric.value, $0.metric.nullHigh ?? 0] }.max() ?? 1
    let top = min(1, max(1.1 * highest, 4 * maxRatio, 0.001))
    return GnuplotFigure(
      name: "trajectory", caption: caption, height: 9,
      panels: [
        Panel(
          x: Axis(
            MarkedText(Self.name(trajectory.axis)), low: logarithmic ? first / 1.2 : first - margin,
            high: logarithmic ? last * 1.2 : last + margin, logarithmic: logarithmic),
          y: Axis("memorization ratio", low: -0.02 * top, high: 1.02 * top), guides: [.horizontal(at: maxRatio)],
          series: [
            Series("null", .area(x: "position", low: "low", high: "high"), Palette.null),
            Series("null", .line(x: "position", y: "null"), Palette.null, title: "null"),
            Series(
              "ratio", .joinedIntervals(x: "position", y: "ratio", low: "low", high: "high"), Palette.main,
              title: "generated samples"),
          ])
      ], data: [ratio, null], legendColumns: 2)
  }

  static func name(_ axis: AuditTrajectory.Axis) -> String {
    switch axis {
    case .step: "training step"
    case .samples: "training samples *N*"
    case .components: "components *M*"
    }
  }

  private var caption: MarkedText {
    MarkedText(
      "Duplicate-aware memorization ratio of each generated set with its interval and its null. Dotted line: the "
        + "largest excess that is called clean, \(NumberText.significant(maxRatio)).")
  }
}
