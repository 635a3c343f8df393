// SPDX-License-Identifier: MIT
public import Files
internal import Experiments
internal import Foundation
internal import Pictures

/// Which pictures the runs of a folder were made from: the SHA-256 of the source's pixels, in `pictures.sha256`.
///
/// Settings name a source by its path, and what lies there may change. Runs of two sources must not meet in one table, nor
/// samples of one be drawn beside the pictures of another.
public struct PictureSeal: Sendable {
  /// The run folder.
  public let folder: String

  /// Of a run folder that need not exist; nothing is read here.
  public init(folder: String) { self.folder = folder }

  private var run: RunFolder { RunFolder(folder) }

  /// Throws where the folder's runs were made from other pictures than those of the digest; nothing is said of folders
  /// without a seal, nor of a study without pictures.
  public func check(_ digest: String?, source: String) throws(StoreError) {
    guard let digest, let sealed = run.pictures, sealed != digest else { return }
    throw .corrupt(
      path: source, line: nil,
      problem: "its pictures differ from those used for the runs in \(folder) (pictures.sha256): "
        + "restore them, or choose another folder")
  }

  /// The same for a model, which knows its pictures; of version 0.1 only its run folder does.
  ///
  /// Throws `StoreError` for other pictures and `PictureError` where none can be read. Cost: reading the pictures.
  public static func check(_ file: ModelFile, at path: String) throws {
    guard let images = file.settings.data.images else { return }
    let digest = SHA256.hex([try images.pictures().pixels])
    guard let known = file.settings.pictures else {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
      return try PictureSeal(folder: folder).check(digest, source: images.source)
    }
    guard known == digest else {
      throw StoreError.corrupt(
        path: images.source, line: nil,
        problem: "its pictures differ from those that \(path) was trained on: restore them")
    }
  }

  /// Seals a folder that has no seal yet.
  public func set(_ digest: String?) throws(StoreError) {
    guard let digest, !Folder.exists(run.picturesPath) else { return }
    try AtomicFile.write(digest + "\n", to: run.picturesPath)
  }
}
