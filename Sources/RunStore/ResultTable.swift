// SPDX-License-Identifier: MIT
internal import Files
internal import Experiments
internal import Memorization
internal import Statistics

/// `results.csv`: one row per run, no times.
enum ResultTable {
  /// psi of the paper's Fig. 2: t = 0.36 of the variance-preserving process.
  static let signalToNoise = 6.704

  private static let columns =
    ConfigurationColumns.run + [
      "outcome", "ratio", "low", "high", "trials", "null", "nullLow", "nullHigh", "nullTrials", "learnedStd",
      "finalLoss", "trainLoss", "trainLossLow", "trainLossHigh", "testLoss", "testLossLow", "testLossHigh",
      "meanToSample", "meanToSampleP10", "meanToSampleP50", "meanToSampleP90", "meanToTrueMean", "meanToTrueMeanP10",
      "meanToTrueMeanP50", "meanToTrueMeanP90", "clippedShare",
    ] + ConfigurationColumns.details + ["family", "model", "capacity", "capacityAxis"] + ConfigurationColumns.later

  /// `pictures`: the SHA-256 of the source of templates; the last columns say which model a run measured, and name its file.
  static func make(_ records: [RunRecord], pictures: String?) -> CSVTable {
    var table = CSVTable(columns: columns)
    for record in records {
      func cells(_ names: [String]) -> [CSVValue] {
        ConfigurationColumns.cells(names, record.settings.configuration, record)
      }
      table.append(
        cells(ConfigurationColumns.run) + [outcome(record)] + measured(record.measurements)
          + cells(ConfigurationColumns.details) + model(ModelSettings(record.settings, pictures: pictures))
          + cells(ConfigurationColumns.later))
    }
    return table
  }

  private static func model(_ settings: ModelSettings) -> [CSVValue] {
    [
      .text(settings.familyName), .text(settings.identifier), .integer(settings.capacity),
      .text(settings.capacityAxis.rawValue),
    ]
  }

  private static func outcome(_ record: RunRecord) -> CSVValue {
    switch record.outcome {
    case .finished: "finished"
    case .diverged: "diverged"
    }
  }

  private static func measured(_ measurements: Measurements?) -> [CSVValue] {
    let (ratio, null) = (measurements?.ratio, measurements?.null)
    func loss(_ split: LossByTime.Split) -> Estimate? {
      measurements?.losses.first { $0.subject == .trained && $0.split == split }?.nearest(signalToNoise: signalToNoise)
    }
    let values: [CSVValue] = [
      CSVValue(ratio?.value), CSVValue(ratio?.low), CSVValue(ratio?.high), CSVValue(ratio?.trials),
      CSVValue(null?.value), CSVValue(null?.low), CSVValue(null?.high), CSVValue(null?.trials),
      CSVValue(measurements?.learnedStd), CSVValue(measurements?.finalLoss),
    ]
    return values + interval(loss(.train)) + interval(loss(.test)) + quantiles(measurements?.meanToSample)
      + quantiles(measurements?.meanToTrueMean) + [CSVValue(measurements?.clippedShare)]
  }

  private static func interval(_ estimate: Estimate?) -> [CSVValue] {
    [CSVValue(estimate?.value), CSVValue(estimate?.low), CSVValue(estimate?.high)]
  }

  private static func quantiles(_ quantiles: Quantiles?) -> [CSVValue] {
    [CSVValue(quantiles?.mean), CSVValue(quantiles?.p10), CSVValue(quantiles?.p50), CSVValue(quantiles?.p90)]
  }
}
