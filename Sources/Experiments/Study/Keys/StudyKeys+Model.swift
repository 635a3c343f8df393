// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
internal import Files

/// The model and the diffusion.
extension StudyKeys {
  static let model: [StudyKey] = [
    family.key, components.key, refinement.key, initialization.key, process.key, times.key,
  ]

  /// Absent where it names the one that the data have in the paper: such studies are older than the key.
  public static let family: TypedStudyKey<String> = .one(
    "family", .line(allowed: "the name of a family of models") { !$0.isEmpty && $0.count <= 64 },
    .absent("that of the data"), field: .init(optional: \.family), hasColumn: false, "Family of models."
  ).with { key in
    key.resolve = { settings throws(StudyError) in
      if settings.family == ModelFamilies.ofPaper(pictures: settings.images != nil) { settings.family = nil }
    }
    key.agree = { settings, families throws(StudyError) in
      guard let name = settings.family else { return }
      guard let family = families.named(name) else {
        let near = StudyKey.nearest(name, among: families.names).map { " (did you mean '\($0)'?)" } ?? ""
        throw settings.refused(
          "family", value: name, "is unknown" + near, allowed: families.names.joined(separator: ", "))
      }
      let pictures = settings.images != nil
      guard !family.takes(pictures: pictures) else { return }
      throw settings.refused(
        "family", value: name, pictures ? "is not for pictures" : "needs pictures (images)",
        allowed: families.names(pictures: pictures).joined(separator: ", "))
    }
  }

  /// M. The largest N is reached by partial memorization, whose means are samples.
  public static let components: TypedStudyKey<StudyComponents> = .one(
    "components", short: "M", symbol: "M", .components, .value(.tenths),
    "Components M of the models: the capacities of a sweep."
  ).with { key in
    key.agree = { settings, _ throws(StudyError) in try settings.checkComponents() }
  }

  /// Ten more M between the start and the end of the transition, as in the paper.
  public static let refinement: TypedStudyKey<Int> = .one(
    "refinement", .whole(StudyBounds.refinement), .from("10") { $0.startsAtTruth ? 0 : 10 },
    "At most this many capacities around the transition (default: 10)."
  ).with { key in
    key.agree = { settings, _ throws(StudyError) in
      guard settings.startsAtTruth, let refinement = settings.refinement, refinement > 0 else { return }
      throw settings.refused(
        "refinement", value: "\(refinement)", "refines over M",
        allowed: "0 under the truth start, which needs M = K")
    }
  }

  /// Where training starts: a headline factor of every result.
  public static let initialization: TypedStudyKey<[Initialization]> = .axis(
    "initialization", .initialization, .from("partial-memorization") { $0.images == nil ? .paper : .images },
    field: .init(\.initialization),
    "Start of the training: partial-memorization (default), gaussian, sphere, or truth (needs M = K: train and studies)."
  ).with { key in
    let detail = key.columns.map { StudyColumn(name: "initializationDetail", cell: $0.cell) }
    key.columns = [StudyColumn(name: "initialization") { .text($0.initialization.name) }] + detail
    key.agree = { settings, _ throws(StudyError) in
      guard settings.images != nil else { return }
      for (index, start) in (settings.initialization ?? []).enumerated() {
        switch start {
        case .partialMemorization, .truth: continue
        case .gaussian, .sphere:
          throw settings.refused(
            "initialization", part: "[\(index)]", value: start.name, "cannot be combined with images",
            allowed: "partial-memorization, truth")
        }
      }
    }
  }

  /// How data become noise.
  public static let process: TypedStudyKey<[ProcessName]> = .axis(
    "process", .word(), .value(ProcessName.vp), field: .init(\.process), "Process: vp (default), ve or fm.")

  /// For each process the times of training.
  public static let times: TypedStudyKey<[ProcessName: StudyTimes]> = .times(
    "times", standard: "see below", field: .init(\.times), standard: { process, _ in StudyTimes.standard(of: process) },
    "Times of the training.")
}

extension StudySettings {
  var startsAtTruth: Bool {
    (self.initialization ?? []).contains { if case .truth = $0 { true } else { false } }
  }

  /// Checks M against N and K for every start. What a capacity of another family may be, the family says.
  fileprivate func checkComponents() throws(StudyError) {
    let (components, samples) = (self.components ?? .tenths, self.samples ?? [])
    if case .fractions(let fractions) = components {
      for n in samples { try check(fractions, of: n) }
    }
    guard self.family == nil else { return }
    for start in self.initialization ?? [] {
      for n in samples {
        switch start {
        case .partialMemorization:
          guard let largest = components.counts(samples: n).last, largest > n else { continue }
          throw componentsRefused(
            "asks for M = \(largest) of N = \(n) samples",
            allowed: "M from 1 to N under partial-memorization, whose means start at distinct samples")
        case .truth: try checkTruth(components.counts(samples: n))
        case .gaussian, .sphere: continue
        }
      }
    }
  }

  private func check(_ fractions: [Double], of samples: Int) throws(StudyError) {
    for fraction in fractions {
      let components = StudyComponents.rounded(fraction, of: samples)
      if components < 1 {
        throw componentsRefused(
          "rounds to no component: \(fraction) of N = \(samples)", allowed: "fractions of at least 0.5 / N")
      }
      guard StudyBounds.capacity.contains(components) else {
        throw componentsRefused(
          "makes M = \(components) of N = \(samples)", allowed: "at most \(StudyBounds.capacity.upperBound)")
      }
    }
  }

  private func checkTruth(_ counts: [Int]) throws(StudyError) {
    for k in self.trueComponents ?? [] {
      guard let other = counts.first(where: { $0 != k }) else { continue }
      throw componentsRefused(
        "asks for M = \(other) where K = \(k)", allowed: "M = K under the truth start (components: \(k))")
    }
  }

  private func componentsRefused(_ problem: String, allowed: String) -> StudyError {
    let text = StudyForm<StudyComponents>.components.text(self.components ?? .tenths)
    return refused("components", value: text, problem, allowed: allowed)
  }
}
