// SPDX-License-Identifier: MIT

/// Which capacities M a study trains, before refinement.
public enum StudyComponents: Sendable, Hashable {
  /// round(i N / 10), i = 1..10: the paper's grid.
  case tenths
  /// round(f N) for each fraction f.
  case fractions([Double])
  case counts([Int])

  /// The capacities for N samples, ascending and without repeats.
  public func counts(samples: Int) -> [Int] {
    switch self {
    case .tenths: Sweep.tenths(samples: samples)
    case .fractions(let fractions): Set(fractions.map { Self.rounded($0, of: samples) }).sorted()
    case .counts(let counts): Set(counts).sorted()
    }
  }

  /// round(f N), halves away from zero.
  static func rounded(_ fraction: Double, of samples: Int) -> Int { Int((fraction * Double(samples)).rounded()) }
}

extension StudyNode {
  /// `tenths`, a number of components, a list of them, or `{fractions: [..]}`.
  func components() throws(StudyError) -> StudyMarked<StudyComponents> {
    switch content {
    case .scalar("tenths", _): return marked(.tenths)
    case .scalar(_, false): throw refused("is not a capacity", allowed: Self.componentsAllowed)
    case .scalar(let text, true):
      guard text.first.map({ $0.isNumber || $0 == "-" || $0 == "+" }) ?? false else {
        throw refused("is not a capacity", allowed: Self.componentsAllowed)
      }
      return marked(.counts([try integer(StudyBounds.capacity).value]))
    case .list:
      let counts = try integers(StudyBounds.capacity)
      return marked(.counts(counts.map(\.value)))
    case .map: return marked(.fractions(try fractions()))
    }
  }

  private static let componentsAllowed = "tenths, a whole number, a list of them, or {fractions: [..]}"

  private func fractions() throws(StudyError) -> [Double] {
    let entries = try fields(["fractions"], what: "a choice of capacities")
    guard let list = entries.first?.value else { throw refused("is empty", allowed: Self.componentsAllowed) }
    let values = try list.axis { node throws(StudyError) in
      try node.number(allowed: "a fraction M/N above 0, at most 1000") { $0 > 0 && $0 <= 1000 }
    }
    return values.map(\.value)
  }
}
