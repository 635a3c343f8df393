// SPDX-License-Identifier: MIT
import Denoisers
import Distributions
import Experiments
import Kernels
import Reports

/// Two templates of 4 x 4 pixels, six training samples, models of one to six components: records and what lies beside
/// them, without a training.
struct PictureStudy {
  var channels = 3
  var missing: Set<String> = []
  let templates = Matrix([
    (0..<16).map { Double($0) / 15 }, (0..<16).map { $0 % 5 == 0 ? 1 : 0.25 },
  ])

  var laboratory: ImageLaboratory {
    let law = ColoredTemplateLaw(templates: templates, channels: channels)
    return ImageLaboratory(
      ColoredDataset(law: law, trainingCount: 6, heldOutCount: 2, key: RandomKey(seed: 7)),
      settings: ImageSettings(source: "toys/two_templates", height: 4, width: 4, channels: channels))
  }

  var records: [RunRecord] {
    (1...6).map { components in
      var record = SyntheticStudy(dimension: 16 * channels, trueComponents: 2, samples: 6, losses: false)
        .record(components: components, seed: 1)
      record.settings.configuration.data.images = laboratory.settings
      return record
    }
  }

  /// Near the first training sample; halfway between the second and the third; no number at all.
  var samples: Matrix {
    let train = laboratory.train
    let near = train.row(0).map { $0 + 0.001 }
    let between = zip(train.row(1), train.row(2)).map { ($0 + $1) / 2 }
    return Matrix([near, between, Array(repeating: Double.nan, count: train.columns)])
  }

  func model(_ run: String) -> ColoredTemplateModel {
    let components = Int(run.split(separator: "-").last ?? "") ?? 1
    let signs = (0..<components).map { Double(1 - 2 * ($0 % 2)) }
    return ColoredTemplateModel(
      templates: Matrix(signs.map { sign in templates.row(0).map { 5 * sign * $0 } }),
      colorMeans: Matrix(rows: components, columns: channels), std: -0.25)
  }

  var pictures: PictureSheets {
    PictureSheets(
      laboratory: { _ in missing.contains("data") ? nil : laboratory },
      model: { missing.contains("models") ? nil : model($0) },
      samples: { missing.contains("samples") ? nil : missing.contains($0) ? nil : samples })
  }
}
