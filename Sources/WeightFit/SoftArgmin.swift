// SPDX-License-Identifier: MIT
internal import Statistics

/// `p(M) = softmax_M( -S(M)^2 / tau )`, formed through its logarithm so that no probability is lost to log 0.
struct SoftArgmin {
  let probabilities: [Double]
  let logarithms: [Double]

  init(_ differences: [Double], temperature: Double) {
    let logits = differences.map { -($0 * $0 / temperature) }
    let softmax = Softmax(logits)
    probabilities = softmax.probabilities
    logarithms = softmax.logarithms(of: logits)
  }

  /// `-sum p log p`, nats.
  var entropy: Double { -zip(probabilities, logarithms).reduce(0) { $0 + $1.0 * $1.1 } }
}
