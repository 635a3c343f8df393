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
    let columns = [family.axis.symbol, family.axis.quantity, "ratio", "low", "high", "trials"]
    let seeds = curves.map { curve in
      DataBlock(
        family.block("ratio", curve), columns: columns,
        rows: curve.points.map { point in
          let ratio = point.measured.ratio
          return [
            Double(point.capacity), point.position, ratio.value, ratio.low, ratio.high, Double(ratio.trials),
          ]
        })
    }
    let mean = DataBlock(
      "mean ratio", columns: [family.axis.quantity, "ratio"], rows: family.meanRatio.points.map { [$0.x, $0.mean] })
    return seeds + [mean, nullBlock, halfBlock]
  }

  private var nullBlock: DataBlock {
    var block = DataBlock("null", columns: [family.axis.quantity, "null", "low", "high"])
    if let null = family.null {
      for capacity in [0, family.largestCapacity * 1.03] { block.append([capacity, null.value, null.low, null.high]) }
    }
    return block
  }

  private var halfBlock: DataBlock {
    var block = DataBlock("half", columns: [family.axis.quantity, "ratio", "low", "high"])
    if let half = family.halfInterval { block.append([half.value, 0.5, half.low, half.high]) }
    return block
  }

  private var curveSeries: [Series] {
    func shape(joined: Bool) -> Series.Shape {
      joined
        ? .joinedIntervals(x: family.axis.quantity, y: "ratio", low: "low", high: "high")
        : .intervals(x: family.axis.quantity, y: "ratio", low: "low", high: "high")
    }
    if curves.count == 1 {
      return [Series(family.block("ratio", curves[0]), shape(joined: true), Palette.main, title: "trained models")]
    }
    let seeds = curves.enumerated().map { index, curve in
      let title: MarkedText? = curves.count <= 6 ? MarkedText(curve.seedName) : index == 0 ? "single seeds" : nil
      return Series(family.block("ratio", curve), shape(joined: false), Palette.seed(index), title: title)
    }
    let mean = Series(
      "mean ratio", .line(x: family.axis.quantity, y: "ratio"), Palette.main, title: MarkedText(family.meanName))
    return seeds + [mean]
  }

  private var nullSeries: [Series] {
    [
      Series("null", .area(x: family.axis.quantity, low: "low", high: "high"), Palette.null),
      Series("null", .line(x: family.axis.quantity, y: "null"), Palette.null, title: "null: held-out samples"),
    ]
  }

  private var halfSeries: [Series] {
    [
      Series(
        "half", .horizontalIntervals(x: family.axis.quantity, y: "ratio", low: "low", high: "high"), Palette.half,
        title: MarkedText("\(family.axis.markedHalf), ratio 0.5"))
    ]
  }

  private var guides: [Guide] {
    var guides = [0.1, 0.5, 0.9].map { Guide.horizontal(at: $0) }
    if let band = family.transitionBand { guides.append(band) }
    // On the axis M/N positions are near 1.
    let scale = family.axis == .components ? 1 : family.largestCapacity
    if let half = family.halfInterval {
      let text = MarkedText("\(family.axis.markedHalf) = " + FamilyTransition(family).text(.half))
      // The rising curve leaves its upper left and its lower right free.
      guides.append(
        half.value > 0.5 * scale
          ? .label(text, x: half.low - 0.02 * scale, y: 0.545, alignment: .right)
          : .label(text, x: half.high + 0.02 * scale, y: 0.455, alignment: .left))
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
      "Memorization ratio against model capacity \(family.axis.marked) (compare Fig. 2, left, of the paper). " + curves
        + "Dashed: the null, the same test on held-out samples, with its interval. "
        + "Grey: the transition from ratio 0.1 to 0.9; diamond: \(family.axis.markedHalf), where the ratio passes 0.5 (\(half))."
    )
      + family.settingsCaption
  }
}

extension Family {
  var meanRatio: MeanCurve {
    MeanCurve(plotted.map { $0.points.map { ($0.position, $0.measured.ratio.value) } })
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
