// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Testing

/// A coloured case of the golden losses.
struct ColoredGoldenItem {
  let golden: GoldenCase
  let process: any DiffusionProcess
  let prediction: Prediction
  /// (n, C h w) and (n draws, C h w).
  let clean, noise: Matrix
  let times: [Double]
  let model: ColoredTemplateModel

  static func all(_ logDeterminant: LogDeterminant) throws -> [ColoredGoldenItem] {
    let items = try Golden.cases("loss_grad").filter { $0.name.hasPrefix("colored_") }
    try #require(!items.isEmpty)
    return try items.map { try ColoredGoldenItem($0, logDeterminant) }
  }

  init(_ golden: GoldenCase, _ logDeterminant: LogDeterminant) throws {
    self.golden = golden
    process = try golden.process()
    prediction = try #require(Prediction(rawValue: Golden.prediction(golden.text("inputs", "vector_field_type"))))
    clean = try golden.matrix("inputs", "x0")
    times = try golden.vector("inputs", "t")
    let noise = try golden.vector("inputs", "eps")
    self.noise = Matrix(rows: noise.count / clean.columns, columns: clean.columns, values: noise)
    model = ColoredTemplateModel(
      templates: try golden.matrix("inputs", "templates"), colorMeans: try golden.matrix("inputs", "color_means"),
      std: try golden.number("inputs", "color_std"), logDeterminant: logDeterminant)
  }

  /// Name, actual and expected values of the four outputs.
  func outputs(
    _ value: DenoisingLoss.Value, _ source: String
  ) throws -> [(name: String, actual: [Double], expected: [Double])] {
    let (pixels, colors) = (model.templates.values.count, model.colorMeans.values.count)
    let gradient = value.gradient
    return [
      ("loss", [value.loss], [try golden.number(source, "loss")]),
      ("grad_templates", Array(gradient[..<pixels]), try golden.vector(source, "grad_templates")),
      ("grad_color_means", Array(gradient[pixels..<pixels + colors]), try golden.vector(source, "grad_color_means")),
      ("grad_color_std", [gradient[pixels + colors]], [try golden.number(source, "grad_color_std")]),
    ]
  }

  /// The images as a colour times a template each; nil where they are not, within 1e-6.
  var factored: ColoredSamples? {
    let (channels, pixels) = (model.channelCount, model.pixelCount)
    var (templates, colors) = ([[Double]](), [[Double]]())
    for row in 0..<clean.rows {
      let image = Array(clean.row(row))
      let parts = (0..<channels).map { Array(image[$0 * pixels..<($0 + 1) * pixels]) }
      let template = parts.max { dot($0, $0) < dot($1, $1) } ?? []
      let color = parts.map { dot($0, template) / dot(template, template) }
      let rebuilt = color.flatMap { c in template.map { c * $0 } }
      if RelativeError.of(rebuilt, image) > 1e-6 { return nil }
      templates.append(template)
      colors.append(color)
    }
    return ColoredSamples(
      templates: Matrix(templates), labels: Array(0..<clean.rows), colors: Matrix(colors))
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
