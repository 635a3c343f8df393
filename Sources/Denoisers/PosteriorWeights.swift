// SPDX-License-Identifier: MIT
internal import Foundation

/// softmax: exp(logit) / sum exp(logit), without overflow. Logits that are all -infinity give equal weights.
enum PosteriorWeights {
  static func softmax(_ logits: [Double]) -> [Double] {
    let top = logits.max() ?? 0
    if top == -.infinity { return Array(repeating: 1 / Double(logits.count), count: logits.count) }
    let powers = logits.map { exp($0 - top) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
}
