// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments
internal import Figures
internal import Kernels
internal import Memorization
internal import Statistics
internal import Theory

/// Measured excess losses of the partially memorizing and the generalizing denoiser against their approximations
/// (18), (19) and the finite-size loss: at one time, and in the mean over all times, where they cross (Fig. 1).
struct TheoryFigure {
  let family: Family

  /// nil where no losses were measured.
  var figure: GnuplotFigure? {
    guard let time = family.plotted.first?.points.first?.measured.lossTime, family.largestCapacity <= 1,
      // The closed forms drawn here are those of isotropic clusters.
      data.images == nil
    else {
      return nil
    }
    let index = times.firstIndex(of: time.time) ?? 0
    return GnuplotFigure(
      name: "theory" + family.slug, caption: caption(time), width: 17, height: 8.8, columns: 2,
      panels: [
        panel("one", title: "at *\u{3C8}* = \(NumberText.significant(time.signalToNoise))"),
        panel("mean", title: "mean over the times"),
      ],
      data: blocks("one", [index]) + blocks("mean", Array(times.indices)),
      legendColumns: 3)
  }

  private var data: DataSettings { family.configuration.data }
  private var process: any DiffusionProcess { family.configuration.process.process }
  private var times: [Double] { family.configuration.times.times(of: process) }
  /// Losses are drawn in units of d s.
  private var unit: Double { Double(data.dimension) * data.variance }

  private func panel(_ prefix: String, title: MarkedText) -> Panel {
    let titled = prefix == "one"
    func line(_ name: String, _ title: String, _ style: SeriesStyle) -> Series {
      Series("\(prefix) \(name)", .line(x: "M/N", y: "loss"), style, title: titled ? MarkedText(title) : nil)
    }
    func measured(_ name: String, _ title: String, _ subject: LossByTime.Subject) -> Series {
      Series(
        "\(prefix) \(name)", .intervals(x: "M/N", y: "loss", low: "low", high: "high"), Palette.style(of: subject),
        title: titled ? MarkedText(title) : nil)
    }
    return Panel(
      title: title, x: family.capacityAxis(),
      y: Axis(titled ? "excess train loss / *d* *s*" : "", low: 0, high: prefix == "one" ? 1.05 : 1.2),
      guides: family.transitionBand.map { [$0] } ?? [],
      series: [
        line("c1", "(19), *C* = 1", SeriesStyle("#8a8a8a", dash: .dotted, lineWidth: 2)),
        line("c2", "(19), *C* = 2", SeriesStyle("#8a8a8a", dash: .dashed, lineWidth: 1.4)),
        line("finite", "finite size", SeriesStyle("#d1521b", dash: .solid, lineWidth: 1.3)),
        line("closed", "generalizing, (18)", SeriesStyle("#2f9488", dash: .dashDotted, lineWidth: 1.5)),
        measured("partial", "partially memorizing", .partial),
        measured("generalizing", "generalizing", .generalizing),
      ])
  }

  // MARK: Data

  private func blocks(_ prefix: String, _ chosen: [Int]) -> [DataBlock] {
    let closed = ExcessLoss(dimension: data.dimension, variance: data.variance)
    let generalizing = chosen.map { closed.generalizing(process: process, at: times[$0]) }.mean / unit
    let ends = [0.0, 1.0]
    return [
      line("\(prefix) c1", ends.map { ($0, 1 - $0) }), line("\(prefix) c2", ends.map { ($0, 2 * (1 - $0)) }),
      line("\(prefix) closed", ends.map { ($0, generalizing) }), line("\(prefix) finite", finite(chosen)),
      measured("\(prefix) partial", .partial, chosen), measured("\(prefix) generalizing", .generalizing, chosen),
    ]
  }

  private func line(_ name: String, _ points: [(Double, Double)]) -> DataBlock {
    DataBlock(name, columns: ["M/N", "loss"], rows: points.map { [$0.0, $0.1] })
  }

  /// The finite-size loss less that of M = N, which is the memorizing denoiser's.
  private func finite(_ chosen: [Int]) -> [(Double, Double)] {
    let losses = FiniteSizeLoss(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      process: process, times: chosen.map { times[$0] })
    let least = losses.values(Double(data.samples)).partial.mean
    return (1...40).map { step in
      let m = max(1, Double(step) / 40 * Double(data.samples))
      return (m / Double(data.samples), (losses.values(m).partial.mean - least) / unit)
    }
  }

  /// Points of the first seed: each loss less the memorizing denoiser's.
  private func measured(_ name: String, _ subject: LossByTime.Subject, _ chosen: [Int]) -> DataBlock {
    var block = DataBlock(name, columns: ["M/N", "loss", "low", "high"])
    for point in family.plotted.first?.points ?? [] {
      func part(_ subject: LossByTime.Subject, _ path: (Estimate) -> Double) -> Double? {
        point.measured.losses.first { $0.subject == subject && $0.split == .train }
          .map { loss in chosen.map { path(loss.losses[$0]) }.mean }
      }
      guard let value = part(subject, \.value), let low = part(subject, \.low), let high = part(subject, \.high),
        let memorizing = part(.memorizing, \.value)
      else { continue }
      block.append([point.position] + [value, low, high].map { ($0 - memorizing) / unit })
    }
    return block
  }

  private func caption(_ time: (time: Double, signalToNoise: Double)) -> MarkedText {
    MarkedText(
      """
      Excess training loss over the memorizing denoiser in units of *d* *s*, clean space, against capacity: measured \
      (markers, first seed, 95 % intervals over samples) and approximated (lines). Left: at *t* = \
      \(NumberText.significant(time.time)). Right: the mean over the \(times.count) training times, where the crossing \
      of the partially memorizing and the generalizing curve predicts *M*_{pt}; grey: the measured transition (compare \
      Fig. 1 of the paper).
      """) + family.settingsCaption
  }
}
