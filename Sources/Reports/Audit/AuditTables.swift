// SPDX-License-Identifier: MIT
internal import Files
internal import Audit

/// An audit as tidy tables: one row per metric, per sample, per recited item, per duplicate, per class.
struct AuditTables {
  private let result: AuditResult
  /// How rows of G and of T are called.
  private let generatedName, trainName: (Int) -> String

  init(
    _ result: AuditResult, generatedName: @escaping (Int) -> String, trainName: @escaping (Int) -> String
  ) {
    (self.result, self.generatedName, self.trainName) = (result, generatedName, trainName)
  }

  /// File name and table.
  var all: [(name: String, table: CSVTable)] {
    [
      ("metrics.csv", metrics), ("samples.csv", samples), ("recited.csv", recited), ("duplicates.csv", duplicates),
    ] + (result.classes.isEmpty ? [] : [("classes.csv", classes)])
  }

  /// A name that no spreadsheet takes for a formula.
  private static func cell(_ name: String) -> String {
    guard let first = name.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) else { return name }
    return "'" + name
  }

  private var metrics: CSVTable {
    var table = CSVTable(columns: [
      "metric", "space", "value", "low", "high", "n", "null", "nullLow", "nullHigh", "nullN", "nullKind", "excess",
      "excessLow", "excessHigh", "pValue", "limitPValue", "confidence", "note",
    ])
    for metric in result.spaces.flatMap(\.metrics) {
      table.append([
        .text(metric.name), .text(metric.space), .number(metric.value), CSVValue(metric.low), CSVValue(metric.high),
        .integer(metric.n), CSVValue(metric.null), CSVValue(metric.nullLow), CSVValue(metric.nullHigh),
        CSVValue(metric.nullN), CSVValue(metric.nullKind), CSVValue(metric.excess), CSVValue(metric.excessLow),
        CSVValue(metric.excessHigh), CSVValue(metric.pValue), CSVValue(metric.limitPValue), .number(metric.confidence),
        .text(metric.note),
      ])
    }
    return table
  }

  private var samples: CSVTable {
    var table = CSVTable(columns: [
      "space", "sample", "sampleName", "nearest", "nearestName", "second", "d1", "d2", "copies", "nextDistance",
      "ratio",
      "memorized", "memorizedAware", "carlini", "tiledNearest", "tiled", "eidetic", "authentic",
    ])
    for space in result.spaces {
      for sample in space.samples {
        table.append([
          .text(space.name), .integer(sample.index), .text(Self.cell(generatedName(sample.index))),
          .integer(sample.nearest),
          .text(Self.cell(trainName(sample.nearest))), .integer(sample.second), .number(sample.d1), .number(sample.d2),
          .integer(sample.gap.copies), .number(sample.gap.next), .number(sample.ratio),
          .integer(sample.isMemorized ? 1 : 0),
          .integer(sample.isCopy ? 1 : 0), .number(sample.carlini), CSVValue(sample.tiledNearest),
          CSVValue(sample.tiled), CSVValue(sample.eidetic), .integer(sample.isAuthentic ? 1 : 0),
        ])
      }
    }
    return table
  }

  /// For deletion or licensing: what was recited, how often, by which samples.
  private var recited: CSVTable {
    var table = CSVTable(columns: ["space", "train", "trainName", "count", "smallestDistance", "samples"])
    for space in result.spaces {
      for item in space.recited {
        table.append([
          .text(space.name), .integer(item.train), .text(Self.cell(trainName(item.train))),
          .integer(item.samples.count),
          .number(item.smallestDistance), .text(item.samples.map(String.init).joined(separator: " ")),
        ])
      }
    }
    return table
  }

  private var duplicates: CSVTable {
    var table = CSVTable(columns: ["space", "cluster", "size", "train", "trainName", "smallestDistance"])
    for space in result.spaces {
      for (index, cluster) in space.duplicates.enumerated() {
        for member in cluster.members {
          table.append([
            .text(space.name), .integer(index), .integer(cluster.members.count), .integer(member),
            .text(Self.cell(trainName(member))), .number(cluster.smallestDistance),
          ])
        }
      }
    }
    return table
  }

  private var classes: CSVTable {
    var table = CSVTable(columns: [
      "space", "class", "items", "recitedItems", "samples", "memorized", "ratio", "low", "high",
    ])
    for risk in result.classes {
      table.append([
        .text(risk.space), .text(Self.cell(risk.name)), .integer(risk.items), .integer(risk.recitedItems),
        .integer(risk.samples),
        .integer(risk.memorized), CSVValue(risk.ratio), CSVValue(risk.low), CSVValue(risk.high),
      ])
    }
    return table
  }
}
