// SPDX-License-Identifier: MIT
internal import Audit
internal import Figures
internal import Foundation

/// Where the ratios d1/d2 of generated samples, held-out points and training points lie.
struct AuditRatioFigure {
  let audit: SpaceAudit

  private static let bins = 40

  var figure: GnuplotFigure {
    let sets = self.sets
    let bound = SeriesStyle("#b23a12", dash: .dashed, lineWidth: 1.4)
    let criterion = audit.settings.criterion
    let histogram = Panel(
      x: Self.axis, y: Axis("share per bin", low: 0), guides: [.vertical(at: criterion, style: bound)],
      series: sets.map { Series("histogram \($0.name)", .line(x: "ratio", y: "share"), $0.style, title: $0.title) })
    let lowest = sets.map { 0.5 / Double($0.ratios.count) }.min() ?? 1e-5
    let cumulative = Panel(
      x: Self.axis, y: Axis("share below", low: lowest, high: 1.3, logarithmic: true),
      guides: [.vertical(at: criterion, style: bound)],
      series: sets.map { Series("cumulative \($0.name)", .line(x: "ratio", y: "share"), $0.style) })
    return GnuplotFigure(
      name: "ratios-\(audit.name)", caption: caption, height: 8, columns: 2, panels: [histogram, cumulative],
      data: sets.flatMap { [Self.histogram($0), Self.cumulative($0)] },
      extraLegend: [.line(MarkedText("criterion \(NumberText.criterion(criterion))"), bound)], legendColumns: 2)
  }

  private struct RatioSet {
    let name: String
    let title: MarkedText
    let style: SeriesStyle
    let ratios: [Double]
  }

  private var sets: [RatioSet] {
    [
      RatioSet(
        name: "generated", title: "generated samples", style: Palette.main, ratios: audit.samples.map(\.ratio)),
      RatioSet(
        name: "held-out", title: "held-out points", style: SeriesStyle("#d1521b", dash: .dashed, lineWidth: 1.6),
        ratios: (audit.holdout ?? []).map(\.ratio)),
      RatioSet(
        name: "train", title: "training points against the others",
        style: SeriesStyle("#2f9488", dash: .dotted, lineWidth: 2), ratios: audit.background.map(\.ratio)),
    ].filter { !$0.ratios.isEmpty }
  }

  private static var axis: Axis {
    Axis("*d*_{1} / *d*_{2}", low: 0, high: 1.0)
  }

  /// The outline of a histogram: two points per bin.
  private static func histogram(_ set: RatioSet) -> DataBlock {
    var counts = [Int](repeating: 0, count: bins)
    for ratio in set.ratios { counts[min(bins - 1, max(0, Int(ratio * Double(bins))))] += 1 }
    var block = DataBlock("histogram \(set.name)", columns: ["ratio", "share"])
    for bin in 0..<bins {
      let share = Double(counts[bin]) / Double(set.ratios.count)
      block.append([Double(bin) / Double(bins), share])
      block.append([Double(bin + 1) / Double(bins), share])
    }
    return block
  }

  /// The share of ratios at or below each of 200 values, as steps of a sorted list thinned out.
  private static func cumulative(_ set: RatioSet) -> DataBlock {
    let sorted = set.ratios.sorted()
    var block = DataBlock("cumulative \(set.name)", columns: ["ratio", "share"])
    var (next, last) = (0, 0)
    for step in 0...400 {
      let ratio = Double(step) / 400
      while next < sorted.count && sorted[next] <= ratio { next += 1 }
      // The first step up from nothing is drawn from where it happens.
      if next > 0, next != last || step == 400 { block.append([ratio, Double(next) / Double(sorted.count)]) }
      last = next
    }
    return block
  }

  private var caption: MarkedText {
    """
    Distance to the nearest training point, divided by the distance to the nearest one that is not a duplicate of it. \
    Left: histogram. Right: share of samples below a ratio, on a logarithmic scale. Samples to the left of the dashed \
    line count as memorized. The curve of a model that does not recite is that of the held-out points.
    """
  }
}
