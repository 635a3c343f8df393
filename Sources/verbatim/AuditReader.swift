// SPDX-License-Identifier: MIT
import Audit
import Files
import Foundation
import Pictures
import Neighbors

/// Reads the sides of an audit from files.
final class AuditReader {
  private let data: AuditDataOptions
  private let scratch: TemporaryFolder
  private var trains: [String: AuditSource] = [:]
  private var holdout: AuditSource?

  init(data: AuditDataOptions, scratch: TemporaryFolder) { (self.data, self.scratch) = (data, scratch) }

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
      name: "embeddings", metric: data.embeddingMetric ?? "cosine" == "cosine" ? .cosine : .euclidean,
      train: try AuditSource(embeddings: train, role: "train", scratch: scratch.path),
      generated: try AuditSource(embeddings: generated, role: "generated", scratch: scratch.path),
      holdout: try data.holdoutEmbeddings.map {
        try AuditSource(embeddings: $0, role: "holdout", scratch: scratch.path)
      })
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
