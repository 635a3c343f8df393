// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Training

/// A study as decoded: every key may be missing, every value knows where it was written.
///
/// Values are checked one by one here; what depends on several of them is checked by `StudyGrid`.
struct StudyDraft: Sendable {
  var name, title: StudyMarked<String>?
  var images: StudyMarked<ImageSettings>?
  var dimension, trueComponents, samples: [StudyMarked<Int>]?
  var variance, componentRatio, duplicates, criterion: [StudyMarked<Double>]?
  /// An empty list stands for the word `seed`.
  var dataSeed, seed: [StudyMarked<UInt64>]?
  var components: StudyMarked<StudyComponents>?
  var refinement, evaluationSamples, heldOutSamples, maximumRuns: StudyMarked<Int>?
  var initialization: [StudyMarked<Initialization>]?
  var process: [StudyMarked<ProcessName>]?
  var times, samplingTimes: [ProcessName: StudyTimes]?
  var preset: [StudyMarked<Preset>]?
  var steps, draws: [Preset: StudyMarked<Int>]?
  var peakRate: [Preset: StudyMarked<Double>]?
  var prediction: StudyMarked<Prediction>?
  var weight: StudyMarked<LossWeight>?
  var kernel: StudyMarked<KernelChoice>?
  var sampler: StudyMarked<SamplerName>?
  var losses: StudyMarked<Bool>?
  /// The whole study, for what concerns no single key.
  var place: StudyPlace

  init(_ root: StudyNode) throws(StudyError) {
    place = root.place
    guard case .map(let entries) = root.content else { throw Self.notAStudy(root) }
    for entry in entries {
      guard let key = StudyKey(rawValue: entry.key) else {
        throw StudyError(
          entry.value.place, problem: StudyKey.unknown(entry.key),
          allowed: StudyKey.allCases.map(\.rawValue).joined(separator: ", "))
      }
      try decode(key, entry.value)
    }
  }

  static func notAStudy(_ root: StudyNode) -> StudyError {
    root.refused("is not a study", allowed: "keys and values, such as samples: 50")
  }

  private mutating func decode(_ key: StudyKey, _ node: StudyNode) throws(StudyError) {
    switch key {
    case .name: name = try node.line(allowed: Self.nameAllowed, Self.isName)
    case .title: title = try node.line(allowed: "one line of 1 to 200 characters", Self.isTitle)
    case .images: images = try node.images()
    case .dimension: dimension = try node.integers(StudyBounds.dimension)
    case .trueComponents: trueComponents = try node.integers(StudyBounds.trueComponents)
    case .samples: samples = try node.integers(StudyBounds.samples)
    case .variance: variance = try node.axis(Self.variance)
    case .componentRatio: componentRatio = try node.axis(Self.componentRatio)
    case .duplicates: duplicates = try node.axis(Self.duplicates)
    case .dataSeed: dataSeed = try Self.dataSeed(node)
    case .heldOutSamples: heldOutSamples = try node.integer(StudyBounds.heldOutSamples)
    case .components: components = try node.components()
    case .refinement: refinement = try node.integer(StudyBounds.refinement)
    case .initialization: initialization = try node.axis { node throws(StudyError) in try node.initialization() }
    case .process: process = try node.axis { node throws(StudyError) in try node.word(ProcessName.self) }
    case .times: times = try node.timesByProcess()
    case .preset: preset = try node.axis { node throws(StudyError) in try node.word(Preset.self) }
    case .steps: steps = try node.byPreset { node throws(StudyError) in try node.integer(StudyBounds.steps) }
    case .draws: draws = try node.byPreset { node throws(StudyError) in try node.integer(StudyBounds.draws) }
    case .prediction: prediction = try node.word(Prediction.self, except: ["score"])
    case .weight: weight = try node.weight()
    case .kernel: kernel = try node.word(KernelChoice.self)
    case .peakRate: peakRate = try node.byPreset(Self.peakRate)
    case .seed: seed = try node.axis { node throws(StudyError) in try node.seed() }
    case .sampler: sampler = try node.word(SamplerName.self)
    case .samplingTimes: samplingTimes = try Self.samplingTimes(node)
    case .evaluationSamples: evaluationSamples = try node.integer(StudyBounds.evaluationSamples)
    case .criterion: criterion = try node.axis { node throws(StudyError) in try node.criterion() }
    case .losses: losses = try node.bool()
    case .maximumRuns: maximumRuns = try node.integer(StudyBounds.maximumRuns)
    }
  }

  private static let nameAllowed = "1 to 64 of a-z A-Z 0-9 . _ -, not starting with a dot or a dash"

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64, !".-".utf8.contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "._-".utf8.contains(byte)
      }
    }
  }

  private static func isTitle(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 200 && StudyError.oneLine(text, limit: 10_000) == text
  }

  private static func variance(_ node: StudyNode) throws(StudyError) -> StudyMarked<Double> {
    try node.number(allowed: "a number from 1e-8 to 1e8", StudyBounds.scale.contains)
  }

  private static func componentRatio(_ node: StudyNode) throws(StudyError) -> StudyMarked<Double> {
    try node.number(allowed: "a number above 0, at most 1", StudyBounds.componentRatio.contains)
  }

  private static func duplicates(_ node: StudyNode) throws(StudyError) -> StudyMarked<Double> {
    try node.number(allowed: "a number from 0 to 0.5", StudyBounds.duplicates.contains)
  }

  private static func peakRate(_ node: StudyNode) throws(StudyError) -> StudyMarked<Double> {
    try node.number(allowed: "a number above 0, at most 10", StudyBounds.peakRate.contains)
  }

  private static func dataSeed(_ node: StudyNode) throws(StudyError) -> [StudyMarked<UInt64>] {
    if case .scalar("seed", _) = node.content { return [] }
    return try node.axis { node throws(StudyError) in try node.seed() }
  }

  private static func samplingTimes(_ node: StudyNode) throws(StudyError) -> [ProcessName: StudyTimes]? {
    if case .scalar("training", _) = node.content { return nil }
    if case .scalar = node.content {
      throw node.refused("is not a time grid", allowed: "training, or a map of spacing, first, last, count, rho")
    }
    return try node.timesByProcess()
  }
}

extension StudyNode {
  /// One value for every preset, or a map from preset names to values.
  func byPreset<Value: Hashable>(
    _ read: (StudyNode) throws(StudyError) -> StudyMarked<Value>
  ) throws(StudyError) -> [Preset: StudyMarked<Value>] {
    var values: [Preset: StudyMarked<Value>] = [:]
    guard case .map = content else {
      let value = try read(self)
      for preset in Preset.allCases { values[preset] = value }
      return values
    }
    for entry in try fields(Preset.allCases.map(\.rawValue), what: "a map") {
      if let preset = Preset(rawValue: entry.key) { values[preset] = try read(entry.value) }
    }
    return values
  }

  /// A number between 0 and 1, also as a fraction such as `1/3`, which no decimal can name.
  func criterion() throws(StudyError) -> StudyMarked<Double> {
    let allowed = "a number above 0, at most 1, or a fraction such as 1/3"
    if case .scalar(let text, true) = content {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]) {
        guard numerator > 0, numerator <= denominator else { throw refused("is out of range", allowed: allowed) }
        return marked(Double(numerator) / Double(denominator))
      }
    }
    return try number(allowed: allowed, StudyBounds.criterion.contains)
  }
}
