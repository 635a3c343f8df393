// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// Losses of the four denoisers over time, at capacities below, near and above the transition.
struct LossTimesFigure {
  let family: Family

  /// nil where no losses were measured.
  var figure: GnuplotFigure? {
    guard let curve = family.plotted.first(where: { $0.points.contains { !$0.measured.losses.isEmpty } }) else {
      return nil
    }
    let chosen = Self.choose(curve)
    let floor = Self.floor(chosen.map(\.point))
    let highest = chosen.flatMap(\.point.measured.losses).flatMap(\.losses).map(\.high).max() ?? 1
    let panels = LossByTime.Split.allCases.flatMap { split in
      chosen.enumerated().map { index, capacity in
        panel(capacity, split, first: index == 0, range: (floor, highest * 1.5))
      }
    }
    return GnuplotFigure(
      name: "loss-times" + family.slug, caption: caption(curve, chosen.map(\.point)), width: 17.5, height: 12.5,
      columns: chosen.count, panels: panels,
      data: chosen.flatMap { blocks($0.point, floor: floor) },
      extraLegend: LossByTime.Subject.allCases.map { .line(MarkedText($0.title), Palette.style(of: $0)) },
      legendColumns: 4)
  }

  /// Three capacities: about 0.6 of the half, nearest the half, and the largest. Without a half: first, middle, last.
  static func choose(_ curve: Curve) -> [(point: Curve.Point, place: String)] {
    let points = curve.points.filter { !$0.measured.losses.isEmpty }
    func nearest(_ capacity: Double) -> Curve.Point? {
      points.min { abs($0.position - capacity) < abs($1.position - capacity) }
    }
    var candidates: [(Curve.Point?, String)]
    if let half = curve.transition?.half.value {
      candidates = [(nearest(0.6 * half), "below"), (nearest(half), "near"), (points.last, "above")]
    } else {
      candidates = [(points.first, "smallest"), (points.dropFirst(points.count / 2).first, "middle")]
      candidates.append((points.last, "largest"))
    }
    var seen: Set<Int> = []
    return candidates.compactMap { point, place in
      guard let point, seen.insert(point.capacity).inserted else { return nil }
      return (point, place)
    }
  }

  /// Losses below a third of the smallest generalizing loss are not drawn: the memorizing loss falls to zero.
  private static func floor(_ points: [Curve.Point]) -> Double {
    let generalizing = points.flatMap(\.measured.losses).filter { $0.subject == .generalizing }
    let smallest = generalizing.flatMap(\.losses).map(\.value).filter { $0 > 0 }.min()
    return (smallest ?? 1e-3) / 3
  }

  private func blockName(_ point: Curve.Point, _ losses: LossByTime) -> String {
    "\(family.axis.symbol) \(point.capacity) \(losses.split.rawValue) \(losses.subject.rawValue)"
  }

  private func blocks(_ point: Curve.Point, floor: Double) -> [DataBlock] {
    point.measured.losses.map { losses in
      DataBlock(
        blockName(point, losses), columns: ["t", "psi", "loss", "low", "high", "shown", "shown low", "shown high"],
        rows: losses.times.indices.map { index in
          let loss = losses.losses[index]
          let visible = loss.value >= floor
          return [
            losses.times[index], losses.signalToNoise[index], loss.value, loss.low, loss.high,
            visible ? loss.value : .nan, visible ? max(loss.low, floor) : .nan, visible ? loss.high : .nan,
          ]
        })
    }
  }

  /// Names stand on the outer panels alone: the frames share their axes.
  private func panel(
    _ capacity: (point: Curve.Point, place: String), _ split: LossByTime.Split, first: Bool,
    range: (low: Double, high: Double)
  ) -> Panel {
    let point = capacity.point
    let exploding = family.configuration.process == .ve
    let outer = split == .test
    let title = MarkedText("\(capacity.place): \(family.axis.marked) = \(NumberText.fixed(point.position, 2))")
    return Panel(
      title: outer ? nil : title,
      x: Axis(
        outer ? "time *t*" : "", low: exploding ? nil : 0, high: exploding ? nil : 1, logarithmic: exploding),
      y: Axis(
        first ? split.axisName : "", low: range.low, high: range.high, logarithmic: true),
      series: LossByTime.Subject.allCases.reversed().flatMap { series(point, $0, split) })
  }

  private func series(_ point: Curve.Point, _ subject: LossByTime.Subject, _ split: LossByTime.Split) -> [Series] {
    let style = Palette.style(of: subject)
    return point.measured.losses.filter { $0.subject == subject && $0.split == split }.flatMap { losses in
      let block = blockName(point, losses)
      return [
        Series(block, .area(x: "t", low: "shown low", high: "shown high"), style),
        Series(block, .line(x: "t", y: "shown"), style),
      ]
    }
  }

  private func caption(_ curve: Curve, _ points: [Curve.Point]) -> MarkedText {
    let capacities = points.map { "\(family.axis.markedSymbol) = \($0.capacity)" }.joined(separator: ", ")
    return MarkedText(
      "Clean-space losses *L*, means of |*x\u{302}*_{0} \u{2212} *x*_{0}|\u{B2}, over time on training samples "
        + "(upper row) and held-out samples (lower row) at \(capacities) "
        + "(\(curve.seedName)). Bands: 95 % intervals over samples, mostly thinner than the lines; losses below a "
        + "third of the smallest generalizing loss are not drawn.") + family.settingsCaption
  }
}
