// SPDX-License-Identifier: MIT
internal import Files

/// Which capacities M a study trains, before refinement.
public enum StudyComponents: Sendable, Hashable {
  /// round(i N / 10), i = 1..10: the paper's grid.
  case tenths
  /// round(f N) for each fraction f.
  case fractions([Double])
  /// These M themselves.
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

extension StudyForm where Value == StudyComponents {
  private static var count: StudyForm<Int> { .whole(StudyBounds.capacity) }
  private static var fraction: StudyForm<Double> {
    .number(StudyBounds.componentFraction, allowed: "a fraction M/N above 0, at most 1000")
  }

  /// `tenths`, a number of components, a list of them, or `{fractions: [..]}`.
  static var components: StudyForm {
    let allowed = "tenths, a whole number, a list of them, or {fractions: [..]}"
    return StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        switch node.content {
        case .scalar("tenths", _): return .tenths
        case .scalar(let text, let plain):
          guard plain, text.first.map({ $0.isNumber || $0 == "-" || $0 == "+" }) ?? false else {
            throw node.refused("is not a capacity", allowed: allowed)
          }
          return .counts([try count.read(node)])
        case .list: return .counts(try node.elements(count))
        case .map:
          let entries = try node.fields(["fractions"], what: "a choice of capacities")
          guard let list = entries.first?.value else { throw node.refused("is empty", allowed: allowed) }
          return .fractions(try list.elements(fraction))
        }
      },
      problem: problem,
      text: { components in
        switch components {
        case .tenths: "tenths"
        case .fractions(let fractions): "{fractions: \(fractions)}"
        case .counts(let counts): "\(counts)"
        }
      },
      cell: { components in
        switch components {
        case .tenths: "tenths"
        case .fractions(let fractions): .text("fractions " + fractions.map { "\($0)" }.joined(separator: " "))
        case .counts(let counts): .text(counts.map { "\($0)" }.joined(separator: " "))
        }
      })
  }

  @Sendable private static func problem(_ components: StudyComponents) -> StudyProblem? {
    switch components {
    case .tenths: nil
    case .fractions(let values): StudyForm<Double>.listProblem(values, fraction)
    case .counts(let values): StudyForm<Int>.listProblem(values, count)
    }
  }
}

extension StudyForm {
  /// What is wrong with a list of values: each once, at least one.
  static func listProblem(_ values: [Value], _ form: StudyForm) -> StudyProblem? {
    if values.isEmpty {
      return StudyProblem(value: "[]", text: "is empty", allowed: "one value or a list of values")
    }
    if let problem = values.lazy.compactMap(form.problem).first { return problem }
    var seen: Set<Value> = []
    return values.first { !seen.insert($0).inserted }.map {
      StudyProblem(value: form.text($0), text: "appears twice", allowed: "each value once")
    }
  }
}

extension StudyNode {
  /// A list's elements, or a value that stands for a list of one: no value twice.
  func elements<Value>(_ form: StudyForm<Value>) throws(StudyError) -> [Value] {
    guard case .list(let elements) = content else { return [try form.read(self)] }
    guard !elements.isEmpty else { throw refused("is empty", allowed: "one value or a list of values") }
    var values: [Value] = []
    var seen: Set<Value> = []
    for element in elements {
      let value = try form.read(element)
      guard seen.insert(value).inserted else {
        throw element.refused("appears twice", allowed: "each value once")
      }
      values.append(value)
    }
    return values
  }
}
