// SPDX-License-Identifier: MIT
import Files
import Experiments
import Foundation
import Pictures
import RunStore

/// Which pictures the runs of a folder were made from: the SHA-256 of the source's pixels, in `pictures.sha256`.
///
/// Settings name a source by its path, and what lies there may change. Runs of two sources must not meet in one table, nor
/// samples of one be drawn beside the pictures of another.
struct PictureSeal {
  let folder: String

  private var run: RunFolder { RunFolder(folder) }

  /// Throws where the folder's runs were made from other pictures; nothing is said of folders without a seal.
  func check(_ digest: String?, source: String) throws {
    guard let digest, let sealed = run.pictures else { return }
    guard sealed == digest else {
      throw Failure.Usage(
        description:
          "\(source): its pictures differ from those used for the runs in \(folder) (pictures.sha256): "
          + "restore them, or choose another folder")
    }
  }

  /// The same for a model, which knows its pictures; of version 0.1 only its run folder does.
  static func check(_ file: ModelFile, at path: String) throws {
    guard let images = file.settings.data.images else { return }
    let digest = SHA256.hex([try images.pictures().pixels])
    guard let known = file.settings.pictures else {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
      return try PictureSeal(folder: folder).check(digest, source: images.source)
    }
    guard known == digest else {
      throw Failure.Usage(
        description: "\(images.source): its pictures differ from those that \(path) was trained on: restore them")
    }
  }

  func set(_ digest: String?) throws {
    guard let digest, !FileManager.default.fileExists(atPath: run.picturesPath) else { return }
    try AtomicFile.write(digest + "\n", to: run.picturesPath)
  }
}
