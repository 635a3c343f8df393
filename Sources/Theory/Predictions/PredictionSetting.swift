// SPDX-License-Identifier: MIT
internal import Foundation

/// What a prediction is asked about, and how far it lies from where predictions were compared with training.
public struct PredictionSetting: Sendable, Hashable {
  /// d, K, N.
  public let dimension, trueComponents, samples: Int
  /// sigma_*^2.
  public let variance: Double
  /// Memorized: d1 < criterion * d2.
  public let criterion: Double
  /// Where else it leaves the paper's laboratory: process, sampler, loss or law, each as a study varied it.
  public let others: Set<PredictionError.Departure>
  /// False for what no study had: another process, grid of times, weight or sampler than theirs.
  public let isMeasured: Bool

  /// By default a setting of the paper's laboratory; counts below 1 and a variance that is not above 0 stop the
  /// program.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double = 1, criterion: Double = 1.0 / 3.0,
    others: Set<PredictionError.Departure> = [], isMeasured: Bool = true
  ) {
    precondition(dimension >= 1 && trueComponents >= 1 && samples >= 1, "\(dimension), \(trueComponents), \(samples)")
    precondition(variance > 0, "variance \(variance)")
    (self.dimension, self.trueComponents, self.samples) = (dimension, trueComponents, samples)
    (self.variance, self.criterion) = (variance, criterion)
    (self.others, self.isMeasured) = (others, isMeasured)
  }

  /// Within a tenth of 1.
  public var hasPaperVariance: Bool { abs(variance - 1) <= 0.1 }
  /// 1/3.
  public var hasPaperCriterion: Bool { abs(criterion - 1.0 / 3.0) < 1e-9 }

  /// d 30 to 60, K 3 to 12, N 50 to 200: the tuples of the paper.
  public var hasPaperSizes: Bool { sizeDepartures.isEmpty }

  /// Everything that differs from the paper's laboratory; nil beyond what any study had.
  public var departures: Set<PredictionError.Departure>? {
    guard isMeasured, (20...100).contains(dimension), (2...20).contains(trueComponents), (40...300).contains(samples),
      (0.25...4).contains(variance), (0.2...0.5).contains(criterion)
    else { return nil }
    var departures = others
    if !hasPaperSizes { departures.insert(.sizes) }
    if !hasPaperVariance { departures.insert(.variance) }
    if !hasPaperCriterion { departures.insert(.criterion) }
    return departures
  }

  var sizeDepartures: [String] {
    [
      (30...60).contains(dimension) ? nil : "d = \(dimension)",
      (3...12).contains(trueComponents) ? nil : "K = \(trueComponents)",
      (50...200).contains(samples) ? nil : "N = \(samples)",
    ].compactMap { $0 }
  }

  /// Where it leaves the paper's laboratory, in words.
  public var departuresInWords: [String] {
    sizeDepartures
      + [hasPaperVariance ? nil : "s = \(variance)", hasPaperCriterion ? nil : "criterion = \(criterion)"]
      .compactMap { $0 }
      + others.sorted { $0.rawValue < $1.rawValue }.map(\.words)
      + (isMeasured ? [] : ["a process, grid of times, weight or sampler that no study had"])
  }
}
