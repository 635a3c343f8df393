// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Training

extension StudyGrid {
  /// The grid of a decoded study: defaults filled in, everything checked that depends on several keys.
  init(_ draft: StudyDraft) throws(StudyError) {
    try Self.checkImages(draft)
    let images = draft.images?.value
    let presets = draft.preset?.map(\.value) ?? [.quick]
    let processes = draft.process?.map(\.value) ?? [.vp]
    let seeds = draft.dataSeed?.map(\.value) ?? []
    let times = try Self.times(draft, of: processes)
    self.init(
      presets: presets, processes: processes,
      initializations: draft.initialization?.map(\.value) ?? [images == nil ? .paper : .images],
      variances: draft.variance?.map(\.value) ?? [StudyDefaults.variance],
      componentRatios: draft.componentRatio?.map(\.value) ?? [StudyDefaults.componentRatio],
      duplicates: draft.duplicates?.map(\.value) ?? [StudyDefaults.duplicates],
      criteria: draft.criterion?.map(\.value) ?? [StudyDefaults.criterion],
      dimensions: images.map { [$0.dimension] } ?? draft.dimension?.map(\.value) ?? [StudyDefaults.dimension],
      trueComponents: draft.trueComponents?.map(\.value) ?? [StudyDefaults.trueComponents],
      samples: draft.samples?.map(\.value) ?? [StudyDefaults.samples], dataSeeds: seeds.isEmpty ? nil : seeds,
      seeds: draft.seed?.map(\.value) ?? [StudyDefaults.seed], components: draft.components?.value ?? .tenths,
      images: images,
      training: try Self.training(draft, of: presets), times: times,
      samplingTimes: try Self.samplingTimes(draft, of: processes, training: times),
      sampler: draft.sampler?.value ?? .ddim,
      evaluationSamples: draft.evaluationSamples?.value ?? StudyDefaults.evaluationSamples,
      heldOutSamples: draft.heldOutSamples?.value ?? StudyDefaults.heldOutSamples,
      losses: draft.losses?.value ?? true)
    try checkWeight(draft)
    try checkComponents(draft)
    try checkSize(draft)
  }

  private static func times(
    _ draft: StudyDraft, of processes: [ProcessName]
  ) throws(StudyError) -> [ProcessName: TimeGrid] {
    var grids: [ProcessName: TimeGrid] = [:]
    for process in processes {
      let standard = StudyDefaults.times(of: process)
      grids[process] = try draft.times?[process]?.resolved(standard, for: process) ?? standard
    }
    return grids
  }

  /// A field missing in a sampling grid is that of the training grid.
  private static func samplingTimes(
    _ draft: StudyDraft, of processes: [ProcessName], training: [ProcessName: TimeGrid]
  ) throws(StudyError) -> [ProcessName: TimeGrid]? {
    guard let written = draft.samplingTimes else { return nil }
    var grids: [ProcessName: TimeGrid] = [:]
    for process in processes {
      let standard = training[process] ?? StudyDefaults.times(of: process)
      grids[process] = try written[process]?.resolved(standard, for: process) ?? standard
    }
    return grids
  }

  private static func training(
    _ draft: StudyDraft, of presets: [Preset]
  ) throws(StudyError) -> [Preset: TrainingSettings] {
    var all: [Preset: TrainingSettings] = [:]
    for preset in presets {
      var settings = try standard(preset, steps: draft.steps?[preset], draft)
      if let draws = draft.draws?[preset] { settings.draws = draws.value }
      if let rate = draft.peakRate?[preset] { settings.peakRate = rate.value }
      if let prediction = draft.prediction { settings.prediction = prediction.value }
      if let weight = draft.weight { settings.weight = weight.value }
      if let kernel = draft.kernel { settings.kernel = kernel.value }
      all[preset] = settings
    }
    return all
  }

  private static func standard(
    _ preset: Preset, steps: StudyMarked<Int>?, _ draft: StudyDraft
  ) throws(StudyError) -> TrainingSettings {
    do {
      return try preset.settings(forImages: draft.images != nil, steps: steps?.value)
    } catch {
      switch error {
      case .tooFewSteps(_, let paperSteps):
        throw StudyError(
          steps?.place ?? draft.place, value: steps?.text,
          problem: "is too few for the preset \(preset.rawValue) (k = \(paperSteps)/steps must not exceed 50)",
          allowed: "\(paperSteps / 50) or more")
      case .imagesOnly:
        throw StudyError(
          draft.preset?.first { $0.value == preset }?.place ?? draft.place, value: preset.rawValue,
          problem: "is a preset of pictures", allowed: "paper, quick, or together with images")
      }
    }
  }

  private func checkWeight(_ draft: StudyDraft) throws(StudyError) {
    guard let weight = draft.weight, case .table(let values) = weight.value else { return }
    for process in processes {
      guard let count = times[process]?.count, count != values.count else { continue }
      throw weight.with(values).refused("has \(values.count) values", allowed: "\(count), one per time of the grid")
    }
  }

  /// Bounds the largest arrays (samples, means and draws times dimension) at 200 million doubles, 1.6 GB each.
  private func checkSize(_ draft: StudyDraft) throws(StudyError) {
    let largest = dimensions.max() ?? 1
    let most = samples.max() ?? 1
    let capacity = samples.flatMap { components.counts(samples: $0) }.max() ?? 1
    let draws = presets.compactMap { training[$0]?.draws }.max() ?? 1
    let rows = max(most, evaluationSamples, heldOutSamples, trueComponents.max() ?? 1, capacity, draws)
    guard Self.product(largest, rows) <= StudyBounds.arraySize else {
      throw StudyError(
        draft.dimension?.first?.place ?? draft.place,
        problem: "makes \(rows) rows of \(largest) numbers each", allowed: "at most \(StudyBounds.arraySize) numbers")
    }
  }
}
