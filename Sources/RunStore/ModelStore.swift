// SPDX-License-Identifier: MIT
internal import Experiments
internal import Files
internal import Foundation

/// Trained models by their own identity: those of a run folder, and of a folder that several run folders share.
///
/// A model of the shared folder gets a second name in the run folder (a hard link, or a copy where the file system has
/// none), so that a run folder is whole by itself. A file that cannot be read or is of other settings counts as absent:
/// its model is trained again.
struct ModelStore {
  /// `models` of the run folder.
  let own: String
  let shared: String?
  let families: ModelFamilies

  private func path(_ folder: String, _ settings: ModelSettings) -> String {
    "\(folder)/\(settings.identifier).safetensors"
  }

  func training(_ settings: ModelSettings) throws(StoreError) -> FinishedTraining? {
    let own = path(own, settings)
    if let found = read(own, settings) { return found }
    guard let shared, let found = read(path(shared, settings), settings) else { return nil }
    try Self.name(path(shared, settings), own)
    return found
  }

  func keep(_ training: FinishedTraining, of settings: ModelSettings) throws {
    let own = path(own, settings)
    try AtomicFile.replace(ModelFile.safetensors(training, settings, families).bytes, at: own)
    if let shared { try Self.name(own, path(shared, settings)) }
  }

  private func read(_ path: String, _ settings: ModelSettings) -> FinishedTraining? {
    guard Folder.exists(path), let (training, found) = try? ModelFile.training(reading: path, families),
      found == settings
    else {
      return nil
    }
    return training
  }

  /// A second name for a file; what stands there was of no use.
  private static func name(_ source: String, _ path: String) throws(StoreError) {
    unlink(path)
    if link(source, path) == 0 || errno == EEXIST { return }
    try AtomicFile.replace(try OpenFile.read(source), at: path)
  }
}
