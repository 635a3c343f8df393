// SPDX-License-Identifier: MIT
public import Audit
internal import Experiments
public import Files
internal import Foundation
internal import RunStore

/// A model of a run folder as the data of an audit: what it was trained on, what was drawn from it, what it did not
/// see.
public struct LaboratoryAudit {
  /// M.
  public let components: Int
  /// Read when its turn comes: the samples of the folder, and the data of the settings.
  public let data: AuditData

  /// `model`: `RUN/models/ID.safetensors`; the samples are those of the folder's first run that measured it. Throws
  /// what `ModelFile` throws; reading throws `AuditError` where the folder has no samples of the model, and
  /// `StoreError` where its pictures are no longer those that it was trained on.
  public init(model: String) throws(StoreError) {
    let file = try ModelFile(reading: model)
    components = file.settings.capacity
    data = AuditData { _ in
      guard let (folder, run) = try RunFolder.run(of: file, at: model) else {
        throw AuditError(
          "\(model): the folder of this model has no samples of it; allowed: a model in FOLDER/models of a run folder")
      }
      let samples = folder.samplesPath(run.identifier)
      let drawn = try NPYFile.read(samples)
      try PictureSeal.check(file, at: model)
      let laboratory = try run.settings.configuration.data.laboratory()
      return [
        SpaceData(
          name: "points",
          train: try AuditDataset(matrix: laboratory.train, role: .train, path: "training data of \(model)"),
          generated: try AuditDataset(matrix: drawn, role: .generated, path: samples),
          holdout: try AuditDataset(matrix: laboratory.heldOut, role: .holdout, path: "held-out data of \(model)"))
      ]
    }
  }
}
