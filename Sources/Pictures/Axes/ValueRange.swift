// SPDX-License-Identifier: MIT

/// What the values of an array of floats mean: which ones are black and white.
public enum ValueRange: String, Sendable, CaseIterable {
  /// 0 to 1.
  case unit = "0..1"
  /// -1 to 1, as diffusion models work.
  case signed = "-1..1"
  /// 0 to 255.
  case bytes = "0..255"

  /// The value that is black.
  public var low: Double { self == .signed ? -1 : 0 }
  /// The value that is white.
  public var high: Double { self == .bytes ? 255 : 1 }

  /// The only range that values between two extremes can have; nil if they fit none.
  ///
  /// Values of which none is negative and none above 1 are taken as `unit`: a whole set of pictures in -1..1 without
  /// one pixel darker than the middle, or in 0..255 without one brighter than 1, would be black or gray.
  init?(from lowest: Double, to highest: Double) {
    let fitting = Self.allCases.first { $0.low <= lowest && highest <= $0.high }
    guard let fitting else { return nil }
    self = fitting
  }

  /// The nearest of 256 levels; `value` must lie in the range.
  func level(_ value: Double) -> UInt8 {
    UInt8(max(0, min(255, (255 * (value - low) / (high - low)).rounded())))
  }
}
