// SPDX-License-Identifier: MIT
internal import Diffusion

/// The times of a study as written: every field may be missing and is then the process's default.
struct StudyTimes: Sendable {
  enum Spacing: String, CaseIterable, Sendable { case uniform, karras, logSNR = "log-snr" }

  var place: StudyPlace
  var spacing: StudyMarked<Spacing>?
  var first, last, rho: StudyMarked<Double>?
  var count: StudyMarked<Int>?

  init(_ node: StudyNode) throws(StudyError) {
    place = node.place
    for entry in try node.fields(["spacing", "first", "last", "count", "rho"], what: "a time grid") {
      let positive = "a number above 0"
      switch entry.key {
      case "spacing": spacing = try entry.value.word(Spacing.self)
      case "first": first = try entry.value.number(allowed: positive) { $0 > 0 }
      case "last": last = try entry.value.number(allowed: positive) { $0 > 0 }
      case "count": count = try entry.value.integer(StudyBounds.timeCount)
      default: rho = try entry.value.number(allowed: "a number above 0, at most 100", StudyBounds.rho.contains)
      }
    }
  }

  /// The grid these fields make of the defaults, for one process.
  func resolved(_ defaults: TimeGrid, for name: ProcessName) throws(StudyError) -> TimeGrid {
    let process = name.process
    for time in [first, last].compactMap({ $0 }) where !process.domain.contains(time.value) {
      throw time.refused("is outside the domain of \(name.rawValue)", allowed: Self.text(process.domain))
    }
    let grid = TimeGrid(
      spacing: try resolvedSpacing(defaults.spacing), first: first?.value ?? defaults.first,
      last: last?.value ?? defaults.last, count: count?.value ?? defaults.count)
    guard grid.first > grid.last else {
      let culprit = last ?? first
      throw StudyError(
        culprit?.place ?? place, value: culprit?.text, problem: "does not make the times descend",
        allowed: "first above last (first is \(grid.first), last is \(grid.last))")
    }
    let times = grid.times(of: process)
    guard zip(times, times.dropFirst()).allSatisfy({ $0 > $1 }), times.allSatisfy(process.domain.contains) else {
      throw StudyError(
        place, problem: "gives times that do not descend inside the domain of \(name.rawValue)",
        allowed: "\(Self.text(process.domain)), descending")
    }
    return grid
  }

  private func resolvedSpacing(_ standard: TimeGrid.Spacing) throws(StudyError) -> TimeGrid.Spacing {
    let isKarras = if case .karras = standard { true } else { false }
    if let rho, spacing.map({ $0.value != .karras }) ?? !isKarras {
      throw rho.refused("is given without karras", allowed: "rho together with spacing: karras")
    }
    switch spacing?.value {
    case .uniform: return .uniform
    case .logSNR: return .logSNR
    case .karras: return .karras(rho: rho?.value ?? StudyDefaults.rho)
    case nil: return rho.map { .karras(rho: $0.value) } ?? standard
    }
  }

  private static func text(_ domain: ClosedRange<Double>) -> String {
    "times from \(domain.lowerBound) to \(domain.upperBound)"
  }
}

extension StudyNode {
  /// One time grid for every process, or a map from process names to grids.
  func timesByProcess() throws(StudyError) -> [ProcessName: StudyTimes] {
    let names = ProcessName.allCases.map(\.rawValue)
    guard case .map(let entries) = content, entries.contains(where: { names.contains($0.key) }) else {
      let times = try StudyTimes(self)
      return Dictionary(uniqueKeysWithValues: ProcessName.allCases.map { ($0, times) })
    }
    var times: [ProcessName: StudyTimes] = [:]
    for entry in try fields(names, what: "a map of time grids") {
      if let name = ProcessName(rawValue: entry.key) { times[name] = try StudyTimes(entry.value) }
    }
    return times
  }
}
