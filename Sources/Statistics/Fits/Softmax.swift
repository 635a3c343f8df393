// SPDX-License-Identifier: MIT
internal import Foundation

/// `p_i = exp(l_i) / sum_j exp(l_j)`, without overflow. Logits that are all -infinity give equal probabilities.
package struct Softmax {
  package let probabilities: [Double]
  /// The largest logit, and sum_j exp(l_j - top).
  private let top, total: Double

  package init(_ logits: [Double]) {
    let largest = logits.max() ?? 0
    let powers = largest == -.infinity ? logits.map { _ in 1 } : logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    (top, total, probabilities) = (largest, sum, powers.map { $0 / sum })
  }

  /// log p_i of the logits that the probabilities were made of: also where p_i is too small for a number.
  package func logarithms(of logits: [Double]) -> [Double] {
    let logTotal = log(total)
    return logits.map { $0 - top - logTotal }
  }
}
