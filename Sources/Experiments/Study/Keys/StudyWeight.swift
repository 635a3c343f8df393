// SPDX-License-Identifier: MIT
internal import Diffusion

extension StudyNode {
  /// A loss weighting: a word, `{min-snr: 5}` or `{table: [..]}`.
  func weight() throws(StudyError) -> StudyMarked<LossWeight> {
    let words = ["unit", "signal-to-noise", "alpha-squared"]
    switch content {
    case .scalar("unit", _): return marked(.unit)
    case .scalar("signal-to-noise", _): return marked(.signalToNoise)
    case .scalar("alpha-squared", _): return marked(.alphaSquared)
    case .map(let entries) where entries.count == 1:
      let entry = try fields(["min-snr", "table"], what: "a weight")[0]
      return marked(entry.key == "table" ? .table(try table(entry.value)) : try minSNR(entry.value))
    default: throw notOne(of: words, or: ", {min-snr: limit}, {table: [..]}")
    }
  }

  private func minSNR(_ node: StudyNode) throws(StudyError) -> LossWeight {
    .minSNR(limit: try node.number(allowed: "a number above 0") { $0 > 0 }.value)
  }

  private func table(_ node: StudyNode) throws(StudyError) -> [Double] {
    guard case .list(let elements) = node.content else {
      throw node.refused("is not a list", allowed: "a list with one number per time")
    }
    var values: [Double] = []
    for element in elements { values.append(try element.number(allowed: "a number from 0") { $0 >= 0 }.value) }
    guard values.contains(where: { $0 > 0 }) else {
      throw node.refused("weights nothing", allowed: "one number per time, at least one above 0")
    }
    return values
  }
}
