// SPDX-License-Identifier: MIT
internal import Figures
internal import Files
internal import Statistics

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
    var table = CSVTable(columns: head)
    for (row, name) in zip(rows, PredictedFamily.names(rows)) {
      let transition = FamilyTransition(row.family)
      let (start, half, end) = (transition.spread(.start), transition.spread(.half), transition.spread(.end))
      let numbers = [
        row.measured?.value, row.measured?.low, row.measured?.high, half?.standardDeviation, start?.mean,
        start?.standardDeviation, end?.mean, end?.standardDeviation,
      ]
      table.append(
        [.quoted(name.plain)] + numbers.map { CSVValue($0) } + [.integer(half?.values.count ?? 0)]
          + methods.map { CSVValue(row.value($0)) })
    }
    return table.text
  }
}
