// SPDX-License-Identifier: MIT
internal import Memorization
internal import Statistics

/// Start, half and end of a family: over its seeds, or of its only curve.
struct FamilyTransition {
  enum Level: CaseIterable {
    case start, half, end

    var ratio: Double {
      switch self {
      case .start: 0.1
      case .half: 0.5
      case .end: 0.9
      }
    }

    var name: String {
      switch self {
      case .start: "start"
      case .half: "half"
      case .end: "end"
      }
    }

    func crossing(_ transition: Transition) -> Crossing {
      switch self {
      case .start: transition.start
      case .half: transition.half
      case .end: transition.end
      }
    }
  }

  let transitions: [Transition]

  init(_ family: Family) { transitions = family.plotted.compactMap(\.transition) }

  /// The crossings of a level that lie in range, over seeds; nil where none does.
  func spread(_ level: Level) -> SampleSpread? {
    SampleSpread(transitions.compactMap { level.crossing($0).value })
  }

  /// `0.781 [0.769, 0.793]`: the bootstrap interval for one seed, else the mean over seeds with Student's interval.
  func text(_ level: Level) -> String {
    if transitions.count == 1 { return NumberText.crossing(level.crossing(transitions[0])) }
    guard let spread = spread(level) else {
      return transitions.isEmpty ? "not evaluated" : NumberText.crossing(level.crossing(transitions[0]))
    }
    let missing = transitions.count - spread.values.count
    let out = missing == 0 ? "" : " (out of range for \(missing) of \(transitions.count) seeds)"
    guard let low = spread.low, let high = spread.high else { return NumberText.fixed(spread.mean, 3) + out }
    return "\(NumberText.fixed(spread.mean, 3)) [\(NumberText.fixed(low, 3)), \(NumberText.fixed(high, 3))]" + out
  }
}
