// SPDX-License-Identifier: MIT

/// What a study says: a value for each key that it names, the others at their defaults.
///
/// Each key of `StudyKeys` is a property here, nil where the study does not name it:
///
///     var settings = StudySettings()
///     settings.samples = [50, 100]
///     settings.weight = .minSNR(limit: 5)
///     let study = try Study(settings, name: "weights")
///
/// Values are checked when a `Study` is made of them. Two settings are equal when their values are.
@dynamicMemberLookup
public struct StudySettings: Sendable {
  private var values: [String: any Hashable & Sendable] = [:]
  /// Where values were written, by key and part: `[1]` is the second of a list, `vp.first` a field.
  private var marks: [String: [String: Mark]] = [:]
  /// The whole study, for what concerns no single key.
  var location: StudyLocation

  /// A location and the text that stands there.
  private struct Mark { let location: StudyLocation, text: String }

  /// Nothing said: every key at its default.
  public init() { self.init(location: StudyLocation(source: "study")) }

  init(location: StudyLocation) { self.location = location }

  /// The value of a key; nil where the study does not name it.
  public subscript<Value>(key: TypedStudyKey<Value>) -> Value? {
    get { self[key.name, as: Value.self] }
    set { self[key.name, as: Value.self] = newValue }
  }

  /// The value of a key by its name: `settings.samples`; nil where the study does not name it.
  public subscript<Value>(dynamicMember path: KeyPath<StudyKeys.Type, TypedStudyKey<Value>>) -> Value? {
    get { self[StudyKeys.self[keyPath: path]] }
    set { self[StudyKeys.self[keyPath: path]] = newValue }
  }

  /// A value that is set anew forgets where the old one was written.
  subscript<Value: Hashable & Sendable>(name: String, as type: Value.Type) -> Value? {
    get { values[name] as? Value }
    set { (values[name], marks[name]) = (newValue, newValue == nil ? nil : [:]) }
  }

  /// Gives a key the value that is meant where the study does not name it.
  mutating func fill<Value: Hashable & Sendable>(_ name: String, _ value: Value) { values[name] = value }

  /// Whether the study names a key.
  func names(_ name: String) -> Bool { marks[name] != nil }

  /// Remembers where a value, or a part of it, was written.
  mutating func mark(_ name: String, part: String = "", _ node: StudyNode) {
    marks[name, default: [:]][part] = Mark(location: node.location, text: node.text)
  }

  /// The same settings without the memory of where they were written; defaults that were filled in count as named.
  var unmarked: StudySettings {
    var copy = StudySettings()
    (copy.values, copy.marks) = (values, values.mapValues { _ in [:] })
    return copy
  }

  /// The error that says why a value, or a part of it, cannot stand; `value` is for one that was not written as text.
  func refused(
    _ name: String, part: String = "", value: String?, _ problem: String, allowed: String?
  ) -> StudyError {
    let mark = marks[name]?[part] ?? (part.hasPrefix("[") ? marks[name]?[""] : nil)
    let field = part.isEmpty || part.hasPrefix("[") ? name : "\(name).\(part)"
    return StudyError(
      mark?.location ?? location.inside(field), value: value.map { mark?.text ?? $0 }, problem: problem,
      allowed: allowed)
  }

  /// The same, said of the whole study where it does not name the key.
  func refusedAsWhole(
    _ name: String, part: String = "", value: String? = nil, _ problem: String, allowed: String
  ) -> StudyError {
    guard names(name) else { return StudyError(location, problem: problem, allowed: allowed) }
    return refused(name, part: part, value: value, problem, allowed: allowed)
  }
}

extension StudySettings: Hashable {
  public static func == (a: StudySettings, b: StudySettings) -> Bool {
    a.values.mapValues { AnyHashable($0) } == b.values.mapValues { AnyHashable($0) }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(values.mapValues { AnyHashable($0) }) }
}
