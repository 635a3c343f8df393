// SPDX-License-Identifier: MIT

/// What grows along a curve: how the capacity of a family of models is counted.
///
/// A curve has one axis (`Configuration.capacityAxis` of the pipeline), a training one value on it (`RunSettings.capacity`).
public enum CapacityAxis: String, Sendable, Codable, CodingKey, CaseIterable, Hashable {
  /// M, the components of a mixture or the templates of pictures; told in units of N, as in the paper.
  case components
  /// W, the width of a network's layers.
  case width
  /// P, the number of trained parameters.
  case parameters

  /// The letter of formulas and tables.
  public var symbol: String {
    switch self {
    case .components: "M"
    case .width: "W"
    case .parameters: "P"
    }
  }

  /// The capacity that counts as 1 on the axis of a figure, and in which crossings are told: N for components, else 1.
  public func unit(samples: Int) -> Int { self == .components ? samples : 1 }

  /// How a position on the axis is called: `M/N`, `W`.
  public var quantity: String { self == .components ? "M/N" : symbol }
}
