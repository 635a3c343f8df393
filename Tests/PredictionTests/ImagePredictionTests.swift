// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Experiments
import HardEM
import Kernels
import Memorization
import Pictures
import Prediction
import Statistics
import Testing
import Theory
import Training

/// Hard EM and the losses carried over to coloured templates.
@Suite struct ImagePredictionTests {
  private let workers = Workers(threads: 2)

  /// Pictures of 6 x 6 whose templates are uniform random pixels, each template on pixels of its own.
  private func dataset(_ templates: Int, _ count: Int, seed: UInt64) -> ColoredDataset {
    let key = RandomKey(seed: seed)
    var pixels = Matrix(rows: templates, columns: 36, values: key.child("pixels").uniforms(36 * templates))
    for row in 0..<templates {
      for pixel in 0..<36 where pixel % templates != row { pixels[row, pixel] = 0 }
    }
    return ColoredDataset(
      law: ColoredTemplateLaw(templates: pixels, channels: 3), trainingCount: count, heldOutCount: 50, key: key)
  }

  private func method(_ dataset: ColoredDataset) throws -> ImageHardEM {
    let settings = ImageSettings(height: 6, width: 6)
    var configuration = try laboratory(108, dataset.law.componentCount, dataset.trainingCount)
    configuration.data.images = settings
    return ImageHardEM(
      laboratory: ImageLaboratory(dataset, settings: settings), configuration: configuration, evaluationSamples: 500,
      workers: workers)
  }

  @Test func `it is k-means on the colours of each template apart`() throws {
    let (data, startKey) = (dataset(3, 60, seed: 1), RandomKey(seed: 5).child("start"))
    let model = try method(data).model(components: 40, startKey: startKey)
    let order = MixtureModel.memorizedSubset(components: 60, of: 60, key: startKey)
    var sum = 0.0
    for template in 0..<3 {
      let members = (0..<60).filter { data.train.labels[$0] == template }
      let starts = order.prefix(40).compactMap { members.firstIndex(of: $0) }
      let fit = HardEM.fit(samples: data.train.colors.gathering(members), components: starts.count, subset: starts)
      sum += fit.std * fit.std * Double(members.count * 3)
      for row in 0..<fit.means.rows {
        let found = (0..<40).contains { index in
          zip(model.colorMeans.row(index), fit.means.row(row)).allSatisfy { abs($0 - $1) < 1e-9 }
        }
        #expect(found, "colour mean \(row) of template \(template)")
      }
    }
    #expect(abs(model.std - (sum / 180).squareRoot()) < 1e-9)
  }

  @Test func `samples in the span of their templates are as far apart as the pictures`() {
    let templates = Matrix(rows: 3, columns: 36, values: RandomKey(seed: 8).child("pixels").uniforms(108))
    // The fourth template lies in the span of two others.
    let fourth = zip(templates.row(0), templates.row(2)).map { 0.3 * $0 - $1 }
    let law = ColoredTemplateLaw(
      templates: Matrix(rows: 4, columns: 36, values: templates.values + fourth), channels: 3)
    let samples = law.sample(30, key: RandomKey(seed: 9))
    let spanned = samples.inSpan
    #expect(spanned.pixelCount == 3 && spanned.colors == samples.colors && spanned.labels == samples.labels)
    let (pictures, points) = (samples.points, spanned.points)
    for i in 0..<30 {
      for j in 0..<i {
        let a = zip(pictures.row(i), pictures.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let b = zip(points.row(i), points.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(abs(a - b) <= 1e-12 * a + 1e-12, "\(i), \(j): \(a), \(b)")
      }
    }
  }

  @Test func `the sampler in the span memorizes as it does in pixels`() throws {
    let data = dataset(3, 60, seed: 4)
    let method = try method(data)
    let (start, key) = (RandomKey(seed: 3), RandomKey(seed: 6))
    for count in [20, 40, 50] {
      let inSpan = method.curve(counts: [count], startKey: start, key: key, exact: false).points[0]
      // The model in pixels: the same colours on the training pictures' own templates.
      let order = MixtureModel.memorizedSubset(components: count, of: 60, key: start)
      let spanned = method.model(components: count, startKey: start)
      let model = ColoredTemplateModel(
        templates: data.train.templates.gathering(order.map { data.train.labels[$0] }), colorMeans: spanned.colorMeans,
        std: spanned.std)
      let drawn = Pipeline.sample(
        model, RunSettings(configuration: method.configuration, capacity: count), count: 500, key: key, workers)
      let ratio = MemorizationTest(criterion: 1.0 / 3).count(of: drawn, training: data.train.points, workers: workers)
      #expect(abs(inSpan.ratio.value - Double(ratio) / 500) < 0.09, "\(count): \(inSpan.ratio.value), \(ratio)")
    }
  }

  @Test func `the ratio rises from near its null to one`() throws {
    let method = try method(dataset(3, 60, seed: 2))
    for exact in [true, false] {
      let curve = method.curve(
        counts: [6, 30, 60], startKey: RandomKey(seed: 1), key: RandomKey(seed: 2), exact: exact)
      let ratios = curve.points.map(\.ratio.value)
      #expect(ratios[0] < 0.12 && ratios[0] < ratios[1] && ratios[2] > 0.95, "\(ratios)")
      #expect(curve.points[2].learnedStd == 0 && curve.points[2].singletonShare == 1)
    }
  }

  @Test func `the losses of a component are those of C isotropic dimensions of variance s |T|^2`() throws {
    let process = VariancePreserving()
    let times = [0.35, 0.25, 0.15]
    var (partial, generalizing) = ([0.0, 0, 0], [0.0, 0, 0])
    var (expectedPartial, expectedGeneralizing) = ([0.0, 0, 0], [0.0, 0, 0])
    let repeats = 30
    for seed in 0..<UInt64(repeats) {
      let data = dataset(2, 40, seed: 100 + seed)
      let points = data.train.points
      let losses = LossMeasurement.measure(
        denoisers: [
          PartiallyMemorizingDenoiser(samples: points, subset: Array(0..<24)), ColoredTemplateDenoiser(law: data.law),
        ], samples: points, process: process, times: times, draws: 10, key: RandomKey(seed: seed), workers: workers)
      let laws = (0..<2).map { row in
        FiniteSizeLoss(
          dimension: 3, trueComponents: 2, samples: 40,
          variance: data.law.templates.row(row).reduce(0) { $0 + $1 * $1 }, process: process, times: times,
          seesOtherClusters: false, workers: workers)
      }
      for index in times.indices {
        partial[index] += losses[0][index].value
        generalizing[index] += losses[1][index].value
        expectedPartial[index] += laws.map { $0.values(24).partial[index] / 2 }.reduce(0, +)
        expectedGeneralizing[index] += laws.map { $0.generalizing[index] / 2 }.reduce(0, +)
      }
    }
    for index in times.indices {
      let (a, b) = (partial[index] / expectedPartial[index], generalizing[index] / expectedGeneralizing[index])
      #expect(abs(a - 1) < 0.06 && abs(b - 1) < 0.03, "t = \(times[index]): \(a), \(b)")
    }
  }

  @Test(.enabled(if: FashionMNIST.isInstalled, "needs dataset-fashion-mnist"))
  func `every method but the formula answers for pictures`() throws {
    let study = try Study(name: "t") {
      ($0.images, $0.trueComponents, $0.samples, $0.heldOutSamples) = (ImageSettings(), [3], [40], 2)
    }
    let configuration = try #require(study.configurations.first)
    let predictor = Predictor(configuration, repeats: 2, workers: workers)
    for method in PredictionMethod.allCases {
      let half = predictor.prediction(method).half.value
      #expect((half == nil) == (method == .hardEMFormula), "\(method): \(half ?? 0)")
      if let half { #expect((0.5...1).contains(half), "\(method): \(half)") }
    }
    #expect(try #require(predictor.prediction(.closedFormC1).half.value) > 0.9)
  }
}
