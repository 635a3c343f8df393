// SPDX-License-Identifier: MIT
internal import Foundation
internal import Prediction
internal import Theory

extension PredictionDocument {
  /// The same for a terminal.
  public var text: String {
    var lines = ["d=\(dimension) K=\(trueComponents) N=\(samples) variance=\(variance): predicted M_pt/N"]
    lines += methods.map(Self.line)
    lines.append(recommendation)
    if let components { lines.append(verdictLine(components)) }
    if let safeComponents { lines.append("safe components: M <= \(safeComponents)") }
    if let safeSamples { lines.append("safe samples: N >= \(safeSamples)") }
    if let safePromise { lines.append("  (the ratio of a run stays under 10 % for \(safePromise))") }
    let failing = assumptions.filter { !$0.holds }
    if failing.isEmpty { lines.append("all assumptions of the closed forms hold") }
    for one in failing { lines.append("assumption fails: \(one.name): \(one.detail)") }
    return lines.joined(separator: "\n")
  }

  private static func line(_ method: Method) -> String {
    let name = "  " + method.name.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
    guard let crossover = method.crossover else { return name + "none: " + (method.reason ?? "no crossing in range") }
    let half = name + String(format: "%.3f", crossover)
    guard let low = method.interval?.low, let high = method.interval?.high else { return half }
    return half + String(format: "  [%.3f, %.3f]", low, high)
  }

  private var recommendation: String {
    guard let method = methods.first(where: { $0.name == recommended }) else {
      return "recommended: hard-em (add --hard-em); no method above is usable here"
    }
    let start = "recommended: \(recommended.rawValue)"
    guard method.crossover != nil else { return start + ": " + (method.reason ?? "no transition in range") }
    return start
      + (expectedError.value.map { String(format: ", expected error %.3f", $0) }
        ?? "; its error is unknown here, because nothing similar was measured")
  }

  private func verdictLine(_ components: Int) -> String {
    let start = String(format: "M=%d (M/N = %.3f): ", components, Double(components) / Double(samples))
    guard let verdict else { return start + "unknown, no method above is usable here" }
    let confidence =
      verdict.confidence.map { String(format: "%.0f %%", 100 * $0) } ?? "unknown, because nothing similar was measured"
    return start + "\(verdict.outcome.rawValue) (confidence \(confidence))"
  }
}
