// SPDX-License-Identifier: MIT
internal import Foundation

/// Interpolation through Chebyshev points of the first kind on an interval (barycentric form, Berrut and Trefethen
/// 2004, equation (5.3)).
struct ChebyshevNodes: Sendable {
  let nodes: [Double]
  private let weights: [Double]

  init(_ range: ClosedRange<Double>, count: Int) {
    let (middle, half) = ((range.lowerBound + range.upperBound) / 2, (range.upperBound - range.lowerBound) / 2)
    let angles = (0..<count).map { Double.pi * (Double($0) + 0.5) / Double(count) }
    nodes = angles.map { middle + half * cos($0) }
    weights = angles.enumerated().map { ($0.offset.isMultiple(of: 2) ? 1 : -1) * sin($0.element) }
  }

  /// The coefficients of the values at the nodes in the interpolated value at a point; they sum to 1.
  func coefficients(at point: Double) -> [Double] {
    if let exact = nodes.firstIndex(of: point) { return nodes.indices.map { $0 == exact ? 1 : 0 } }
    let terms = nodes.indices.map { weights[$0] / (point - nodes[$0]) }
    let total = terms.reduce(0, +)
    return terms.map { $0 / total }
  }
}
