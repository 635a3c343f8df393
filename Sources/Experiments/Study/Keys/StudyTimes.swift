// SPDX-License-Identifier: MIT
public import Diffusion
internal import Files

/// The times of a study: every field may be missing and is then the process's default.
public struct StudyTimes: Sendable, Hashable {
  /// In what the steps of a grid are equal, as a study names it (`TimeGrid.Spacing`).
  public enum Spacing: String, CaseIterable, Sendable {
    /// In t; in (sigma / alpha)^(1 / rho); in log(alpha^2 / sigma^2).
    case uniform, karras, logSNR = "log-snr"
  }

  /// In what the steps are equal.
  public var spacing: Spacing?
  /// The noisiest and the cleanest time.
  public var first, last: Double?
  /// Times, both ends included.
  public var count: Int?
  /// The exponent of Karras's spacing.
  public var rho: Double?

  /// nil of a field leaves it to the process's default; nothing is checked before a `Study` is made of it.
  public init(
    spacing: Spacing? = nil, first: Double? = nil, last: Double? = nil, count: Int? = nil, rho: Double? = nil
  ) {
    (self.spacing, self.first, self.last, self.count, self.rho) = (spacing, first, last, count, rho)
  }

  /// Every field from a grid.
  public init(_ grid: TimeGrid) {
    (first, last, count) = (grid.first, grid.last, grid.count)
    switch grid.spacing {
    case .uniform: spacing = .uniform
    case .karras(let rho): (spacing, self.rho) = (.karras, rho)
    case .logSNR: spacing = .logSNR
    }
  }

  /// vp and fm: the paper's 26 uniform times. ve: 26 Karras times (rho 7) from 22.3 to 0.001.
  ///
  /// In ve t is the noise-to-signal ratio itself. 22.3 is that of vp at t = 0.999 (t / sqrt(1 - t^2))
  /// and 0.001 that at t = 0.001, so the grids span the same noise. Equal steps in t would put 24 of the
  /// 26 times above 0.9, where vp has 9.
  static func standard(of process: ProcessName) -> TimeGrid {
    switch process {
    case .vp, .fm: .paper
    case .ve: TimeGrid(spacing: .karras(rho: rho), first: 22.3, last: 0.001, count: 26)
    }
  }

  /// Karras et al. 2022, section 3.
  private static let rho = 7.0

  /// The grid these fields make of `others`.
  func grid(over others: TimeGrid) -> TimeGrid {
    let spacing: TimeGrid.Spacing? =
      switch self.spacing {
      case .uniform: .uniform
      case .logSNR: .logSNR
      case .karras: .karras(rho: rho ?? Self.rho)
      case nil: rho.map { .karras(rho: $0) }
      }
    return TimeGrid(
      spacing: spacing ?? others.spacing, first: first ?? others.first, last: last ?? others.last,
      count: count ?? others.count)
  }

  /// A field out of its range.
  fileprivate var problem: StudyProblem? {
    func field(_ name: String, _ problem: StudyProblem?) -> StudyProblem? {
      problem.map { StudyProblem(field: name, value: $0.value, text: $0.text, allowed: $0.allowed) }
    }
    return field("count", count.flatMap(Self.countForm.problem)) ?? field("rho", rho.flatMap(Self.rhoForm.problem))
  }

  private static let countForm = StudyForm<Int>.whole(StudyBounds.timeCount)
  private static let rhoForm = StudyForm<Double>.number(StudyBounds.rho, allowed: "a number above 0, at most 100")

  /// Reads a map of fields, and remembers each as `name`, `part` and the field.
  fileprivate init(_ node: StudyNode, _ name: String, _ part: String, _ settings: inout StudySettings)
    throws(StudyError)
  {
    self.init()
    settings.mark(name, part: part, node)
    for entry in try node.fields(["spacing", "first", "last", "count", "rho"], what: "a time grid") {
      settings.mark(name, part: "\(part).\(entry.key)", entry.value)
      switch entry.key {
      case "spacing": spacing = try StudyForm<Spacing>.word().read(entry.value)
      case "first": first = try StudyForm<Double>.positive.read(entry.value)
      case "last": last = try StudyForm<Double>.positive.read(entry.value)
      case "count": count = try Self.countForm.read(entry.value)
      default: rho = try Self.rhoForm.read(entry.value)
      }
    }
  }
}

extension TypedStudyKey where Value == [ProcessName: StudyTimes] {
  /// A time grid for every process, or one for each. A field that is missing is that of `standard`.
  ///
  /// `word` is what a study writes where the key is absent on purpose.
  static func times(
    _ name: String, standard text: String, word: String? = nil, field: StudyField<TimeGrid>,
    standard: @escaping @Sendable (ProcessName, StudySettings) -> TimeGrid, _ help: String
  ) -> TypedStudyKey {
    let fields = "a map of spacing, first, last, count, rho"
    let allowed = word.map { "\($0), or \(fields)" } ?? fields
    var key = StudyKey(
      name: name, short: nil, symbol: nil, isAxis: false, allowed: allowed, standard: text, help: help)
    key.read = { node, settings throws(StudyError) in
      if let word, case .scalar(let written, _) = node.content {
        if written == word { return }
        throw node.refused("is not a time grid", allowed: allowed)
      }
      settings[name, as: Value.self] = [:]
      settings.fill(name, try read(node, name, &settings))
    }
    key.check = { settings throws(StudyError) in
      for process in ProcessName.allCases {
        guard let problem = settings[name, as: Value.self]?[process]?.problem else { continue }
        throw settings.refused(
          name, part: "\(process.rawValue).\(problem.field ?? "")", value: problem.value, problem.text,
          allowed: problem.allowed)
      }
    }
    key.resolve = { settings throws(StudyError) in
      if word != nil && !settings.names(name) { return }
      settings.fill(name, try resolved(settings, name, standard))
    }
    key.text = { settings in
      guard let grids = settings[name, as: Value.self] else { return word }
      return StudyKey.keyed(
        (settings.process ?? []).compactMap { process in
          grids[process].map { (process.rawValue, $0.grid(over: StudyTimes.standard(of: process)).text) }
        })
    }
    key.choices = { settings in
      let grids = settings[name, as: Value.self] ?? [:]
      return [
        { configuration in
          let process = configuration.process
          if let times = grids[process] {
            field.put(times.grid(over: StudyTimes.standard(of: process)), &configuration)
          }
        }
      ]
    }
    key.problem = { field.take($0).flatMap { StudyTimes($0).problem } }
    key.columns = [
      StudyColumn(name: name) { field.take($0).map { .text($0.cell) } ?? word.map { .text($0) } ?? .null }
    ]
    return TypedStudyKey(key: key)
  }

  /// The grids of the study's processes, whole.
  private static func resolved(
    _ settings: StudySettings, _ name: String, _ standard: (ProcessName, StudySettings) -> TimeGrid
  ) throws(StudyError) -> Value {
    var grids: Value = [:]
    for process in settings.process ?? [] {
      let others = standard(process, settings)
      let grid = try settings[name, as: Value.self]?[process].map { times throws(StudyError) in
        try settings.grid(times, over: others, for: process, name)
      }
      grids[process] = StudyTimes(grid ?? others)
    }
    return grids
  }

  /// One time grid for every process, or a map from process names to grids.
  private static func read(
    _ node: StudyNode, _ name: String, _ settings: inout StudySettings
  ) throws(StudyError) -> Value {
    let names = ProcessName.allCases.map(\.rawValue)
    var times: Value = [:]
    guard case .map(let entries) = node.content, entries.contains(where: { names.contains($0.key) }) else {
      for process in ProcessName.allCases { times[process] = try StudyTimes(node, name, process.rawValue, &settings) }
      return times
    }
    for entry in try node.fields(names, what: "a map of time grids") {
      guard let process = ProcessName(rawValue: entry.key) else { continue }
      times[process] = try StudyTimes(entry.value, name, entry.key, &settings)
    }
    return times
  }
}

extension StudySettings {
  /// The grid that some fields make, inside the domain of its process and descending.
  fileprivate func grid(
    _ times: StudyTimes, over others: TimeGrid, for name: ProcessName, _ key: String
  ) throws(StudyError) -> TimeGrid {
    let (process, part) = (name.process, name.rawValue)
    let domain = "times from \(process.domain.lowerBound) to \(process.domain.upperBound)"
    for (field, time) in [("first", times.first), ("last", times.last)] {
      guard let time, !process.domain.contains(time) else { continue }
      throw refused(
        key, part: "\(part).\(field)", value: "\(time)", "is outside the domain of \(name.rawValue)", allowed: domain)
    }
    let isKarras = if case .karras = others.spacing { true } else { false }
    if let rho = times.rho, times.spacing.map({ $0 != .karras }) ?? !isKarras {
      throw refused(
        key, part: "\(part).rho", value: "\(rho)", "is given without karras",
        allowed: "rho together with spacing: karras")
    }
    let grid = times.grid(over: others)
    guard grid.first > grid.last else {
      let culprit = times.last.map { ("\(part).last", "\($0)") } ?? times.first.map { ("\(part).first", "\($0)") }
      throw refused(
        key, part: culprit?.0 ?? part, value: culprit?.1, "does not make the times descend",
        allowed: "first above last (first is \(grid.first), last is \(grid.last))")
    }
    let values = grid.times(of: process)
    guard zip(values, values.dropFirst()).allSatisfy({ $0 > $1 }), values.allSatisfy(process.domain.contains) else {
      throw refused(
        key, part: part, value: nil, "gives times that do not descend inside the domain of \(name.rawValue)",
        allowed: "\(domain), descending")
    }
    return grid
  }
}

extension TimeGrid {
  private var word: (spacing: String, rho: Double?) {
    switch spacing {
    case .uniform: ("uniform", nil)
    case .karras(let rho): ("karras", rho)
    case .logSNR: ("log-snr", nil)
    }
  }

  /// `{spacing: uniform, first: 0.999, last: 0.001, count: 26}`.
  fileprivate var text: String {
    let rho = word.rho.map { ", rho: \($0)" } ?? ""
    return "{spacing: \(word.spacing)\(rho), first: \(first), last: \(last), count: \(count)}"
  }

  /// `uniform first=0.999 last=0.001 count=26`.
  fileprivate var cell: String {
    "\(word.spacing)\(word.rho.map { " rho=\($0)" } ?? "") first=\(first) last=\(last) count=\(count)"
  }
}
