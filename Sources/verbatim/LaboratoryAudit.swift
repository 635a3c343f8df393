// SPDX-License-Identifier: MIT
import Files
import Audit
import Experiments
import Foundation
import Kernels
import RunStore
import Neighbors

/// A model of a run folder as the data of an audit: what it was trained on, what was drawn from it, what it did not see.
struct LaboratoryAudit {
  let model: String

  var set: AuditSets.Set {
    get throws {
      let file = try ModelFile(reading: model)
      return AuditSets.Set(position: Double(file.settings.components), scratch: nil) {
        let url = URL(fileURLWithPath: model)
        let samples = url.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")
          .appendingPathComponent(url.deletingPathExtension().lastPathComponent + ".npy").path
        let drawn = try NPYFile.read(samples)
        try PictureSeal.check(model: model, file.settings.configuration.data)
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
