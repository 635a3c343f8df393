// SPDX-License-Identifier: MIT

/// Where a level lies on a non-decreasing curve.
enum CrossingPosition: Equatable {
  /// The curve is above the level already at its first point.
  case belowRange
  case at(Double)
  /// The curve never reaches the level.
  case aboveRange
}

/// A non-decreasing curve of the ratio against M/N, linear between its points.
struct FittedCurve {
  /// M/N, ascending.
  let positions: [Double]
  /// Non-decreasing.
  let ratios: [Double]

  /// The smallest M/N at which the curve reaches the level.
  func position(of level: Double) -> CrossingPosition {
    guard let index = ratios.firstIndex(where: { $0 >= level }) else { return .aboveRange }
    if ratios[index] == level { return .at(positions[index]) }
    if index == 0 { return .belowRange }
    let share = (level - ratios[index - 1]) / (ratios[index] - ratios[index - 1])
    return .at(positions[index - 1] + share * (positions[index] - positions[index - 1]))
  }
}
