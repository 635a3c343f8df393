// SPDX-License-Identifier: MIT
internal import Statistics

/// The mean of several curves measured at different abscissas, each interpolated linearly between its points.
package struct MeanCurve {
  package struct Point: Equatable {
    package let x, mean, lowest, highest: Double
  }
  package let points: [Point]

  /// The mean at every abscissa at which all curves are defined.
  package init(_ curves: [[(x: Double, y: Double)]]) {
    let curves = curves.filter { !$0.isEmpty }.map { $0.sorted { $0.x < $1.x } }
    let abscissas = Set(curves.flatMap { $0.map(\.x) }).sorted()
    points = abscissas.compactMap { x in
      let values = curves.compactMap { Self.value($0, at: x) }
      guard values.count == curves.count, let lowest = values.min(), let highest = values.max() else { return nil }
      return Point(x: x, mean: values.mean, lowest: lowest, highest: highest)
    }
  }

  /// The curve at x, nil outside its range.
  private static func value(_ curve: [(x: Double, y: Double)], at x: Double) -> Double? {
    guard let after = curve.firstIndex(where: { $0.x >= x }) else { return nil }
    if curve[after].x == x { return curve[after].y }
    guard after > 0 else { return nil }
    let (low, high) = (curve[after - 1], curve[after])
    return low.y + (x - low.x) / (high.x - low.x) * (high.y - low.y)
  }
}
