// SPDX-License-Identifier: MIT
internal import Figures
internal import Files
internal import Statistics

/// The tables of the sweep's page.
enum SweepTables {
  static func tuples(_ table: SweepTable) -> String {
    let methods = table.methods + table.sameDataMethods
    let head: [MarkedText] =
      ["*N*", "*d*", "*K*", "*M*_{pt}/*N*", "*M*_{pt}", "seeds", "assumption"] + methods.map { .verbatim($0) }
    let rows = table.rows.map { row -> [String] in
      let predicted = methods.map { method in
        table.prediction(method, row).map { NumberText.fixed($0, 3) } ?? ""
      }
      return ["\(row.samples)", "\(row.dimension)", "\(row.trueComponents)"] + measured(row) + predicted
    }
    return HTMLText.table(head, rows, name: "curve")
  }

  /// M_pt/N, M_pt, seeds, assumption.
  private static func measured(_ row: SweepRow) -> [String] {
    let inRange = row.values.count
    let seeds = inRange == row.halves.count ? "\(inRange)" : "\(inRange) of \(row.halves.count)"
    guard let value = row.value else { return ["not in range", "", seeds, ""] }
    let total = NumberText.fixed(value * Double(row.samples), 1)
    let limit = NumberText.fixed(row.leastComponents, 1)
    return [
      NumberText.fixed(value, 3) + interval(row), total, seeds,
      row.manyEnough == true ? "holds" : "fails: M below \(limit)",
    ]
  }

  private static func interval(_ row: SweepRow) -> String {
    func end(_ value: Double?) -> String { value.map { NumberText.fixed($0, 3) } ?? ".." }
    return " [\(end(row.interval.low)), \(end(row.interval.high))]"
  }

  static func trend(_ trend: SweepTrend) -> String {
    let rows = trend.slopes.map { slope -> [String] in
      let quantile = Student.tabulated(degreesOfFreedom: slope.degreesOfFreedom, decimals: 3)
      let range = slope.highest - slope.lowest
      return [
        slope.name, scientific(slope.value), scientific(slope.standardError),
        signed(slope.value / slope.standardError, 1),
        "\(signed(slope.value * range, 4)) \u{B1} \(NumberText.fixed(quantile * slope.standardError * range, 4))",
        "\(NumberText.significant(slope.lowest)) to \(NumberText.significant(slope.highest))",
        slope.isSignificant ? "yes" : "no",
      ]
    }
    return HTMLText.table(
      [
        "quantity", "slope per unit", "standard error", "slope / standard error",
        "change over the range (\u{B1} 95 %)", "range", "differs from zero",
      ], rows, name: "trend")
  }

  /// One sentence for the headline.
  static func sentence(_ trend: SweepTrend) -> String {
    let parts = trend.slopes.map { slope in
      "\(signed(slope.value * (slope.highest - slope.lowest), 3)) over the range of *\(slope.name)*"
        + (slope.isSignificant ? "" : " (not significant)")
    }
    return "Trend: " + parts.joined(separator: ", ") + "."
  }

  static func predictions(_ table: SweepTable) -> String {
    var rows = (table.methods + table.sameDataMethods).compactMap { method -> [String]? in
      let residuals = table.entries.compactMap { entry in
        table.prediction(method, entry.row).map { entry.value - $0 }
      }
      return residualRow(method, residuals)
    }
    if let mean = table.spread?.mean,
      let row = residualRow("mean of the measurements", table.entries.map { $0.value - mean })
    {
      rows.append(row)
    }
    return HTMLText.table(
      ["method", "tuples", "mean residual", "standard deviation", "root mean square", "largest"], rows, name: "methods")
  }

  private static func residualRow(_ name: String, _ residuals: [Double]) -> [String]? {
    guard let spread = SampleSpread(residuals) else { return nil }
    let square = residuals.map { $0 * $0 }.mean
    let interval = zip([spread.low], [spread.high]).map { low, high in
      low.flatMap { low in high.map { " [\(signed(low, 3)), \(signed($0, 3))]" } } ?? ""
    }
    return [
      name, "\(residuals.count)", signed(spread.mean, 3) + interval.joined(),
      spread.standardDeviation.map { NumberText.fixed($0, 3) } ?? "", NumberText.fixed(square.squareRoot(), 3),
      NumberText.fixed(residuals.map(abs).max() ?? 0, 3),
    ]
  }

  static func signed(_ value: Double, _ digits: Int) -> String {
    let text = NumberText.fixed(abs(value), digits)
    return (value < 0 && text.contains { "123456789".contains($0) } ? "\u{2212}" : "+") + text
  }

  static func scientific(_ value: Double) -> String { NumberText.significant(value, 3) }

  /// One row per tuple, all digits; predictions in columns of their names.
  static func csv(_ table: SweepTable) -> String {
    let names = ["dimension", "trueComponents", "samples", "half", "halfLow", "halfHigh", "seeds", "assumptionHolds"]
    let methods = table.methods + table.sameDataMethods
    var csv = CSVTable(columns: names + methods.map { $0.replacing(",", with: " ") })
    for row in table.rows {
      let numbers = [row.value, row.interval.low, row.interval.high].map { CSVValue($0) }
      csv.append(
        [.integer(row.dimension), .integer(row.trueComponents), .integer(row.samples)] + numbers
          + [.integer(row.values.count), CSVValue(row.manyEnough.map { "\($0)" })]
          + methods.map { CSVValue(table.prediction($0, row)) })
    }
    return csv.text
  }
}
