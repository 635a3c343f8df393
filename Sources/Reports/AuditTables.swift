// SPDX-License-Identifier: MIT
public import Audit
public import RunStore

/// An audit as tidy tables: one row per metric, per sample, per recited item, per duplicate, per class.
public struct AuditTables {
  private let result: AuditResult
  /// How rows of G and of T are called.
  private let generatedName, trainName: (Int) -> String

  public init(
    _ result: AuditResult, generatedName: @escaping (Int) -> String, trainName: @escaping (Int) -> String
  ) {
    (self.result, self.generatedName, self.trainName) = (result, generatedName, trainName)
  }

  /// File name and table.
  public var all: [(name: String, table: CSVTable)] {
    [
      ("metrics.csv", metrics), ("samples.csv", samples), ("recited.csv", recited), ("duplicates.csv", duplicates),
    ] + (result.classes.isEmpty ? [] : [("classes.csv", classes)])
  }

  private var metrics: CSVTable {
    var table = CSVTable(columns: [
      "metric", "space", "value", "low", "high", "n", "null", "nullLow", "nullHigh", "nullN", "nullKind", "excess",
      "excessLow", "excessHigh", "pValue", "note",
    ])
    for metric in result.spaces.flatMap(\.metrics) {
      table.append([
        .text(metric.name), .text(metric.space), .number(metric.value), CSVValue(metric.low), CSVValue(metric.high),
        .integer(metric.n), CSVValue(metric.null), CSVValue(metric.nullLow), CSVValue(metric.nullHigh),
        CSVValue(metric.nullN), CSVValue(metric.nullKind), CSVValue(metric.excess), CSVValue(metric.excessLow),
        CSVValue(metric.excessHigh), CSVValue(metric.pValue), .text(metric.note),
      ])
    }
    return table
  }

  private var samples: CSVTable {
    var table = CSVTable(columns: [
      "space", "sample", "sampleName", "nearest", "nearestName", "second", "d1", "d2", "distinctD2", "ratio",
      "memorized", "memorizedAware", "carlini", "tiledNearest", "tiled", "eidetic", "authentic",
    ])
    for space in result.spaces {
      for sample in space.samples {
        table.append([
          .text(space.space), .integer(sample.index), .text(generatedName(sample.index)), .integer(sample.nearest),
          .text(trainName(sample.nearest)), .integer(sample.second), .number(sample.d1), .number(sample.d2),
          .number(sample.distinctD2), .number(sample.ratio), .integer(sample.isMemorized ? 1 : 0),
          .integer(sample.isMemorizedAware ? 1 : 0), .number(sample.carlini), CSVValue(sample.tiledNearest),
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
          .text(space.space), .integer(item.train), .text(trainName(item.train)), .integer(item.samples.count),
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
            .text(space.space), .integer(index), .integer(cluster.members.count), .integer(member),
            .text(trainName(member)), .number(cluster.smallestDistance),
          ])
        }
      }
    }
    return table
  }

  private var classes: CSVTable {
    var table = CSVTable(columns: ["class", "items", "recitedItems", "samples", "memorized", "ratio", "low", "high"])
    for risk in result.classes {
      table.append([
        .text(risk.name), .integer(risk.items), .integer(risk.recitedItems), .integer(risk.samples),
        .integer(risk.memorized), CSVValue(risk.ratio), CSVValue(risk.low), CSVValue(risk.high),
      ])
    }
    return table
  }
}
