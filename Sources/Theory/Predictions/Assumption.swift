// SPDX-License-Identifier: MIT
public import Diffusion
internal import Foundation

/// One condition under which the closed forms were derived or tested, and whether it holds: a value to print.
public struct Assumption: Sendable, Codable, Hashable {
  /// Stable short name, such as `coverage`.
  public let name: String
  /// The condition, in symbols.
  public let condition: String
  /// Whether it does for the configuration at hand.
  public let holds: Bool
  /// The numbers that decide it, and what failing means.
  public let detail: String

  init(_ name: String, condition: String, holds: Bool, detail: String) {
    (self.name, self.condition, self.holds, self.detail) = (name, condition, holds, detail)
  }
}

extension Assumption {
  /// Every assumption of the closed forms for a configuration and the times of its losses; `components`: M, the
  /// predicted crossover or the capacity asked about, in 1...N.
  public static func all(
    _ setting: PredictionSetting, components: Int, process: any DiffusionProcess, times: [Double]
  ) -> [Assumption] {
    precondition((1...setting.samples).contains(components), "\(components) components, N = \(setting.samples)")
    return [
      separatedMeans(setting, components: components), polynomialSamples(setting),
      coverage(setting, components: components), noiseBelowCollapse(setting, process: process, times: times),
      testedRange(setting),
    ]
  }

  /// Clusters do not touch: a point is nearer to its own cluster's samples than to any other's.
  ///
  /// Squared distances are about 2 d s within a cluster and 2 d s + |mu - mu'|^2 across, |mu - mu'|^2 = 2 d (1 - c).
  /// Their scatter, given the point, is s sqrt(6 d). Of M/K points inside and M outside, some outside one lies nearer
  /// than the typical nearest inside one unless the gap 2 d exceeds the scatter times the depth of the extremes.
  package static func separatedMeans(_ setting: PredictionSetting, components: Int) -> Assumption {
    let (d, s) = (Double(setting.dimension), setting.variance)
    let depth = (2 * log(Double(components) + 1)).squareRoot()
    let (gap, reach) = (2 * d, s * (6 * d).squareRoot() * depth)
    let holds = setting.trueComponents == 1 || gap > reach
    return Assumption(
      "well-separated-means", condition: "2 d > s sqrt(6 d) sqrt(2 log(M + 1))", holds: holds,
      detail: setting.trueComponents == 1
        ? "one component"
        : String(
          format: "squared distance of means about %.3g, reach of a cluster's nearest neighbours %.3g%@", gap, reach,
          holds ? "" : ": neighbours in other clusters count"))
  }

  /// N is polynomial in d, not exponential: squared distances to the nearest of N points stay near 2 d s.
  package static func polynomialSamples(_ setting: PredictionSetting) -> Assumption {
    let d = Double(setting.dimension)
    let perCluster = max(Double(setting.samples) / Double(setting.trueComponents), 1)
    // The nearest of n points lies about sqrt(2 log n) deviations s sqrt(6 d) below the mean 2 d s.
    let shortening = (6 * d * 2 * log(perCluster)).squareRoot() / (2 * d)
    let holds = shortening < 0.5
    return Assumption(
      "polynomial-samples", condition: "sqrt(12 d log(N/K)) < d", holds: holds,
      detail: String(
        format: "the nearest of N/K = %.3g samples is about %.0f %% nearer than a typical one%@", perCluster,
        100 * min(shortening, 1), holds ? "" : ": C = 2 is far off"))
  }

  /// The memorized samples hit every component at least twice: M >= K (1 + log d) log K.
  package static func coverage(_ setting: PredictionSetting, components: Int) -> Assumption {
    let needed = coveringComponents(trueComponents: setting.trueComponents, dimension: setting.dimension)
    let holds = Double(components) >= needed
    return Assumption(
      "coverage", condition: "M >= K (1 + log d) log K", holds: holds,
      detail: String(
        format: "M = %d, needed %.0f%@", components, needed.rounded(.up),
        holds ? "" : ": some components may be memorized once or not at all"))
  }

  /// K (1 + log d) log K, the least M of the condition `coverage`.
  public static func coveringComponents(trueComponents: Int, dimension: Int) -> Double {
    let k = Double(trueComponents)
    return k * (1 + log(Double(dimension))) * log(k)
  }

  /// (18) is an excess only while the memorizing loss is small: below the time at which the posterior spreads.
  ///
  /// With g = psi s, a competitor's energy exceeds the sample's own by (d/2) log(1 + g) in the exponent of its mean
  /// weight, with deviation sqrt(d/2) g/(1 + g); N/K competitors bring log(N/K). A margin of four deviations keeps the
  /// memorizing loss below about 2 % of (18) (a test compares with `FiniteSizeLoss`).
  package static func noiseBelowCollapse(
    _ setting: PredictionSetting, process: any DiffusionProcess, times: [Double]
  ) -> Assumption {
    let perCluster = max(Double(setting.samples) / Double(setting.trueComponents), 1)
    let beyond = times.filter { t in
      let signal = process.signalToNoise(t) * setting.variance
      let d = Double(setting.dimension)
      let energy = d / 2 * log1p(signal)
      return energy - 4 * (d / 2).squareRoot() * signal / (1 + signal) < log(perCluster)
    }
    let first = beyond.min()
    return Assumption(
      "noise-below-collapse", condition: "(d/2) log(1 + psi s) - 4 sqrt(d/2) psi s/(1 + psi s) > log(N/K)",
      holds: beyond.isEmpty,
      detail: first.map {
        String(
          format: "fails at %d of %d times, from t = %.3g: there (18) exceeds the true excess", beyond.count,
          times.count, $0)
      } ?? "holds at every time")
  }

  /// The expected errors were measured in the paper's laboratory (`PredictionSetting.departures`).
  package static func testedRange(_ setting: PredictionSetting) -> Assumption {
    let outside = setting.departureReasons.map { "\($0.what.joined(separator: ", ")): \($0.reason)" }
    return Assumption(
      "tested-range", condition: "d 30..60, K 3..12, N 50..200, s within 0.1 of 1, the paper's process and times",
      holds: outside.isEmpty,
      detail: outside.isEmpty ? "within the range that was compared with training" : outside.joined(separator: "; "))
  }
}

extension PredictionSetting {
  /// Where it leaves the paper's laboratory, and what follows for the crossings of losses there.
  fileprivate var departureReasons: [(what: [String], reason: String)] {
    let moving = [
      hasPaperVariance ? nil : "s = \(variance)", words(.process), words(.loss),
    ]
    let unseen = [hasPaperCriterion ? nil : "criterion = \(criterion)", words(.sampler), words(.law)]
    let reasons: [(what: [String], reason: String)] = [
      (sizeDepartures, sizesReason),
      (moving.compactMap { $0 }, "loss crossings move three to six times more than the measured transition"),
      (unseen.compactMap { $0 }, "loss crossings do not depend on it"),
      (isMeasured ? [] : ["settings that no study had"], "not compared with training"),
    ]
    return reasons.filter { !$0.what.isEmpty }
  }

  private func words(_ departure: PredictionError.Departure) -> String? {
    others.contains(departure) ? departure.words : nil
  }

  /// The sizes of `Results/heldout` lie beyond the paper's.
  private var sizesReason: String {
    (20...100).contains(dimension) && (2...20).contains(trueComponents) && (40...300).contains(samples)
      ? "compared with training at a few such sizes only" : "not compared with training at these sizes"
  }
}
