// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Training

extension Study {
  /// The whole study as a YAML file: every key, in a fixed order, defaults spelled out.
  ///
  /// The same study always gives the same text, and reading the text gives the same study.
  public var yaml: String {
    var text = "# A resolved study: every value that decides its numbers, defaults included.\n"
    // A study without pictures has no such line: its text is older than they are.
    for key in StudyKey.allCases where key != .images || grid.images != nil {
      text += "\(key.rawValue): \(value(of: key))\n"
    }
    return text
  }

  private func value(of key: StudyKey) -> String {
    switch key {
    case .name: Self.quoted(name)
    case .title: Self.quoted(title)
    case .images: grid.images.map(Self.text) ?? ""
    case .dimension: Self.axis(grid.dimensions)
    case .trueComponents: Self.axis(grid.trueComponents)
    case .samples: Self.axis(grid.samples)
    case .variance: Self.axis(grid.variances)
    case .componentRatio: Self.axis(grid.componentRatios)
    case .duplicates: Self.axis(grid.duplicates)
    case .dataSeed: grid.dataSeeds.map { Self.axis($0) } ?? "seed"
    case .heldOutSamples: "\(grid.heldOutSamples)"
    case .components: Self.text(grid.components)
    case .refinement: "\(refinement)"
    case .initialization: Self.axis(grid.initializations.map(Self.text))
    case .process: Self.axis(grid.processes.map(\.rawValue))
    case .times: Self.text(grid.times, of: grid.processes)
    case .preset: Self.axis(grid.presets.map(\.rawValue))
    case .steps: byPreset(\.steps)
    case .draws: byPreset(\.draws)
    case .prediction: shared(\.prediction.rawValue)
    case .weight: shared { Self.text($0.weight) }
    case .kernel: shared(\.kernel.rawValue)
    case .peakRate: byPreset(\.peakRate)
    case .seed: Self.axis(grid.seeds)
    case .sampler: grid.sampler.rawValue
    case .samplingTimes: grid.samplingTimes.map { Self.text($0, of: grid.processes) } ?? "training"
    case .evaluationSamples: "\(grid.evaluationSamples)"
    case .criterion: Self.axis(grid.criteria)
    case .losses: "\(grid.losses)"
    case .maximumRuns: "\(maximumRuns)"
    }
  }

  /// A setting all presets share.
  private func shared(_ setting: (TrainingSettings) -> String) -> String {
    grid.presets.first.flatMap { grid.training[$0] }.map(setting) ?? ""
  }

  private func byPreset<Value: Equatable>(_ setting: (TrainingSettings) -> Value) -> String {
    let values = grid.presets.compactMap { preset in
      grid.training[preset].map { (key: preset.rawValue, text: "\(setting($0))") }
    }
    return Self.keyed(values)
  }

  /// One text where all agree, else a map.
  private static func keyed(_ values: [(key: String, text: String)]) -> String {
    guard let first = values.first else { return "{}" }
    if values.allSatisfy({ $0.text == first.text }) { return first.text }
    return "{" + values.map { "\($0.key): \($0.text)" }.joined(separator: ", ") + "}"
  }

  /// One value bare, several as a list.
  private static func axis<Value>(_ values: [Value]) -> String {
    values.count == 1 ? "\(values[0])" : list(values)
  }

  private static func list<Value>(_ values: [Value]) -> String {
    "[" + values.map { "\($0)" }.joined(separator: ", ") + "]"
  }

  private static func text(_ images: ImageSettings) -> String {
    "{source: \(quoted(images.source)), height: \(images.height), width: \(images.width), "
      + "channels: \(images.channels), logDeterminant: \(images.logDeterminant.rawValue)}"
  }

  private static func text(_ components: StudyComponents) -> String {
    switch components {
    case .tenths: "tenths"
    case .fractions(let fractions): "{fractions: \(list(fractions))}"
    case .counts(let counts): list(counts)
    }
  }

  private static func text(_ initialization: Initialization) -> String {
    let payload =
      switch initialization {
      case .partialMemorization(let std), .truth(let std), .sphere(nil, let std): "std: \(std)"
      case .gaussian(let scale, let std): "scale: \(scale), std: \(std)"
      case .sphere(let radius?, let std): "radius: \(radius), std: \(std)"
      }
    return "{\(initialization.name): {\(payload)}}"
  }

  private static func text(_ weight: LossWeight) -> String {
    switch weight {
    case .unit: "unit"
    case .signalToNoise: "signal-to-noise"
    case .alphaSquared: "alpha-squared"
    case .minSNR(let limit): "{min-snr: \(limit)}"
    case .table(let values): "{table: \(list(values))}"
    }
  }

  private static func text(_ grids: [ProcessName: TimeGrid], of processes: [ProcessName]) -> String {
    keyed(processes.compactMap { name in grids[name].map { (key: name.rawValue, text: text($0)) } })
  }

  private static func text(_ grid: TimeGrid) -> String {
    let spacing =
      switch grid.spacing {
      case .uniform: "uniform"
      case .karras(let rho): "karras, rho: \(rho)"
      case .logSNR: "log-snr"
      }
    return "{spacing: \(spacing), first: \(grid.first), last: \(grid.last), count: \(grid.count)}"
  }

  /// A double-quoted YAML scalar; decoding has already refused what is unprintable.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
