// SPDX-License-Identifier: MIT
import Experiments
import Foundation

/// The studies behind `--seeds n`: one over n data seeds at the base seed, one over n training seeds at the base
/// data seed. Both contain the base configuration, which is trained once when nothing is kept.
struct SeedRepeats {
  let studies: [(study: Study, folder: String?)]

  /// `settings` describe one configuration; with one seed there is one study and `out` is its folder.
  init(name: String, settings: [String], seeds: Int, out: String?) throws {
    let base = try Study(name: name, settings: settings)
    let configuration = base.configurations[0]
    guard seeds > 1 else {
      studies = [(base, out)]
      return
    }
    let data = (0..<UInt64(seeds)).map { configuration.data.dataSeed &+ $0 }
    let training = (0..<UInt64(seeds)).map { configuration.seed &+ $0 }
    studies = [
      (
        try Study(name: "\(name)-data-seeds", settings: settings + ["dataSeed=\(data)"]),
        out.map { "\($0)/data-seeds" }
      ),
      (
        try Study(
          name: "\(name)-training-seeds",
          settings: settings + ["seed=\(training)", "dataSeed=\(configuration.data.dataSeed)"]),
        out.map { "\($0)/training-seeds" }
      ),
    ]
  }

  /// The configuration that the command describes.
  var base: Configuration { studies[0].study.configurations[0] }

  /// All records, the base configuration's once.
  func run(_ work: WorkOptions) throws -> [RunRecord] {
    studies[0].study.warnings.forEach(Console.warning)
    Interruption.install()
    var records: [RunRecord] = []
    for (study, folder) in studies {
      let known = Set(records.map(\.identifier))
      let made = try StudyWork(study: study, folder: folder, work: work, known: records).run().records
      records += made.filter { !known.contains($0.identifier) }
    }
    return records
  }
}
