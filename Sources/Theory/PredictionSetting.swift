// SPDX-License-Identifier: MIT
internal import Foundation

/// What a prediction is asked about, and how far it lies from where predictions were compared with training.
public struct PredictionSetting: Sendable, Hashable {
  /// d, K, N.
  public let dimension, trueComponents, samples: Int
  /// sigma_*^2.
  public let variance: Double
  public let criterion: Double
  /// Variance preserving over the paper's 26 times, with the unit weight of clean losses.
  public let hasPaperTimes: Bool
  /// DDIM over those times.
  public let hasPaperSampler: Bool
  /// Equal weights of the law's components and no copies among the samples.
  public let hasPaperLaw: Bool

  public init(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double = 1, criterion: Double = 1.0 / 3.0,
    hasPaperTimes: Bool = true, hasPaperSampler: Bool = true, hasPaperLaw: Bool = true
  ) {
    precondition(dimension >= 1 && trueComponents >= 1 && samples >= 1, "\(dimension), \(trueComponents), \(samples)")
    precondition(variance > 0, "variance \(variance)")
    (self.dimension, self.trueComponents, self.samples) = (dimension, trueComponents, samples)
    (self.variance, self.criterion) = (variance, criterion)
    (self.hasPaperTimes, self.hasPaperSampler, self.hasPaperLaw) = (hasPaperTimes, hasPaperSampler, hasPaperLaw)
  }

  public var hasPaperVariance: Bool { abs(variance - 1) <= 0.1 }
  public var hasPaperCriterion: Bool { abs(criterion - 1.0 / 3.0) < 1e-9 }

  /// d 30 to 60, K 3 to 12, N 50 to 200: the tuples of the paper.
  public var hasPaperSizes: Bool { sizeDepartures.isEmpty }

  /// The kind of study that measured predictions here; nil where none did.
  public var domain: PredictionError.Domain? {
    guard (20...100).contains(dimension), (2...20).contains(trueComponents), (40...300).contains(samples),
      (0.25...4).contains(variance), (0.2...0.5).contains(criterion)
    else { return nil }
    if departures.isEmpty { return .laboratory }
    return departures.count == sizeDepartures.count ? .otherSizes : .otherSettings
  }

  private var sizeDepartures: [String] {
    [
      (30...60).contains(dimension) ? nil : "d = \(dimension)",
      (3...12).contains(trueComponents) ? nil : "K = \(trueComponents)",
      (50...200).contains(samples) ? nil : "N = \(samples)",
    ].compactMap { $0 }
  }

  /// Where it leaves the paper's laboratory, in words.
  public var departures: [String] {
    sizeDepartures
      + [
        hasPaperVariance ? nil : "s = \(variance)", hasPaperCriterion ? nil : "criterion = \(criterion)",
        hasPaperTimes ? nil : "process, times or weight", hasPaperSampler ? nil : "sampler",
        hasPaperLaw ? nil : "weights of the components or copies",
      ].compactMap { $0 }
  }
}
