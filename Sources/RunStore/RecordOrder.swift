// SPDX-License-Identifier: MIT
internal import Files
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Training

/// The order of runs in every table: by what a reader looks for, down to the identifier, so that it never depends on
/// the order in which runs finished.
struct RecordOrder {
  private let numbers: [Double]
  private let texts: [String]

  private init(_ record: RunRecord, configurationHash: String) {
    let configuration = record.settings.configuration
    let data = configuration.data
    numbers = [Double(data.dimension), Double(data.trueComponents), Double(data.samples), data.variance]
    // Seeds are compared as texts of equal length: doubles would merge large ones.
    texts = [
      configuration.process.rawValue, configuration.training.preset.rawValue, configuration.initialization.name,
      Self.padded(data.dataSeed), Self.padded(configuration.seed), configurationHash,
      Self.padded(UInt64(record.settings.capacity)), record.identifier,
    ]
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: 20 - digits.count) + digits
  }

  private func precedes(_ other: RecordOrder) -> Bool {
    if numbers != other.numbers { return numbers.lexicographicallyPrecedes(other.numbers) }
    return texts.lexicographicallyPrecedes(other.texts)
  }

  /// The records sorted, of equal identifiers the first.
  static func sorted(_ records: [RunRecord]) -> [RunRecord] {
    var seen: Set<String> = []
    var hashes: [Configuration: String] = [:]
    let keyed = records.filter { seen.insert($0.identifier).inserted }.map { record in
      let configuration = record.settings.configuration
      let hash = hashes[configuration] ?? configuration.identifier
      hashes[configuration] = hash
      return (order: RecordOrder(record, configurationHash: hash), record: record)
    }
    return keyed.sorted { $0.order.precedes($1.order) }.map(\.record)
  }
}
