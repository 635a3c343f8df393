// SPDX-License-Identifier: MIT
public import Files
internal import Foundation
internal import Pictures

/// Reads the datasets of audits from files. A training or held-out set that several audits share is read once.
///
/// A class because it keeps what it has read, and the folder of the files that are mapped.
public final class DatasetReader {
  private var scratch: TemporaryFolder?
  private var shared: [String: AuditDataset] = [:]

  /// `scratch`: where data go that are not held in memory; nil makes one in the system's temporary folder once files
  /// are read.
  public init(scratch: TemporaryFolder? = nil) { self.scratch = scratch }

  /// nil until files are read, unless a folder was given.
  var scratchPath: String? { scratch?.path }

  /// The pictures or points, then the embeddings if there are any.
  ///
  /// Throws `PictureError`, `NeighborError`, `StoreError`, and `AuditError` where embeddings do not belong to the data.
  public func spaces(_ files: AuditFiles) throws -> [SpaceData] {
    let scratch = try folder()
    func dataset(_ path: String, _ role: AuditRole, labels: String? = nil) throws -> AuditDataset {
      var options = role == .generated ? files.generatedPictures ?? files.pictures : files.pictures
      options.labels = labels
      guard role != .generated else {
        return try AuditDataset(reading: path, role: role, options: options, scratch: scratch)
      }
      // The same file read in another way is another dataset.
      let key = "\(role) \(options) \(path)"
      let known = try shared[key] ?? AuditDataset(reading: path, role: role, options: options, scratch: scratch)
      shared[key] = known
      return known
    }
    let train = try dataset(files.train, .train, labels: files.pictures.labels ?? Self.labels(of: files.train))
    let holdout = try files.holdout.map { try dataset($0, .holdout) }
    let first = SpaceData(
      name: train.isPictures ? "pixels" : "points", train: train,
      generated: try dataset(files.generated, .generated), holdout: holdout)
    return try [first] + (files.embeddings.map { [try embedded($0, first, scratch)] } ?? [])
  }

  private func embedded(
    _ files: AuditFiles.Embeddings, _ first: SpaceData, _ scratch: String
  ) throws -> SpaceData {
    let space = SpaceData(
      name: "embeddings", metric: files.metric,
      train: try AuditDataset(embeddings: files.train, role: .train, scratch: scratch),
      generated: try AuditDataset(embeddings: files.generated, role: .generated, scratch: scratch),
      holdout: try files.holdout.map { try AuditDataset(embeddings: $0, role: .holdout, scratch: scratch) })
    for (embedded, dataset) in zip(space.datasets, first.datasets) where embedded.count != dataset.count {
      throw AuditError(
        "\(embedded.path): \(embedded.count) embeddings for the \(dataset.count) samples of \(dataset.path); allowed: one each"
      )
    }
    return space
  }

  private func folder() throws(StoreError) -> String {
    if let scratch { return scratch.path }
    let made = try TemporaryFolder(in: NSTemporaryDirectory())
    scratch = made
    return made.path
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
