// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit
import Experiments
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
    let spaces: () throws -> [AuditWork.Sides]
  }

  let all: [Set]
  let usualAxis: AuditTrajectory.Axis

  var isTrajectory: Bool { all.count > 1 }

  init(command: AuditCommand) throws {
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
    let reader = AuditReader(data: data, scratch: try AuditScratch(beside: command.out))
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
      return Set(position: isSeveral ? position : nil) {
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

/// Reads the sides of an audit from files.
final class AuditReader {
  private let data: AuditDataOptions
  private let scratch: AuditScratch
  private var trains: [String: AuditSource] = [:]
  private var holdout: AuditSource?

  init(data: AuditDataOptions, scratch: AuditScratch) { (self.data, self.scratch) = (data, scratch) }

  func spaces(train: String, generated: String) throws -> [AuditWork.Sides] {
    if trains[train] == nil {
      trains[train] = try source(train, "train", labels: data.trainLabels ?? Self.labels(of: train))
    }
    if holdout == nil, let path = data.holdout { holdout = try source(path, "holdout") }
    guard let trained = trains[train] else { return [] }
    let made = try source(generated, "generated")
    let first = AuditWork.Sides(
      name: trained.isPictures ? "pixels" : "points", metric: .euclidean, train: trained, generated: made,
      holdout: holdout)
    return try [first] + embeddings(first)
  }

  private func source(_ path: String, _ role: String, labels: String? = nil) throws -> AuditSource {
    var options = try data.pictureOptions(generated: role == "generated")
    options.labels = labels
    return try AuditSource(reading: path, role: role, options: options, scratch: scratch.path)
  }

  private func embeddings(_ first: AuditWork.Sides) throws -> [AuditWork.Sides] {
    guard let train = data.trainEmbeddings, let generated = data.generatedEmbeddings else { return [] }
    let sides = AuditWork.Sides(
      name: "embeddings", metric: data.embeddingMetric == "cosine" ? .cosine : .euclidean,
      train: try AuditSource(embeddings: train, role: "train"),
      generated: try AuditSource(embeddings: generated, role: "generated"),
      holdout: try data.holdoutEmbeddings.map { try AuditSource(embeddings: $0, role: "holdout") })
    for (embedded, source) in zip(sides.all, first.all) where embedded.count != source.count {
      throw AuditError(
        "\(embedded.path): \(embedded.count) embeddings for the \(source.count) samples of \(source.path); allowed: one each"
      )
    }
    return [sides]
  }

  /// MNIST's naming: the labels lie beside the pictures.
  private static func labels(of path: String) -> String? {
    guard path.contains("images-idx3") else { return nil }
    let file = URL(fileURLWithPath: path)
    let name = file.lastPathComponent.replacing("images-idx3", with: "labels-idx1")
    let labels = file.deletingLastPathComponent().appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: labels) ? labels : nil
  }
}

/// A model of a run folder as the data of an audit: what it was trained on, what was drawn from it, what it did not see.
struct LaboratoryAudit {
  let model: String

  var set: AuditSets.Set {
    get throws {
      let file = try ModelFile(reading: model)
      return AuditSets.Set(position: Double(file.settings.components)) {
        let url = URL(fileURLWithPath: model)
        let samples = url.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")
          .appendingPathComponent(url.deletingPathExtension().lastPathComponent + ".npy").path
        let drawn = try NPYFile.read(samples)
        let laboratory = try file.settings.configuration.data.laboratory()
        return [
          AuditWork.Sides(
            name: "points", metric: .euclidean,
            train: AuditSource(matrix: laboratory.train, role: "train", path: "training data of \(model)"),
            generated: AuditSource(matrix: drawn, role: "generated", path: samples),
            holdout: AuditSource(matrix: laboratory.heldOut, role: "holdout", path: "held-out data of \(model)"))
        ]
      }
    }
  }
}
