// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Training

/// A training step of the image model in miniature: data, a start part of the way, times and noise.
struct ColoredStepCase: CustomStringConvertible, Sendable {
  var pixels, channels, components, samples, draws: Int
  var std: Double
  var prediction = Prediction.noise
  var process = ProcessName.vp
  var logDeterminant = LogDeterminant.exact
  var templates = 3
  /// How far the model's templates and colours lie from those of the samples that start them.
  var jitter = 0.1

  var description: String {
    "P\(pixels) C\(channels) M\(components) N\(samples) S\(draws) std\(std) \(prediction) \(process) \(logDeterminant) "
      + "jitter\(jitter)"
  }

  private var key: RandomKey { RandomKey(seed: 41).child(description) }

  /// Templates of squared norm about h w / 4, as pictures have.
  var data: ColoredSamples {
    let templates = key.child("templates").normalRows(templates, pixels)
    return ColoredTemplateLaw(templates: Matrix(0.5 * templates), channels: channels)
      .sample(samples, key: key)
  }

  /// Samples in turn, each somewhat moved, templates and colours on scales of their own.
  func model(_ data: ColoredSamples) -> ColoredTemplateModel {
    let rows = (0..<components).map { $0 % samples }
    var templates = data.templates.gathering(rows.map { data.labels[$0] })
    templates = Matrix(templates + 0.5 * jitter * key.child("move").normalRows(components, pixels))
    var colors = data.colors.gathering(rows)
    colors = Matrix(colors + jitter * key.child("shade").normalRows(components, channels))
    for j in 0..<components {
      let scale = 1 + 0.3 * Double(j % 4)
      for k in 0..<pixels { templates[j, k] *= scale }
      for c in 0..<channels { colors[j, c] /= scale }
    }
    return ColoredTemplateModel(templates: templates, colorMeans: colors, std: std, logDeterminant: logDeterminant)
  }

  var table: TimeTable {
    TimeTable(grid: .paper, process: process.process, prediction: prediction, weight: .unit)
  }

  /// Every time of the grid in turn.
  var timeIndices: [Int32] { (0..<samples).map { Int32($0 % 26) } }

  var noise: [Float] {
    key.child("noise").normals(samples * draws * channels * pixels).map { Float($0) }
  }

  func kernel(
    _ data: ColoredSamples, _ options: ColoredStepKernel.Options, workers: Workers = .serial
  ) -> ColoredStepKernel {
    ColoredStepKernel(
      samples: data, components: components, logDeterminant: logDeterminant, draws: draws, table: table,
      options: options, workers: workers)
  }

  /// Loss and gradient of the double-precision twin.
  func twin() -> DenoisingLoss.Value {
    let (data, table) = (data, table)
    let noise = Matrix(rows: samples * draws, columns: channels * pixels, values: noise.map { Double($0) })
    return ColoredTemplateLoss(process: process.process, prediction: prediction).evaluate(
      model(data), clean: data.points, times: timeIndices.map { table.times[Int($0)] },
      lambdas: timeIndices.map { table.lambda[Int($0)] }, noise: noise)
  }

  /// Loss and gradient of the kernel on the same times and noise.
  func fast(_ options: ColoredStepKernel.Options) -> DenoisingLoss.Value {
    let data = data
    let kernel = kernel(data, options)
    let loss = model(data).parameters.withUnsafeBufferPointer {
      kernel.evaluate(
        parameters: $0, key: RandomKey(seed: 1), step: 0, fixed: .init(timeIndices: timeIndices, noise: noise))
    }.loss
    return .init(loss: loss, gradient: Array(kernel.gradient))
  }

  /// The gradient's three parts: templates, colour means, std.
  var parts: [(name: String, range: Range<Int>)] {
    let (a, b) = (components * pixels, components * (pixels + channels))
    return [("templates", 0..<a), ("colour means", a..<b), ("std", b..<b + 1)]
  }

  static let all = [
    ColoredStepCase(pixels: 4, channels: 1, components: 1, samples: 26, draws: 1, std: 0.5),
    ColoredStepCase(pixels: 7, channels: 2, components: 5, samples: 27, draws: 3, std: 1e-3),
    ColoredStepCase(pixels: 17, channels: 4, components: 9, samples: 26, draws: 17, std: 0.1, process: .fm),
    ColoredStepCase(pixels: 16, channels: 5, components: 3, samples: 52, draws: 2, std: -0.3, process: .ve),
    ColoredStepCase(pixels: 35, channels: 3, components: 20, samples: 52, draws: 2, std: 0.3),
    ColoredStepCase(pixels: 35, channels: 3, components: 20, samples: 52, draws: 2, std: 1, logDeterminant: .paperCode),
    ColoredStepCase(pixels: 35, channels: 3, components: 12, samples: 52, draws: 1, std: 0.4, prediction: .clean),
    ColoredStepCase(pixels: 35, channels: 3, components: 12, samples: 52, draws: 1, std: 0.4, prediction: .velocity),
    ColoredStepCase(pixels: 225, channels: 3, components: 40, samples: 52, draws: 1, std: 1e-6, jitter: 0),
    ColoredStepCase(pixels: 225, channels: 3, components: 40, samples: 52, draws: 1, std: 1e-6, jitter: 1e-4),
    ColoredStepCase(pixels: 225, channels: 3, components: 30, samples: 52, draws: 1, std: 1, jitter: 0.02),
  ]
}
