// SPDX-License-Identifier: MIT

/// Which methods share a frame with the measurements: a far one would flatten the rest.
extension SweepTable {
  /// Farther than this from every measurement.
  private static let far = 0.06

  /// Methods with a prediction far above all measurements or far below.
  var outside: [String] {
    guard let low = entries.map(\.low).min(), let high = entries.map(\.high).max() else { return [] }
    return methods.filter { method in
      crossovers(method).contains { $0 < low - Self.far || $0 > high + Self.far }
    }
  }

  /// All measurements with their intervals, and the predictions that are near.
  var detail: (low: Double, high: Double) {
    let (far, ends) = (outside, entries.flatMap { [$0.low, $0.high] })
    return Self.range(ends + methods.filter { !far.contains($0) }.flatMap(crossovers))
  }

  /// Outside the frame named: ..; empty where all is inside.
  func outsideText(_ frame: String) -> String {
    outside.isEmpty ? "" : " Outside \(frame): \(outside.joined(separator: ", "))."
  }

  private func crossovers(_ method: String) -> [Double] { rows.compactMap { prediction(method, $0) } }
}
