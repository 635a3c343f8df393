// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// Memorization ratio against capacity, with its null and the transition band (Fig. 2, left).
struct RatioFigure {
  let family: Family

  /// nil where nothing finished.
  var figure: GnuplotFigure? {
    guard !family.plotted.isEmpty else { return nil }
    let panel = Panel(
      x: family.capacityAxis(), y: Axis("memorization ratio", low: -0.02, high: 1.02), top: family.componentScale,
      guides: guides, series: nullSeries + curveSeries + halfSeries)
    return GnuplotFigure(
      name: "ratio" + family.slug, caption: caption, height: 10, panels: [panel], data: blocks,
      extraLegend: family.transitionBand == nil ? [] : [.band("transition, ratio 0.1 to 0.9")], legendColumns: 3)
  }

  private var curves: [Curve] { family.plotted }

  private var blocks: [DataBlock] {
    let columns = ["M", "M/N", "ratio", "low", "high", "trials"]
    let seeds = curves.map { curve in
      DataBlock(
        family.block("ratio", curve), columns: columns,
        rows: curve.points.map { point in
          let ratio = point.measured.ratio
          return [
            Double(point.components), point.capacity, ratio.value, ratio.low, ratio.high, Double(ratio.trials),
          ]
        })
    }
    let mean = DataBlock(
      "mean ratio", columns: ["M/N", "ratio"], rows: family.meanRatio.points.map { [$0.x, $0.mean] })
    return seeds + [mean, nullBlock, halfBlock]
  }

  private var nullBlock: DataBlock {
    var block = DataBlock("null", columns: ["M/N", "null", "low", "high"])
    if let null = family.null {
      for capacity in [0, family.largestCapacity * 1.03] { block.append([capacity, null.value, null.low, null.high]) }
    }
    return block
  }

  private var halfBlock: DataBlock {
    var block = DataBlock("half", columns: ["M/N", "ratio", "low", "high"])
    if let half = family.halfInterval { block.append([half.value, 0.5, half.low, half.high]) }
    return block
  }

  private var curveSeries: [Series] {
    func shape(joined: Bool) -> Series.Shape {
      joined
        ? .joinedIntervals(x: "M/N", y: "ratio", low: "low", high: "high")
        : .intervals(x: "M/N", y: "ratio", low: "low", high: "high")
    }
    if curves.count == 1 {
      return [Series(family.block("ratio", curves[0]), shape(joined: true), Palette.main, title: "trained models")]
    }
    let seeds = curves.enumerated().map { index, curve in
      let title: MarkedText? = curves.count <= 6 ? MarkedText(curve.seedName) : index == 0 ? "single seeds" : nil
      return Series(family.block("ratio", curve), shape(joined: false), Palette.seed(index), title: title)
    }
    let mean = Series(
      "mean ratio", .line(x: "M/N", y: "ratio"), Palette.main, title: MarkedText(family.meanName))
    return seeds + [mean]
  }

  private var nullSeries: [Series] {
    [
      Series("null", .area(x: "M/N", low: "low", high: "high"), Palette.null),
      Series("null", .line(x: "M/N", y: "null"), Palette.null, title: "null: held-out samples"),
    ]
  }

  private var halfSeries: [Series] {
    [
      Series(
        "half", .horizontalIntervals(x: "M/N", y: "ratio", low: "low", high: "high"), Palette.half,
        title: "*M*_{pt}/*N*, ratio 0.5")
    ]
  }

  private var guides: [Guide] {
    var guides = [0.1, 0.5, 0.9].map { Guide.horizontal(at: $0) }
    if let band = family.transitionBand { guides.append(band) }
    if let half = family.halfInterval {
      let text = MarkedText("*M*_{pt}/*N* = " + FamilyTransition(family).text(.half))
      // The rising curve leaves its upper left and its lower right free.
      guides.append(
        half.value > 0.5
          ? .label(text, x: half.low - 0.02, y: 0.545, alignment: .right)
          : .label(text, x: half.high + 0.02, y: 0.455, alignment: .left))
    }
    return guides
  }

  private var caption: MarkedText {
    let several = family.severalSeeds
    let curves =
      several
      ? "Markers: one style per seed, Wilson 95 % intervals; line: mean of the seeds' curves, interpolated linearly. "
      : "Bars: Wilson 95 % intervals. "
    let half =
      several
      ? "mean over seeds with Student's 95 % interval" : "95 % bootstrap interval over the evaluation samples"
    return MarkedText(
      "Memorization ratio against model capacity *M*/*N* (compare Fig. 2, left, of the paper). " + curves
        + "Dashed: the null, the same test on held-out samples, with its interval. "
        + "Grey: the transition from ratio 0.1 to 0.9; diamond: *M*_{pt}/*N*, where the ratio passes 0.5 (\(half)).")
      + family.settingsCaption
  }
}

extension Family {
  var meanRatio: MeanCurve {
    MeanCurve(plotted.map { $0.points.map { ($0.capacity, $0.measured.ratio.value) } })
  }

  /// The null over seeds: mean of the seeds' nulls, with the widest ends of their intervals.
  var null: Estimate? {
    let nulls = plotted.compactMap(\.null)
    guard let low = nulls.map(\.low).min(), let high = nulls.map(\.high).max() else { return nil }
    let mean = nulls.map(\.value).mean
    return Estimate(value: mean, low: low, high: high, trials: nulls.map(\.trials).reduce(0, +))
  }

  /// M_pt / N with an interval whose open ends are closed by its value.
  var halfInterval: (value: Double, low: Double, high: Double)? {
    let transition = FamilyTransition(self)
    guard let spread = transition.spread(.half) else { return nil }
    if transition.transitions.count == 1 {
      let half = transition.transitions[0].half
      return (spread.mean, half.low ?? spread.mean, half.high ?? spread.mean)
    }
    return (spread.mean, spread.low ?? spread.mean, spread.high ?? spread.mean)
  }
}
