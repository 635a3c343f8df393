// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// Learned variance, and distances of the learned means to samples and true means, against capacity (Fig. 6).
struct LearnedFigure {
  let family: Family

  /// nil where nothing finished, and for models that are no mixtures.
  var figure: GnuplotFigure? {
    guard family.plotted.contains(where: { $0.points.contains { $0.measured.learnedStd != nil } }) else { return nil }
    return GnuplotFigure(
      name: "learned" + family.slug, caption: caption, width: 17, height: 9, columns: 2,
      panels: [variancePanel, distancePanel], data: varianceBlocks + sampleBlocks + trueMeanBlocks,
      extraLegend: [
        .markedLine("learned variance", Palette.main), .line("true variance", Palette.reference),
        .shadedLine("to the nearest training sample", sampleStyle), .shadedLine("to the nearest true mean", meanStyle),
      ], legendColumns: 2)
  }

  private var largestVariance: Double {
    let learned = family.plotted.flatMap(\.points).compactMap(\.measured.learnedStd).map { $0 * $0 }
    return max(family.configuration.data.variance, learned.max() ?? 0)
  }

  private let sampleStyle = Palette.main
  private let meanStyle = SeriesStyle("#d1521b", marker: .openSquare, dash: .dashed, lineWidth: 1.6)

  private var variancePanel: Panel {
    Panel(
      x: family.capacityAxis(), y: Axis("learned variance *\u{3C3}*\u{B2}", low: 0, high: largestVariance * 1.12),
      guides: family.transitionBand.map { [$0] } ?? [],
      series: [
        Series("true variance", .line(x: "M/N", y: "variance"), Palette.reference),
        Series("mean variance", .line(x: "M/N", y: "variance"), Palette.main),
        Series("variance", .points(x: "M/N", y: "variance"), Palette.main),
      ])
  }

  private var distancePanel: Panel {
    func series(_ name: String, _ style: SeriesStyle) -> [Series] {
      [
        Series("mean \(name)", .area(x: "M/N", low: "p10", high: "p90"), style),
        Series("mean \(name)", .line(x: "M/N", y: "mean"), style),
        Series(name, .points(x: "M/N", y: "mean"), style),
      ]
    }
    return Panel(
      x: family.capacityAxis(), y: Axis("distance of learned means", low: 0),
      guides: family.transitionBand.map { [$0] } ?? [],
      series: series("to sample", sampleStyle) + series("to true mean", meanStyle))
  }

  private var varianceBlocks: [DataBlock] {
    var points = DataBlock("variance", columns: ["M/N", "variance", "std", "curve"])
    for (index, curve) in family.plotted.enumerated() {
      for point in curve.points {
        guard let std = point.measured.learnedStd else { continue }
        points.append([point.position, std * std, std, Double(index + 1)])
      }
    }
    let mean = MeanCurve(
      family.plotted.map { curve in
        curve.points.compactMap { point in point.measured.learnedStd.map { (point.position, $0 * $0) } }
      })
    let truth = [0, family.largestCapacity * 1.03].map { [$0, family.configuration.data.variance] }
    return [
      points,
      DataBlock("mean variance", columns: ["M/N", "variance"], rows: mean.points.map { [$0.x, $0.mean] }),
      DataBlock("true variance", columns: ["M/N", "variance"], rows: truth),
    ]
  }

  private var sampleBlocks: [DataBlock] { distanceBlocks("to sample", \.meanToSample) }
  private var trueMeanBlocks: [DataBlock] { distanceBlocks("to true mean", \.meanToTrueMean) }

  private func distanceBlocks(_ name: String, _ path: KeyPath<Measurements, Quantiles?>) -> [DataBlock] {
    var points = DataBlock(name, columns: ["M/N", "mean", "p10", "p90", "curve"])
    for (index, curve) in family.plotted.enumerated() {
      for point in curve.points {
        guard let distance = point.measured[keyPath: path] else { continue }
        points.append([point.position, distance.mean, distance.p10, distance.p90, Double(index + 1)])
      }
    }
    func mean(_ part: KeyPath<Quantiles, Double>) -> MeanCurve {
      MeanCurve(
        family.plotted.map { curve in
          curve.points.compactMap { point in
            point.measured[keyPath: path].map { (point.position, $0[keyPath: part]) }
          }
        })
    }
    let (centre, low, high) = (mean(\.mean), mean(\.p10), mean(\.p90))
    let rows = centre.points.indices.map {
      [centre.points[$0].x, centre.points[$0].mean, low.points[$0].mean, high.points[$0].mean]
    }
    return [points, DataBlock("mean \(name)", columns: ["M/N", "mean", "p10", "p90"], rows: rows)]
  }

  private var caption: MarkedText {
    let several = family.severalSeeds ? "Markers: all seeds; lines and bands: means over seeds. " : ""
    return MarkedText(
      "Left: the learned variance *\u{3C3}*\u{B2} and the data law's. Right: distance of the learned means to "
        + "the nearest "
        + "training sample and to the nearest true mean, mean over the *M* components with the band from their 10th to "
        + "their 90th percentile (compare Fig. 6 of the paper). Each marker is one trained model. " + several
        + "Grey: the transition.") + family.settingsCaption
  }
}
