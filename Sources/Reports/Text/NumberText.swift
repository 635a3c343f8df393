// SPDX-License-Identifier: MIT
internal import Foundation
internal import Memorization
internal import Statistics

/// Numbers as a reader of the report sees them.
public enum NumberText {
  /// A number in a format of C, and never "-0.00": what rounds to zero has no sign.
  public static func formatted(_ format: String, _ value: Double) -> String {
    let text = String(format: format, value)
    return text.hasPrefix("-") && Double(text) == 0 ? String(text.dropFirst()) : text
  }

  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "n/a" }
    return formatted("%.\(digits)f", value)
  }

  static func significant(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return "n/a" }
    return formatted("%.\(digits)g", value)
  }

  /// Two significant digits with the zeros that belong to them: 0.10, 1.0, 10, 100.
  static func twoDigits(_ value: Double) -> String {
    guard value.isFinite else { return "n/a" }
    guard value != 0 else { return "0" }
    if abs(value) >= 99.5 { return String(format: "%.0f", value) }
    let text = String(format: "%#.2g", value)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// `5000` as `5,000`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(abs(value)))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + text
  }

  /// `0.412 [0.390, 0.434]`.
  static func estimate(_ estimate: Estimate, _ digits: Int = 3) -> String {
    "\(fixed(estimate.value, digits)) [\(fixed(estimate.low, digits)), \(fixed(estimate.high, digits))]"
  }

  /// The same with three significant digits, for losses.
  static func loss(_ estimate: Estimate) -> String {
    "\(padded(estimate.value)) [\(padded(estimate.low)), \(padded(estimate.high))]"
  }

  /// Three significant digits with the zeros that belong to them.
  static func padded(_ value: Double) -> String {
    guard value.isFinite else { return "n/a" }
    let text = formatted("%#.3g", value)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A crossing, or why there is none; an interval end that lies out of range is `..`.
  static func crossing(_ crossing: Crossing, _ digits: Int = 3) -> String {
    guard let value = crossing.value else { return "not in range" + (crossing.reason.map { ": \($0)" } ?? "") }
    func end(_ value: Double?) -> String { value.map { fixed($0, digits) } ?? ".." }
    return "\(fixed(value, digits)) [\(end(crossing.low)), \(end(crossing.high))]"
  }

  /// A crossing for a narrow column: without the reason.
  static func short(_ crossing: Crossing) -> String {
    crossing.value == nil ? "not in range" : self.crossing(crossing)
  }

  /// `1/3`, `1/4` where the number is one over a small integer.
  static func criterion(_ value: Double) -> String {
    let inverse = (1 / value).rounded()
    return inverse < 100 && abs(1 / value - inverse) < 1e-9 ? "1/\(Int(inverse))" : significant(value)
  }
}
