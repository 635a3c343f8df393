// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Kernels
internal import Memorization
internal import Training

/// Losses per time of the denoisers that the paper compares, all on the same noise (common random numbers).
struct DenoiserLosses {
  private let configuration: Configuration
  private let laboratory: any Laboratory
  private let workers: Workers
  private let times: [Double]

  init(_ configuration: Configuration, laboratory: any Laboratory, workers: Workers) {
    (self.configuration, self.laboratory, self.workers) = (configuration, laboratory, workers)
    times = configuration.times.times(of: configuration.process.process)
  }

  /// Train and test losses of some denoisers in clean space, each noise drawn once for all of them.
  func measure(_ subjects: [(LossByTime.Subject, any Denoiser)]) -> [LossByTime] {
    LossByTime.Split.allCases.flatMap { measure(subjects, $0) }
  }

  /// About 2,000 noised points per time, from a fixed evaluation key: the same for every M and seed.
  func measure(_ subjects: [(LossByTime.Subject, any Denoiser)], _ split: LossByTime.Split) -> [LossByTime] {
    let process = configuration.process.process
    let samples = split == .train ? laboratory.train : laboratory.heldOut
    let losses = LossMeasurement.measure(
      denoisers: subjects.map(\.1), samples: samples, process: process, times: times,
      draws: max(1, 2000 / samples.rows), key: RandomKey(seed: 0).child("evaluation").child(split.rawValue),
      workers: workers)
    return zip(subjects, losses).map { subject, losses in
      LossByTime(
        subject: subject.0, split: split, times: times, signalToNoise: times.map { process.signalToNoise($0) },
        losses: losses)
    }
  }
}
