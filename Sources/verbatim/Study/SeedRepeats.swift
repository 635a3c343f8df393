// SPDX-License-Identifier: MIT
import Experiments
import Foundation

/// The studies behind `--seeds n`: one over n data seeds at the base seed, one over n training seeds at the base
/// data seed. Both contain the base configuration, which is trained once when nothing is kept.
struct SeedRepeats {
  let studies: [(study: Study, folder: String?)]
  /// A folder of models shared with other run folders.
  let models: String?

  /// `settings` describe one configuration; with one seed there is one study and `out` is its folder.
  init(name: String, settings: StudySettings, seeds: Int, out: String?, models: String?) throws {
    self.models = models
    let base = try Study.one(name: name, settings: settings)
    let configuration = base.configurations[0]
    guard seeds > 1 else {
      studies = [(base, out)]
      return
    }
    let (seed, dataSeed) = (configuration.seed, configuration.data.dataSeed)
    var (data, training) = (settings, settings)
    (data.seed, data.dataSeed) = ([seed], (0..<UInt64(seeds)).map { dataSeed &+ $0 })
    (training.seed, training.dataSeed) = ((0..<UInt64(seeds)).map { seed &+ $0 }, [dataSeed])
    studies = [
      (try Study(data, name: "\(name)-data-seeds"), out.map { "\($0)/data-seeds" }),
      (try Study(training, name: "\(name)-training-seeds"), out.map { "\($0)/training-seeds" }),
    ]
  }

  /// The configuration that the command describes.
  var base: Configuration { studies[0].study.configurations[0] }

  /// All records, the base configuration's once.
  func run(_ work: WorkOptions) throws -> [RunRecord] {
    studies[0].study.warnings.forEach(Console.warning)
    var records: [RunRecord] = []
    for (study, folder) in studies {
      let known = Set(records.map(\.identifier))
      let made = try StudyWork(study: study, folder: folder, work: work, models: models, known: records).run().records
      records += made.filter { !known.contains($0.identifier) }
    }
    return records
  }
}

extension Study {
  /// A study of one configuration, as an option list describes it; a list of values is refused.
  static func one(name: String, settings: StudySettings) throws -> Study {
    let study = try Study(settings, name: name)
    guard study.configurations.count == 1 else {
      throw Failure.Usage(
        description: "command line: the options describe \(study.configurations.count) configurations; "
          + "allowed: one value each (a study file sweeps: verbatim run)")
    }
    return study
  }
}
