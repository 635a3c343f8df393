// SPDX-License-Identifier: MIT
public import Statistics

/// Clean-space losses of one denoiser over the times of a grid: mean over samples of |x0_hat - x0|^2.
public struct LossByTime: Sendable, Codable, Hashable {
  /// Which denoiser: trained, partial (partially memorizing), memorizing, generalizing.
  public enum Subject: String, Sendable, Codable, CaseIterable, Hashable {
    /// The model; (13); (8); (14) with the parameters of the law.
    case trained, partial, memorizing, generalizing
  }
  /// Which samples are noised: the training set or held-out samples.
  public enum Split: String, Sendable, Codable, CaseIterable, Hashable {
    /// Training samples; held-out ones.
    case train, test
  }

  /// Whose losses these are.
  public let subject: Subject
  /// On which samples they were measured.
  public let split: Split
  /// Descending times, as in the grid.
  public let times: [Double]
  /// psi_t at each time.
  public let signalToNoise: [Double]
  /// One estimate per time; trials counts samples, the interval is 1.96 standard errors over samples.
  public let losses: [Estimate]

  /// Lists of equal length, in the order of the times.
  public init(subject: Subject, split: Split, times: [Double], signalToNoise: [Double], losses: [Estimate]) {
    self.subject = subject
    self.split = split
    self.times = times
    self.signalToNoise = signalToNoise
    self.losses = losses
  }

  /// The loss at the time whose psi is nearest (in logarithm) to `psi`; the paper's figures use 6.704.
  public func nearest(signalToNoise psi: Double) -> Estimate? {
    zip(signalToNoise, losses).min {
      max($0.0 / psi, psi / $0.0) < max($1.0 / psi, psi / $1.0)
    }?.1
  }
}
