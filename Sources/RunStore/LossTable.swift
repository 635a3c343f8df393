// SPDX-License-Identifier: MIT
internal import Files
internal import Experiments
internal import Memorization
internal import Statistics

/// `losses.csv`: one row per run, denoiser, split and time.
enum LossTable {
  private static let start = ["run", "dimension", "trueComponents", "samples", "components", "dataSeed", "seed"]
  private static let end = ConfigurationColumns.law + ConfigurationColumns.details + ConfigurationColumns.later
  private static let columns =
    start + ["denoiser", "split", "time", "psi", "loss", "low", "high", "trials"] + end

  static func make(_ records: [RunRecord]) -> CSVTable {
    var table = CSVTable(columns: columns)
    for record in records {
      let configuration = record.settings.configuration
      let front = ConfigurationColumns.cells(start, configuration, record)
      let back = ConfigurationColumns.cells(end, configuration)
      for losses in sorted(record.measurements?.losses ?? []) {
        for row in rows(losses) { table.append(front + row + back) }
      }
    }
    return table
  }

  /// Denoisers in the order of their declaration, train before test.
  private static func sorted(_ losses: [LossByTime]) -> [LossByTime] {
    LossByTime.Subject.allCases.flatMap { subject in
      LossByTime.Split.allCases.flatMap { split in
        losses.filter { $0.subject == subject && $0.split == split }
      }
    }
  }

  private static func rows(_ losses: LossByTime) -> [[CSVValue]] {
    losses.times.indices.map { index in
      let loss = losses.losses[index]
      return [
        .text(losses.subject.rawValue), .text(losses.split.rawValue), .number(losses.times[index]),
        .number(losses.signalToNoise[index]), .number(loss.value), .number(loss.low), .number(loss.high),
        .integer(loss.trials),
      ]
    }
  }
}
