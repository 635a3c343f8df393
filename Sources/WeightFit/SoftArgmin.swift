// SPDX-License-Identifier: MIT
internal import Foundation

/// `p(M) = softmax_M( -S(M)^2 / tau )`, formed through its logarithm so that no probability is lost to log 0.
struct SoftArgmin {
  let probabilities: [Double]
  let logarithms: [Double]

  init(_ differences: [Double], temperature: Double) {
    let energies = differences.map { $0 * $0 / temperature }
    let least = energies.min() ?? 0
    let weights = energies.map { exp(least - $0) }
    let total = weights.reduce(0, +)
    let logTotal = log(total)
    probabilities = weights.map { $0 / total }
    logarithms = energies.map { least - $0 - logTotal }
  }

  /// `-sum p log p`, nats.
  var entropy: Double { -zip(probabilities, logarithms).reduce(0) { $0 + $1.0 * $1.1 } }
}
