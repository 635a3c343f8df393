// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// Train and test loss at the time nearest psi = 6.704 against capacity (Fig. 2, middle and right).
struct LossesFigure {
  let family: Family

  /// nil where no losses were measured.
  var figure: GnuplotFigure? {
    guard let time = family.plotted.first?.points.first?.measured.lossTime else { return nil }
    let panels = LossByTime.Split.allCases.map { split in
      Panel(
        title: split == .train ? "training samples" : "held-out samples", x: family.capacityAxis(),
        y: Axis(split.axisName, low: 0, high: top(split)),
        guides: family.transitionBand.map { [$0] } ?? [],
        series: LossByTime.Subject.allCases.reversed().flatMap { series($0, split) })
    }
    let legend = LossByTime.Subject.allCases.map { subject -> GnuplotFigure.LegendEntry in
      let (title, style) = (MarkedText(subject.title), Palette.style(of: subject))
      return subject.dependsOnCapacity ? .markedLine(title, style) : .line(title, style)
    }
    return GnuplotFigure(
      name: "losses" + family.slug, caption: caption(time), width: 17, height: 8.5, columns: 2, panels: panels,
      data: LossByTime.Split.allCases.flatMap { split in
        LossByTime.Subject.allCases.flatMap { blocks($0, split) }
      }, extraLegend: legend, legendColumns: 4)
  }

  private func name(_ subject: LossByTime.Subject, _ split: LossByTime.Split) -> String {
    "\(split.rawValue) \(subject.rawValue)"
  }

  private func blocks(_ subject: LossByTime.Subject, _ split: LossByTime.Split) -> [DataBlock] {
    var measured = DataBlock(name(subject, split), columns: [family.axis.quantity, "loss", "low", "high", "curve"])
    for (index, curve) in family.plotted.enumerated() {
      for point in curve.points {
        guard let loss = point.measured.loss(subject, split) else { continue }
        measured.append([point.position, loss.value, loss.low, loss.high, Double(index + 1)])
      }
    }
    func mean(_ part: (Estimate) -> Double) -> MeanCurve {
      MeanCurve(
        family.plotted.map { curve in
          curve.points.compactMap { point in point.measured.loss(subject, split).map { (point.position, part($0)) } }
        })
    }
    let (centre, low, high) = (mean(\.value), mean(\.low), mean(\.high))
    let rows = centre.points.indices.map {
      [centre.points[$0].x, centre.points[$0].mean, low.points[$0].mean, high.points[$0].mean]
    }
    return [
      measured,
      DataBlock("mean \(name(subject, split))", columns: [family.axis.quantity, "loss", "low", "high"], rows: rows),
    ]
  }

  /// One seed: points with intervals. Several: points of all seeds on the mean of their intervals.
  private func series(_ subject: LossByTime.Subject, _ split: LossByTime.Split) -> [Series] {
    let style = Palette.style(of: subject)
    let (points, mean) = (name(subject, split), "mean \(name(subject, split))")
    let line = Series(mean, .line(x: family.axis.quantity, y: "loss"), style)
    let area = Series(mean, .area(x: family.axis.quantity, low: "low", high: "high"), style)
    if !subject.dependsOnCapacity { return [area, line] }
    return family.severalSeeds
      ? [area, line, Series(points, .points(x: family.axis.quantity, y: "loss"), style)]
      : [line, Series(points, .intervals(x: family.axis.quantity, y: "loss", low: "low", high: "high"), style)]
  }

  /// Room for the trained, memorizing and generalizing denoisers; the partially memorizing one may leave the frame.
  private func top(_ split: LossByTime.Split) -> Double? {
    let shown = family.plotted.flatMap(\.points).flatMap { point in
      [LossByTime.Subject.trained, .memorizing, .generalizing].compactMap { point.measured.loss($0, split)?.high }
    }
    return shown.max().map { $0 * (split == .train ? 2 : 1.15) }
  }

  private func caption(_ time: (time: Double, signalToNoise: Double)) -> MarkedText {
    let intervals =
      family.severalSeeds
      ? "Markers: all seeds; lines: means over seeds; bands: means of the seeds' 95 % intervals over samples; "
      : "Bars and bands: 95 % intervals over samples; "
    return MarkedText(
      "Clean-space loss *L*, the mean of |*x\u{302}*_{0} \u{2212} *x*_{0}|\u{B2}, on training samples (left) "
        + "and held-out "
        + "samples (right) of the trained, partially memorizing, "
        + "memorizing and generalizing denoisers at *t* = \(NumberText.significant(time.time)), "
        + "*\u{3C8}* = \(NumberText.significant(time.signalToNoise)) (compare Fig. 2, middle and right, of the paper). "
        + intervals + "grey: the transition. "
        + "The partially memorizing loss may leave the frame at small *M*.") + family.settingsCaption
  }
}

extension LossByTime.Split {
  var axisName: MarkedText {
    switch self {
    case .train: "train loss *L*_{train}"
    case .test: "test loss *L*_{test}"
    }
  }
}

extension LossByTime.Subject {
  /// Memorizing and generalizing denoisers depend on the data alone.
  var dependsOnCapacity: Bool { self == .trained || self == .partial }

  var title: String {
    switch self {
    case .trained: "trained"
    case .partial: "partially memorizing"
    case .memorizing: "memorizing"
    case .generalizing: "generalizing"
    }
  }
}
