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
        guard let (folder, run) = try RunFolder.run(of: file, at: model) else {
          throw Failure.Usage(
            description:
              "--model: '\(model)' lies in no run folder with samples of it; allowed: FOLDER/models/*.safetensors")
        }
        let samples = folder.samplesPath(run.identifier)
        let drawn = try NPYFile.read(samples)
        try PictureSeal.check(file, at: model)
        let laboratory = try run.settings.configuration.data.laboratory()
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
