// SPDX-License-Identifier: MIT
public import Kernels

/// The two numerically stable faces of a posterior mean at one time.
///
/// Each is computed from the posterior weights on its own path; neither is derived from the other,
/// because noise through the clean estimate loses all digits at small t.
public struct Posterior: Sendable {
  /// E[x_0 | x_t], shape (n, d).
  public var clean: Matrix
  /// E[eps | x_t] = (x_t - alpha E[x_0 | x_t]) / sigma, shape (n, d).
  public var noise: Matrix

  /// Both of shape (n, d), each from its own stable formula.
  public init(clean: Matrix, noise: Matrix) {
    self.clean = clean
    self.noise = noise
  }
}

/// A posterior mean E[x_0 | x_t] under some law of x_0 and a noising process.
public protocol Denoiser: Sendable {
  /// d.
  var dimension: Int { get }
  /// The posterior mean at `noised`, shape (n, d), at time t of `process`.
  func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior
}

extension Denoiser {
  /// Any of the four predictions, shape (n, d); velocity is alpha' x0 + sigma' eps and score -eps / sigma.
  public func predict(
    _ prediction: Prediction, noised: Matrix, process: any DiffusionProcess, at t: Double
  ) -> Matrix {
    let posterior = posterior(noised, process: process, at: t)
    switch prediction {
    case .clean: return posterior.clean
    case .noise: return posterior.noise
    case .velocity:
      return Matrix(process.alphaPrime(t) * posterior.clean + process.sigmaPrime(t) * posterior.noise)
    case .score: return Matrix(-1 / process.sigma(t) * posterior.noise)
    }
  }
}
