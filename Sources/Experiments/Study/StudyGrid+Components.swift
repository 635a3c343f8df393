// SPDX-License-Identifier: MIT
internal import Denoisers

extension StudyGrid {
  /// Checks M against N and K for every start of the grid.
  func checkComponents(_ draft: StudyDraft) throws(StudyError) {
    if case .fractions(let fractions) = components { try checkFractions(fractions, draft) }
    for initialization in initializations {
      switch initialization {
      case .partialMemorization: try checkPartialMemorization(draft)
      case .truth: try checkTruth(draft)
      case .gaussian, .sphere: break
      }
    }
  }

  private func checkFractions(_ fractions: [Double], _ draft: StudyDraft) throws(StudyError) {
    for samples in samples {
      for fraction in fractions {
        let components = StudyComponents.rounded(fraction, of: samples)
        if components < 1 {
          throw refused(
            draft, "rounds to no component: \(fraction) of N = \(samples)", allowed: "fractions of at least 0.5 / N")
        }
        guard StudyBounds.capacity.contains(components) else {
          throw refused(
            draft, "makes M = \(components) of N = \(samples)", allowed: "at most \(StudyBounds.capacity.upperBound)")
        }
      }
    }
  }

  private func checkPartialMemorization(_ draft: StudyDraft) throws(StudyError) {
    for samples in samples {
      guard let largest = components.counts(samples: samples).last, largest > samples else { continue }
      throw refused(
        draft, "asks for M = \(largest) of N = \(samples) samples",
        allowed: "M from 1 to N under partial-memorization, whose means start at distinct samples")
    }
  }

  private func checkTruth(_ draft: StudyDraft) throws(StudyError) {
    for trueComponents in trueComponents {
      for samples in samples {
        let counts = components.counts(samples: samples)
        guard let other = counts.first(where: { $0 != trueComponents }) else { continue }
        throw refused(
          draft, "asks for M = \(other) where K = \(trueComponents)",
          allowed: "M = K under the truth start (components: \(trueComponents))")
      }
    }
    if let refinement = draft.refinement, refinement.value > 0 {
      throw refinement.refused("refines over M", allowed: "0 under the truth start, which needs M = K")
    }
  }

  private func refused(_ draft: StudyDraft, _ problem: String, allowed: String) -> StudyError {
    guard let components = draft.components else {
      return StudyError(draft.place.inside("components"), value: "tenths", problem: problem, allowed: allowed)
    }
    return components.refused(problem, allowed: allowed)
  }

  /// The refinement a study means: none where the truth start leaves only M = K.
  func refinement(_ draft: StudyDraft) -> Int {
    let startsAtTruth = initializations.contains { if case .truth = $0 { true } else { false } }
    return startsAtTruth ? 0 : draft.refinement?.value ?? StudyDefaults.refinement
  }
}
