// SPDX-License-Identifier: MIT

/// The ways to predict M_pt/N without training.
public enum PredictionMethod: String, Sendable, Codable, CaseIterable, Hashable {
  /// (21) with C = 1 and C = 2.
  case closedFormC1 = "closed-form-c1"
  case closedFormC2 = "closed-form-c2"
  /// (21) with lambda = alpha^2 and C = 1.
  case alphaSquared = "alpha-squared"
  /// The crossing of the losses at finite N.
  case finiteSize = "finite-size"
  /// k-means from M of the N samples, exact sampling, the memorization test.
  case hardEM = "hard-em"
}
