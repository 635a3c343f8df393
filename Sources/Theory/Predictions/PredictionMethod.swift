// SPDX-License-Identifier: MIT

/// The ways to predict M_pt/N without training.
public enum PredictionMethod: String, Sendable, Codable, CaseIterable, Hashable {
  /// (21) with C = 1.
  case closedFormC1 = "closed-form-c1"
  /// (21) with C = 2.
  case closedFormC2 = "closed-form-c2"
  /// (21) with lambda = alpha^2 and C = 1.
  case alphaSquared = "alpha-squared"
  /// The crossing of the losses at finite N.
  case finiteSize = "finite-size"
  /// Hard EM in high dimension by quadrature: needs no data.
  case hardEMFormula = "hard-em-formula"
  /// k-means from M of the N samples, exact sampling, the memorization test.
  case hardEM = "hard-em"
  /// The same k-means solution, sampled as the trained model is: by the study's sampler over its times.
  case hardEMSampled = "hard-em-sampled"

  /// Whether data are drawn and clustered: seconds, not milliseconds.
  public var simulates: Bool { self == .hardEM || self == .hardEMSampled }

  /// Whether it follows k-means from partial memorization, by formula or on data.
  public var isHardEM: Bool { simulates || self == .hardEMFormula }
}
