// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit
import Experiments
import Files
import Foundation
import Kernels
import Neighbors
import Pictures
import RunStore

/// The generated sets that a command names, each with its training set.
struct AuditSets {
  struct Set {
    /// Its place in a trajectory; nil for a single audit.
    let position: Double?
    /// Where data go that are not held in memory; nil where all are.
    let scratch: String?
    let spaces: () throws -> [AuditWork.Sides]
  }

  let all: [Set]
  let usualAxis: AuditTrajectory.Axis

  var isTrajectory: Bool { all.count > 1 }

  init(command: AuditCommand, scratch: TemporaryFolder) throws {
    guard command.model.isEmpty else {
      all = try command.model.map { try LaboratoryAudit(model: $0).set }
      try Self.distinct(all.compactMap(\.position), "--model")
      usualAxis = .components
      return
    }
    let data = command.data
    let isSeveral = data.generated.count > 1
    // A single set is a path as it stands.
    let generated = data.generated.map { Self.split($0, isSeveral) }
    let train = data.train.map { Self.split($0, isSeveral) }
    if isSeveral {
      try Self.distinct(generated.compactMap(\.position), "--generated")
      if train.count > 1 { try Self.distinct(train.compactMap(\.position), "--train") }
      for (position, path) in generated where position == nil {
        throw ValidationError("--generated: '\(path)' has no position; with several sets each is POSITION=PATH")
      }
      guard train.count == 1 || train.count == generated.count else {
        throw ValidationError(
          "--train: \(train.count) sets for \(generated.count) generated ones; allowed: one for all, or one for each")
      }
      guard data.trainEmbeddings == nil else {
        throw ValidationError("--train-embeddings: not with several generated sets")
      }
    } else if train.count > 1 {
      throw ValidationError("--train: \(train.count) sets for one generated set; allowed: one")
    }
    usualAxis = train.count > 1 ? .samples : .step
    // A set that several audits share is read once.
    let reader = AuditReader(data: data, scratch: scratch)
    all = try generated.map { position, path in
      let own: String
      if train.count == 1 {
        own = data.train[0]
      } else {
        guard let match = train.first(where: { $0.position == position }) else {
          throw ValidationError("--train: no set at the position of '\(path)'")
        }
        own = match.path
      }
      return Set(position: isSeveral ? position : nil, scratch: scratch.path) {
        try reader.spaces(train: own, generated: path)
      }
    }
  }

  private static func distinct(_ positions: [Double], _ option: String) throws {
    if let wrong = positions.first(where: { !$0.isFinite }) {
      throw ValidationError("\(option): the position '\(wrong)' is no place; allowed: finite numbers")
    }
    let sorted = positions.sorted()
    if let twice = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 }) {
      throw ValidationError("\(option): the position '\(twice.0)' is given twice; allowed: once")
    }
  }

  /// `500=path` as 500 and path; what has no number before `=` is a path.
  private static func split(_ text: String, _ hasPositions: Bool) -> (position: Double?, path: String) {
    guard hasPositions, let sign = text.firstIndex(of: "="), let position = Double(text[..<sign]) else {
      return (nil, text)
    }
    return (position, String(text[text.index(after: sign)...]))
  }
}
