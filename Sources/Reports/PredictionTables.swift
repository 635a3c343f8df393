// SPDX-License-Identifier: MIT
internal import Figures

/// Measurement and predictions of each configuration: a table of the page, and a file.
enum PredictionTables {
  /// Methods across, configurations down; numbers are M/N.
  static func html(_ rows: [PredictedFamily]) -> String {
    let shown = rows.filter { $0.prediction != nil }
    guard !shown.isEmpty else { return "" }
    let methods = PredictedFamily.methods + PredictedFamily.diagnostics
    let head: [MarkedText] = ["configuration", "measured *M*_{pt}/*N*"] + methods.map { .verbatim($0.name) }
    let lines = zip(shown, PredictedFamily.names(shown)).map { row, name in
      [name.plain, FamilyTransition(row.family).text(.half)]
        + methods.map { row.value($0).map { NumberText.fixed($0, 3) } ?? "none" }
    }
    return HTMLText.table(head, lines, name: "curve")
  }

  /// All digits. A line for each family, with what sets it apart in words.
  static func csv(_ rows: [PredictedFamily]) -> String {
    let methods = PredictedFamily.methods + PredictedFamily.diagnostics + PredictedFamily.ends
    let head =
      [
        "configuration", "half", "halfLow", "halfHigh", "halfDeviation", "start", "startDeviation", "end",
        "endDeviation", "seeds",
      ] + methods.map(\.name)
    let lines = zip(rows, PredictedFamily.names(rows)).map { row, name -> [String] in
      let transition = FamilyTransition(row.family)
      let (start, half, end) = (transition.spread(.start), transition.spread(.half), transition.spread(.end))
      let numbers = [
        row.measured?.value, row.measured?.low, row.measured?.high, half?.standardDeviation, start?.mean,
        start?.standardDeviation, end?.mean, end?.standardDeviation,
      ]
      return ["\"\(name.plain.replacing("\"", with: "\"\""))\""] + numbers.map(Self.text)
        + ["\(half?.values.count ?? 0)"] + methods.map { text(row.value($0)) }
    }
    return ([head] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
