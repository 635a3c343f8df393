// SPDX-License-Identifier: MIT
public import Audit
public import Experiments
internal import Files
internal import Foundation
internal import RunStore

/// A model of a run folder as the data of an audit: what it was trained on, what was drawn from it, what it did not
/// see.
public struct LaboratoryAudit {
  /// M.
  public let components: Int
  /// Read when its turn comes: the samples of the folder, and the data of the settings.
  public let data: AuditData

  /// `model`: `RUN/models/ID.safetensors`. `check` sees the settings of its data before they are used, and throws to
  /// refuse them. Throws what `ModelFile` throws.
  public init(model: String, check: @escaping (DataSettings) throws -> Void = { _ in }) throws {
    let file = try ModelFile(reading: model)
    components = file.settings.components
    data = AuditData { _ in
      let url = URL(fileURLWithPath: model)
      let samples = url.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")
        .appendingPathComponent(url.deletingPathExtension().lastPathComponent + ".npy").path
      let drawn = try NPYFile.read(samples)
      let settings = file.settings.configuration.data
      try check(settings)
      let laboratory = try settings.laboratory()
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
