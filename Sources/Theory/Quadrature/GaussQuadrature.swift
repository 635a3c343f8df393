// SPDX-License-Identifier: MIT
internal import Foundation

/// Nodes and weights of a Gauss rule for a probability law: E f(X) = sum w f(x), exact for polynomials of degree
/// below twice the number of nodes; weights sum to 1.
///
/// Golub and Welsch 1969: nodes are the eigenvalues of the symmetric tridiagonal matrix of the law's three-term
/// recurrence, weights the squared first components of its eigenvectors.
package struct GaussQuadrature: Sendable {
  package let nodes: [Double]
  package let weights: [Double]

  /// X chi-square with d degrees of freedom: 2 Y, Y with density y^(d/2 - 1) e^-y (generalized Laguerre).
  package static func chiSquared(_ degrees: Double, count: Int) -> GaussQuadrature {
    let shape = degrees / 2 - 1
    return GaussQuadrature(
      diagonal: (0..<count).map { 2 * (2 * Double($0) + 1 + shape) },
      squares: (1..<max(count, 1)).map { 4 * Double($0) * (Double($0) + shape) })
  }

  /// X the cosine between a fixed direction and a uniform one in d dimensions: density ~ (1 - x^2)^((d - 3)/2).
  ///
  /// In one dimension the recurrence ends after two nodes: +1 and -1.
  package static func sphereCosine(_ dimension: Int, count: Int) -> GaussQuadrature {
    guard dimension > 1 else { return GaussQuadrature(diagonal: [0, 0], squares: [1]) }
    let order = Double(dimension) / 2 - 1
    return GaussQuadrature(
      diagonal: Array(repeating: 0, count: count),
      squares: (1..<max(count, 1)).map { n in
        // Written out for n = 1, where numerator and denominator vanish together in two dimensions.
        guard n > 1 else { return 1 / Double(dimension) }
        let n = Double(n)
        return n * (n + 2 * order - 1) / (4 * (n + order) * (n + order - 1))
      })
  }

  /// The rule of a recurrence; `squares` are the squared off-diagonal elements, one fewer than `diagonal`.
  init(diagonal: [Double], squares: [Double]) {
    var matrix = Tridiagonal(diagonal: diagonal, offDiagonal: squares.map { $0.squareRoot() })
    matrix.diagonalize()
    nodes = matrix.diagonal
    weights = matrix.first.map { $0 * $0 }
  }
}

/// A symmetric tridiagonal matrix on its way to its eigenvalues: QL with implicit shifts.
///
/// Bowdler, Martin, Reinsch, Wilkinson 1968 (`tql2`), following only the first row of the eigenvectors.
private struct Tridiagonal {
  var diagonal: [Double]
  var offDiagonal: [Double]
  /// First component of each eigenvector.
  var first: [Double]

  init(diagonal: [Double], offDiagonal: [Double]) {
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal + [0]
    first = diagonal.indices.map { $0 == 0 ? 1 : 0 }
  }

  mutating func diagonalize() {
    for low in diagonal.indices {
      // Each eigenvalue takes two or three sweeps; 100 is never reached by a finite matrix.
      for _ in 0..<100 {
        var high = low
        while high < diagonal.count - 1, !isNegligible(high) { high += 1 }
        if high == low { break }
        sweep(from: low, to: high)
      }
    }
  }

  private func isNegligible(_ index: Int) -> Bool {
    abs(offDiagonal[index]) <= Double.ulpOfOne * (abs(diagonal[index]) + abs(diagonal[index + 1]))
  }

  private mutating func sweep(from low: Int, to high: Int) {
    var g = (diagonal[low + 1] - diagonal[low]) / (2 * offDiagonal[low])
    var r = hypot(g, 1)
    g = diagonal[high] - diagonal[low] + offDiagonal[low] / (g + (g < 0 ? -r : r))
    var (sine, cosine, shift) = (1.0, 1.0, 0.0)
    for index in stride(from: high - 1, through: low, by: -1) {
      let (f, b) = (sine * offDiagonal[index], cosine * offDiagonal[index])
      r = hypot(f, g)
      offDiagonal[index + 1] = r
      if r == 0 {
        diagonal[index + 1] -= shift
        offDiagonal[high] = 0
        return
      }
      (sine, cosine) = (f / r, g / r)
      g = diagonal[index + 1] - shift
      r = (diagonal[index] - g) * sine + 2 * cosine * b
      shift = sine * r
      diagonal[index + 1] = g + shift
      g = cosine * r - b
      (first[index], first[index + 1]) = (
        cosine * first[index] - sine * first[index + 1], sine * first[index] + cosine * first[index + 1]
      )
    }
    diagonal[low] -= shift
    offDiagonal[low] = g
    offDiagonal[high] = 0
  }
}
