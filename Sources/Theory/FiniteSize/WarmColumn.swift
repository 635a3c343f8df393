// SPDX-License-Identifier: MIT
internal import Foundation

/// Exact posterior averages over random memorized points, given the distance b of the noised point from its mean.
///
/// In units of s, with y = x_t / alpha and g = psi_t s: memorized points m_j of the own cluster are independent, and
/// their weights are w_j = e_j / sum e, e_j = exp(-g |y - m_j|^2 / 2). With 1/Z = Int_0^inf e^(-tau Z) dtau every
/// average becomes a product over independent points:
///
///     E sum_j w_j f_j                = M Int phi_f Phi^(M-1) dtau,  phi_f = E[f e e^(-tau e)],  Phi = E e^(-tau e)
///     E sum_j w_j^2 f_j              = M Int tau E[f e^2 e^(-tau e)] Phi^(M-1) dtau
///     E sum_{j != k} w_j w_k f_j f_k = M (M-1) Int tau phi_f^2 Phi^(M-2) dtau
///
/// A noised memorized point follows the same law weighted by Z / E Z (Bayes), which removes one power of tau.
/// Energies lie on a uniform grid of step h and tau on a logarithmic one of the same step, so that e^(-tau e) depends
/// on the difference of two indices alone: a table, and no exponential in the loops.
struct WarmColumn: Sendable {
  /// Largest step of energies and of log tau: the trapezoid error of exp(-e^x) is e^(-pi^2 / h) = 7e-8.
  private static let largestStep = 0.6

  private let state: PointState
  private let step: Double
  private let share: Double
  /// Per node of tau: log tau, log Phi, and phi_1, phi_h, phi_q, tau E[q e^2 ..] (times tau).
  private var logTau: [Double] = []
  private var logPhi: [Double] = []
  private var sums: [SIMD4<Double>] = []
  private var logMeanWeight = 0.0

  /// Nodes of energy that the law needs.
  static func size(_ state: PointState, signal: Double) -> Int {
    Int(state.range.upperBound * signal / (2 * step(state, signal))) + 1
  }

  /// Where noise is large, energies hardly differ and the law of the distances sets the step: 0.7 of its deviation,
  /// for a trapezoid error of e^(-2 pi^2 / 0.49).
  private static func step(_ state: PointState, _ signal: Double) -> Double {
    min(largestStep, 0.35 * signal * state.deviation)
  }

  /// Prepared for all M in `counts`; `signal` is g, `share` 1/K.
  init(_ state: PointState, signal: Double, share: Double, counts: ClosedRange<Int>) {
    (self.state, self.share, step) = (state, share, Self.step(state, signal))
    let kernel = Kernel(step: step)
    let points = Self.points(
      state, spacing: 2 * step / signal, share: share, counts: counts, reach: -kernel.lowest)
    fill(points, kernel, counts: counts)
  }

  /// (p, p h, p q, 0) at energies i h above the lowest.
  private static func points(
    _ state: PointState, spacing: Double, share: Double, counts: ClosedRange<Int>, reach: Int
  ) -> [SIMD4<Double>] {
    var all: [SIMD4<Double>] = []
    var (mass, end) = (0.0, Int.max)
    for index in 1...max(1, Int(state.range.upperBound / spacing)) where index < end {
      let law = state.law(at: Double(index) * spacing) * (spacing * share)
      // Below the first point that may be met the law is empty for every M.
      if all.isEmpty, mass + law.x < 1e-14 / Double(counts.upperBound) {
        mass += law.x
        continue
      }
      all.append(law)
      mass += law.x
      // From here on a point lies below in every draw: only energies within the table's reach still matter.
      if end == .max, mass * Double(counts.lowerBound) > 45 { end = index + reach }
    }
    return all.isEmpty ? [SIMD4(0, 0, 0, 0)] : all
  }

  private mutating func fill(_ points: [SIMD4<Double>], _ kernel: Kernel, counts: ClosedRange<Int>) {
    var meanWeight = 0.0
    for (index, point) in points.enumerated() { meanWeight += point.x * exp(-Double(index) * step) }
    logMeanWeight = log(max(meanWeight, 1e-300))
    let start = Int(((log(1e-9) - log(Double(counts.upperBound)) - logMeanWeight) / step).rounded(.down))
    var below = 0.0
    var next = 0
    let lowerCount = Double(counts.lowerBound)
    for k in start...(points.count + kernel.highest + 2) {
      // Points far below tau's energy: e^(-tau e) is 0 there.
      while next < points.count, next < k - kernel.highest { (below, next) = (below + points[next].x, next + 1) }
      var (first, second) = (SIMD4<Double>.zero, 0.0)
      var missing = below
      let end = min(points.count, k - kernel.lowest + 1)
      if next < end {
        for index in next..<end {
          let (entry, point) = (kernel.table[k - index - kernel.lowest], points[index])
          first += entry.x * point
          second += entry.y * point.z
          missing += entry.z * point.x
        }
      }
      first.w = second
      logTau.append(Double(k) * step)
      logPhi.append(max(log1p(-min(missing, 1)), -700))
      sums.append(first)
      if missing * lowerCount > 45 { break }
    }
  }

  /// Mean losses of a new sample and of a memorized one, given that the new sample's cluster has memorized points
  /// (probability `occupied`).
  func losses(_ m: Double, occupied: Double) -> (leftOut: Double, memorized: Double) {
    var (axial, squares, pairs, spread) = (0.0, 0.0, 0.0, 0.0)
    for k in sums.indices {
      let (one, log) = (sums[k], logPhi[k])
      let single = exp((m - 1) * log)
      axial += one.y * single
      squares += one.w * single
      guard m > 1 else { continue }
      let double = exp((m - 2) * log)
      pairs += one.y * one.y * double
      spread += exp((m - 2) * log - logTau[k] - logMeanWeight) * (one.z * one.x - one.y * one.y)
    }
    let h = step
    let squaredEstimate = h * m * (squares + (m - 1) * pairs)
    let leftOut = (state.cleanSquare * occupied - 2 * state.cleanAxis * h * m * axial + squaredEstimate) / occupied
    return (leftOut, (m - 1) * h * spread)
  }
}

/// e^(nh) exp(-e^(nh)), its product with e^(nh), and 1 - exp(-e^(nh)), at the n where they are neither 0 nor e^(nh).
private struct Kernel {
  let lowest, highest: Int
  let table: [SIMD4<Double>]

  init(step: Double) {
    (lowest, highest) = (Int((-37 / step).rounded(.down)), Int((4 / step).rounded(.up)))
    table = (lowest...highest).map { n in
      let x = exp(Double(n) * step)
      return SIMD4(x * exp(-x), x * x * exp(-x), -expm1(-x), 0)
    }
  }
}
