// SPDX-License-Identifier: MIT
internal import Foundation

/// Seconds as a clock shows them.
public enum ClockText {
  /// `1:05`, `2:00:00`.
  public static func of(seconds: Double) -> String {
    // A large study on paper may take longer than any number of hours that can be told.
    guard seconds < 3.6e9 else { return "more than a million hours" }
    let total = Int(max(0, seconds).rounded())
    return total < 3600
      ? String(format: "%d:%02d", total / 60, total % 60)
      : String(format: "%d:%02d:%02d", total / 3600, total / 60 % 60, total % 60)
  }
}
