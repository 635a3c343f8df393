// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

@Suite("Training of coloured templates")
struct ColoredTrainerTests {
  private let data: ColoredSamples = {
    let key = RandomKey(seed: 51)
    return ColoredTemplateLaw(templates: key.child("templates").normalRows(2, 16)).sample(60, key: key)
  }()
  private let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)

  private var settings: TrainingSettings {
    TrainingSettings(
      preset: .quick, steps: 3000, draws: 1, prediction: .noise, weight: .unit, kernel: .auto, peakRate: 1e-2,
      finalRate: 1e-6, warmUpSteps: 150, beta1: 0.9, beta2: 0.97, epsilon: 1e-8, updateDecay: 0.1, clipNorm: 1e3)
  }

  private func start(_ components: Int) throws -> ColoredTemplateModel {
    try ColoredTemplateModel(memorizing: data, components: components, key: RandomKey(seed: 3))
  }

  private func train(
    _ components: Int, steps: Int, threads: Int = 1, kernel: KernelChoice = .auto
  ) throws -> TrainingResult<ColoredTemplateModel> {
    var settings = settings
    settings.kernel = kernel
    settings.steps = steps
    settings.warmUpSteps = steps / 20
    return try Trainer(settings: settings, table: table).train(
      start(components), on: data, key: RandomKey(seed: 4), workers: Workers(threads: threads))
  }

  @Test("equal keys give equal bits on one and two threads", arguments: [KernelChoice.dense, .pruned])
  func reproducible(kernel: KernelChoice) throws {
    let one = try train(20, steps: 300, threads: 1, kernel: kernel)
    let two = try train(20, steps: 300, threads: 2, kernel: kernel)
    #expect(one.model == two.model)
    #expect(one.lossTrace == two.lossTrace)
  }

  @Test("screening leaves a short training where it was")
  func screening() throws {
    let (dense, pruned) = (try train(30, steps: 60, kernel: .dense), try train(30, steps: 60, kernel: .pruned))
    #expect(relativeError(pruned.model.parameters, dense.model.parameters) < 1e-5)
    #expect(pruned.counts.activeComponents < dense.counts.activeComponents / 2)
  }

  /// The direction of a template decides the loss at small t and is found at once; the variance along it, which starts
  /// at 1e-11, matters at large t alone and is still on its way after so few steps.
  @Test("two components find the two templates and the size of the colours' spread")
  func learns() throws {
    let trained = try train(2, steps: 3000)
    #expect(trained.divergedAt == nil)
    #expect(trained.lossTrace.last! < trained.lossTrace.first! / 10)
    // What a component knows is its direction and s |T|^2: the scale of a template is no part of the model.
    for k in 0..<2 {
      let truth = data.templates.row(k)
      let fits = (0..<2).map { j -> (cosine: Double, variance: Double) in
        let template = trained.model.templates.row(j)
        let (inner, own) = (dot(template, truth), dot(template, template))
        return (abs(inner) / (own * dot(truth, truth)).squareRoot(), trained.model.std * trained.model.std * own)
      }
      let best = fits.max { $0.cosine < $1.cosine }!
      #expect(best.cosine > 1 - 1e-6, "template \(k): \(fits)")
      let members = data.labels.indices.filter { data.labels[$0] == k }
      let sample =
        members.map { dot(data.colors.row($0), data.colors.row($0)) }.reduce(0, +) / Double(3 * members.count)
      let ratio = best.variance / (sample * dot(truth, truth))
      #expect(ratio > 0.5 && ratio < 2, "variance along template \(k): \(ratio) of the truth")
    }
  }

  private func dot(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("numbers that are not finite end the training with its step")
  func divergenceIsAnOutcome() throws {
    var start = try start(4)
    start.templates[1, 0] = .infinity
    let trained = try Trainer(settings: settings, table: table).train(start, on: data, key: RandomKey(seed: 4))
    #expect(trained.divergedAt == 0)
  }

  @Test("starts of growing M are nested, at distinct samples, and starts that the data forbid are refused")
  func initializations() throws {
    let (small, large) = (try start(5), try start(60))
    #expect(Array(large.templates.values.prefix(80)) == small.templates.values)
    #expect(Array(large.colorMeans.values.prefix(15)) == small.colorMeans.values)
    #expect(Set((0..<60).map { Array(large.colorMeans.row($0)) }).count == 60)
    #expect(small.std == 1e-6)
    let subset = MixtureModel.memorizedSubset(components: 5, of: 60, key: RandomKey(seed: 3))
    #expect(small.templates.painted(small.colorMeans) == data.points.gathering(subset))
    #expect(throws: InitializationError.moreComponentsThanSamples(components: 61, samples: 60)) { try start(61) }
  }

  @Test("parameters are templates, colour means and std, and come back")
  func parameters() throws {
    var model = try start(3)
    var parameters = model.parameters
    #expect(
      parameters.count == 3 * 16 + 3 * 3 + 1 && parameters[57] == 1e-6 && parameters[48] == model.colorMeans[0, 0])
    parameters[17] = 7
    parameters[49] = -2
    model.parameters = parameters
    #expect(model.templates[1, 1] == 7 && model.colorMeans[0, 1] == -2 && model.parameters == parameters)
  }
}
