// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Foundation
import Kernels
import Memorization
import Statistics
import Training

/// Records as a real study would give them: a logistic ratio around M/N = 0.8 with binomial noise, and losses of the
/// right size from the closed forms.
struct SyntheticStudy {
  var dimension = 30
  var trueComponents = 3
  var samples = 50
  var variance = 1.0
  var seeds: [UInt64] = [1]
  var initialization = Initialization.paper
  var losses = true
  /// Samples per model.
  var trials = 2000

  var records: [RunRecord] { seeds.flatMap { seed in capacities.map { record(components: $0, seed: seed) } } }

  var transitions: [(configuration: Configuration, transition: Transition)] {
    seeds.map { seed in
      let half = centre(seed)
      func crossing(_ level: Double) -> Crossing {
        let value = half + width * log(level / (1 - level))
        return Crossing(value: value, low: value - 0.011, high: value + 0.012)
      }
      let transition = Transition(
        start: crossing(0.1), half: crossing(0.5), end: crossing(0.9), monotonicityViolations: 0)
      return (configuration(seed: seed), transition)
    }
  }

  /// The paper's grid and a refinement.
  var capacities: [Int] {
    let grid = (1...10).map { Int((Double($0) * Double(samples) / 10).rounded()) }
    let refinement = [0.66, 0.7, 0.72, 0.74, 0.76, 0.78, 0.82, 0.84, 0.86, 0.88].map {
      Int(($0 * Double(samples)).rounded())
    }
    return Set(grid + refinement).sorted()
  }

  func configuration(seed: UInt64) -> Configuration {
    let training = TrainingSettings(
      preset: .quick, steps: 5000, draws: 4, prediction: .noise, weight: .unit, kernel: .auto, peakRate: 5.01e-3,
      finalRate: 1e-6, warmUpSteps: 500, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, updateDecay: 0.9, clipNorm: 1e9)
    var evaluation = EvaluationSettings()
    evaluation.samples = trials
    return Configuration(
      data: DataSettings(
        dimension: dimension, trueComponents: trueComponents, samples: samples, variance: variance, dataSeed: seed),
      initialization: initialization, training: training, evaluation: evaluation, seed: seed)
  }

  func record(components: Int, seed: UInt64) -> RunRecord {
    let settings = RunSettings(configuration: configuration(seed: seed), capacity: components)
    let capacity = Double(components) / Double(samples)
    let key = RandomKey(seed: seed).child("synthetic").child(components)
    let probability = 1 / (1 + exp(-(capacity - centre(seed)) / width))
    // The variance falls smoothly to zero at M = N, as k-means from M of N samples does.
    let learned = variance * pow(1 - capacity, 0.9) + 1e-4
    let spread = Double(dimension).squareRoot()
    return RunRecord(
      identifier: "synthetic-\(seed)-\(components)", settings: settings, outcome: .finished,
      measurements: Measurements(
        ratio: binomial(probability, key: key.child("ratio")), null: binomial(0.0006, key: RandomKey(seed: seed)),
        learnedStd: learned.squareRoot(), finalLoss: 20 * learned,
        meanToSample: quantiles(around: spread * learned.squareRoot() * 0.85, key: key.child("samples")),
        meanToTrueMean: quantiles(around: spread * (1 - learned), key: key.child("means")), clippedShare: 0,
        losses: losses ? lossCurves(capacity, learned) : []),
      timing: RunTiming(trainingSeconds: 1, secondsPerStep: 1e-4, evaluationSeconds: 0.5))
  }

  private let width = 0.035

  private func centre(_ seed: UInt64) -> Double { 0.79 + 0.012 * RandomKey(seed: seed).child("centre").normals(1)[0] }

  private func binomial(_ probability: Double, key: RandomKey) -> Estimate {
    let hits = key.uniforms(trials).count { $0 < probability }
    let (n, p, z) = (Double(trials), Double(hits) / Double(trials), 1.959964)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Estimate(value: p, low: max(0, centre - half), high: min(1, centre + half), trials: trials)
  }

  private func quantiles(around centre: Double, key: RandomKey) -> Quantiles {
    Quantiles(of: key.normals(64).map { max(0, centre * (1 + 0.12 * $0)) })
  }

  private func lossCurves(_ capacity: Double, _ learned: Double) -> [LossByTime] {
    let (process, d) = (VariancePreserving(), Double(dimension))
    let times = TimeGrid.paper.times(of: process)
    let psi = times.map(process.signalToNoise)
    func curve(_ subject: LossByTime.Subject, _ split: LossByTime.Split, _ loss: (Double) -> Double) -> LossByTime {
      let estimates = psi.map { psi in
        let value = loss(psi)
        return Estimate(value: value, low: value * 0.97, high: value * 1.03, trials: split == .train ? samples : 2000)
      }
      return LossByTime(subject: subject, split: split, times: times, signalToNoise: psi, losses: estimates)
    }
    let generalizing: (Double) -> Double = { d * variance / ($0 * variance + 1) }
    let memorizing: (Double) -> Double = { psi in 2 * d * variance * exp(-psi * d * 0.4) }
    let far: (Double) -> Double = { psi in 1.35 * d * variance * psi / (psi + 0.3) + generalizing(psi) * 0.6 }
    let partial: (Double) -> Double = { psi in (1 - capacity) * far(psi) + memorizing(psi) }
    let trained: (Double) -> Double = { psi in d * learned / (psi * learned + 1) + memorizing(psi) }
    let trainedTest: (Double) -> Double = { psi in
      let gap = (variance - learned) / variance
      return generalizing(psi) * (1 - gap) + gap * far(psi) * 0.9
    }
    return [
      curve(.trained, .train, trained), curve(.trained, .test, trainedTest), curve(.partial, .train, partial),
      curve(.partial, .test, { far($0) * (1.3 - 0.25 * capacity) }), curve(.memorizing, .train, memorizing),
      curve(.memorizing, .test, far), curve(.generalizing, .train, generalizing),
      curve(.generalizing, .test, generalizing),
    ]
  }
}

extension Double {
  /// Three decimals, as in the report.
  var threeDecimals: String { String(format: "%.3f", self) }
}
