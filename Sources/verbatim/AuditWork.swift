// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Kernels
import Neighbors
import Pictures

/// The audit of one generated set: checks, searches, metrics.
struct AuditWork {
  /// The sides in each space: first the one of the pictures or points themselves.
  let spaces: [Sides]
  let settings: AuditSettings
  let memory: Int
  let work: WorkOptions
  /// Where points go that do not fit into the memory; nil keeps them there.
  let scratch: String?
  /// Where blocks of finished searches are kept; nil for nowhere.
  let blocks: String?
  let rangesAreNamed: Bool

  struct Sides {
    let name: String
    let metric: NeighborMetric
    let train, generated: AuditSource
    let holdout: AuditSource?

    var all: [AuditSource] { [train, generated] + (holdout.map { [$0] } ?? []) }

    /// If every side has them.
    private var doubles: AuditSpace.Doubles? {
      guard let trained = train.doubles, let made = generated.doubles, holdout == nil || holdout?.doubles != nil else {
        return nil
      }
      return AuditSpace.Doubles(train: trained, generated: made, holdout: holdout?.doubles)
    }

    var space: AuditSpace {
      get throws(AuditError) {
        try AuditSpace(
          name: name, train: train.points, generated: generated.points, holdout: holdout?.points, metric: metric,
          unit: unit, picture: picture, doubles: doubles)
      }
    }

    var unit: Double { train.pictures == nil ? 1 : 255 }

    var picture: AuditSpace.PictureDimensions? {
      train.pictures.map { .init(height: $0.height, width: $0.width, channels: $0.channels) }
    }
  }

  func run() throws -> AuditResult {
    for sides in spaces { try AuditCheck.check(sides.all, rangesAreNamed: rangesAreNamed).forEach(Console.warning) }
    if let line = try AuditMemory.check(spaces.map { try $0.space }, settings, memory: memory) { Console.warning(line) }
    let each = AuditResult.settings(settings, spaces: spaces.count)
    let workers = Workers(threads: work.threadCount)
    defer { if !work.quiet { Console.clearLine() } }
    let audits = try spaces.map { sides -> SpaceAudit in
      let space = try sides.space
      let neighbors = try NeighborPasses(
        space: space, settings: each, memory: memory, workers: workers, store: store, scratch: scratch,
        progress: { pass, progress in
          guard !work.quiet else { return }
          let left = progress.secondsLeft.map { ", \(ProgressLine.clock($0)) left" } ?? ""
          let share = progress.total > 0 ? 100 * progress.done / progress.total : 100
          Console.status("\(space.name): \(pass.words), \(share) %\(left)")
        }, isCancelled: { Interruption.isRequested }
      ).run()
      if !work.quiet { Console.status("\(space.name): metrics") }
      return SpaceAudit(space, neighbors, settings: each, workers: workers)
    }
    let train = spaces[0].train.pictures
    return AuditResult(
      spaces: audits, settings: settings,
      inputs: spaces.flatMap { sides in sides.all.map { AuditInput($0, space: sides.name) } }, labels: train?.labels,
      classNames: train?.classes)
  }

  private var store: any NeighborStore {
    blocks.map { NeighborFiles(folder: $0, key: key) as any NeighborStore } ?? NoNeighborStore()
  }

  /// What finished blocks depend on: the values compared and what is asked of the searches.
  private var key: String {
    let inputs = spaces.flatMap { sides in
      [sides.name, "\(sides.metric)"]
        + sides.all.flatMap { [$0.sha256, "\($0.count) x \($0.points.dimension) \($0.points.scalar)"] }
    }
    let shapes = spaces.map { "\($0.unit) \($0.picture.map { "\($0)" } ?? "")" }
    let asked =
      ["format 3"] + shapes + [
        "\(settings.neighbors)", "\(settings.background)", "\(settings.tiles)", "\(settings.seed)",
      ]
    return AuditKey.hex(inputs + asked)
  }

  func removeBlocks() {
    if let blocks { NeighborFiles(folder: blocks, key: key).removeAll() }
  }
}
