// SPDX-License-Identifier: MIT
public import Kernels

/// What a denoiser is asked to predict. All four are affine in the clean estimate x0:
/// prediction = a(t) x0 + b(t) x_t, so squared errors scale by a(t)^2.
///
/// clean: x0; noise: eps = (x_t - alpha x0) / sigma; velocity: v = alpha' x0 + sigma' eps;
/// score: -eps / sigma. Known elsewhere as `x0`, `eps`, `v`, `score`.
public enum Prediction: String, Sendable, Codable, CaseIterable, Hashable {
  /// x0; eps; v = alpha' x0 + sigma' eps; -eps / sigma.
  case clean, noise, velocity, score

  /// a(t), the coefficient of x0.
  public func cleanCoefficient(_ process: any DiffusionProcess, at t: Double) -> Double {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    return switch self {
    case .clean: 1
    case .noise: -alpha / sigma
    case .velocity: process.alphaPrime(t) - process.sigmaPrime(t) * alpha / sigma
    case .score: alpha / (sigma * sigma)
    }
  }

  /// b(t), the coefficient of x_t.
  public func noisedCoefficient(_ process: any DiffusionProcess, at t: Double) -> Double {
    let sigma = process.sigma(t)
    return switch self {
    case .clean: 0
    case .noise: 1 / sigma
    case .velocity: process.sigmaPrime(t) / sigma
    case .score: -1 / (sigma * sigma)
    }
  }

  /// (u, w) in prediction = u x0 + w eps; x_t itself is (alpha, sigma).
  private func faces(_ process: any DiffusionProcess, at t: Double) -> (clean: Double, noise: Double) {
    switch self {
    case .clean: (1, 0)
    case .noise: (0, 1)
    case .velocity: (process.alphaPrime(t), process.sigmaPrime(t))
    case .score: (0, -1 / process.sigma(t))
    }
  }

  /// Converts a prediction of this kind at `noised` into another kind.
  ///
  /// With (u, w) and (p, q) the two kinds in terms of x0 and eps, the target is
  /// ((p sigma - q alpha) prediction + (u q - w p) x_t) / (u sigma - w alpha): unlike the route through
  /// x0, its coefficients do not cancel at small t (noise and score never see x_t).
  public func convert(
    _ values: Matrix, to target: Prediction, noised: Matrix, process: any DiffusionProcess, at t: Double
  ) -> Matrix {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let ((u, w), (p, q)) = (faces(process, at: t), target.faces(process, at: t))
    let determinant = u * sigma - w * alpha
    return Matrix((p * sigma - q * alpha) / determinant * values + (u * q - w * p) / determinant * noised)
  }

  /// The factor by which a squared error of this kind is multiplied to become one of `target`:
  /// (a_target / a_self)^2.
  public func lossFactor(to target: Prediction, process: any DiffusionProcess, at t: Double) -> Double {
    let ratio = target.cleanCoefficient(process, at: t) / cleanCoefficient(process, at: t)
    return ratio * ratio
  }
}
