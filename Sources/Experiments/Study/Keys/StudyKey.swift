// SPDX-License-Identifier: MIT
public import Files

/// One key of a study and everything that the program knows of it: how it is read, checked and written, its default,
/// the field of `Configuration` that it sets, and its columns in tables.
///
/// `StudyKeys` has them all; `Documentation/Studies.md` describes them, and a test compares the two.
public struct StudyKey: Sendable {
  /// The word in a study, such as `samples`.
  public let name: String
  /// The short word on a command line, such as `N`; nil where there is none.
  public let short: String?
  /// The symbol in the paper, such as `sigma_*^2`; nil where there is none.
  public let symbol: String?
  /// Whether it takes a list, which makes it an axis of the grid.
  public let isAxis: Bool
  /// The values that it takes, as errors name them.
  public let allowed: String
  /// Its default as people write it, such as `1/3`.
  public let standard: String
  /// What it means, in one line.
  public let help: String
  /// Its columns in the tables of a run folder; none for what is the same in all their rows.
  public internal(set) var columns: [StudyColumn] = []

  /// Puts what a node says into settings.
  var read: @Sendable (StudyNode, inout StudySettings) throws(StudyError) -> Void = { _, _ in }
  /// Checks the value by itself.
  var check: @Sendable (StudySettings) throws(StudyError) -> Void = { _ in }
  /// Fills in the default; the keys before this one have theirs.
  var resolve: @Sendable (inout StudySettings) throws(StudyError) -> Void = { _ in }
  /// Checks the value against those of other keys, all of them filled in.
  var agree: @Sendable (StudySettings, ModelFamilies) throws(StudyError) -> Void = { _, _ in }
  /// The YAML of the value; nil where the key has no line.
  var text: @Sendable (StudySettings) -> String? = { _ in nil }
  /// What each value of the key changes in a configuration: several for an axis, else one.
  var choices: @Sendable (StudySettings) -> [@Sendable (inout Configuration) -> Void] = { _ in [{ _ in }] }
  /// What is wrong with the value that a configuration has.
  var problem: @Sendable (Configuration) -> StudyProblem? = { _ in nil }

  /// What is wrong with this key's value in settings that were read from a file: `samples: '1' is out of range`.
  public func problem(in configuration: Configuration) -> String? {
    problem(configuration).map { problem in
      "\(name)\(problem.field.map { "." + $0 } ?? ""): '\(problem.value)' is out of range"
    }
  }
}

/// A column of a table that shows a setting.
public struct StudyColumn: Sendable {
  /// The column's heading.
  public let name: String
  /// What stands in the row of a run with that configuration.
  public let cell: @Sendable (Configuration) -> CSVValue
}

/// A key with the type of its values.
public struct TypedStudyKey<Value: Hashable & Sendable>: Sendable {
  /// The same without the type.
  public internal(set) var key: StudyKey
  /// The word in a study, such as `samples`.
  public var name: String { key.name }
  /// What it means, in one line.
  public var help: String { key.help }

  /// The same key with something of it changed.
  func with(_ change: (inout StudyKey) -> Void) -> TypedStudyKey {
    var copy = self
    change(&copy.key)
    return copy
  }
}

/// What a key means where a study does not name it.
struct StudyDefault<Value: Sendable>: Sendable {
  /// As people write it; nil is the YAML of the value.
  let text: String?
  let value: @Sendable (StudySettings) -> Value?

  static func value(_ value: Value, _ text: String? = nil) -> StudyDefault {
    StudyDefault(text: text) { _ in value }
  }

  /// A default that other keys decide.
  static func from(_ text: String, _ value: @escaping @Sendable (StudySettings) -> Value?) -> StudyDefault {
    StudyDefault(text: text, value: value)
  }

  /// The key stays without a value, which the word says.
  static func absent(_ text: String) -> StudyDefault { StudyDefault(text: text) { _ in nil } }
}

/// The field of a configuration that a key sets.
struct StudyField<Value: Sendable>: Sendable {
  let take: @Sendable (Configuration) -> Value?
  let put: @Sendable (Value, inout Configuration) -> Void

  init(_ path: any WritableKeyPath<Configuration, Value> & Sendable) {
    take = { $0[keyPath: path] }
    put = { $1[keyPath: path] = $0 }
  }

  init(optional path: any WritableKeyPath<Configuration, Value?> & Sendable) {
    take = { $0[keyPath: path] }
    put = { $1[keyPath: path] = $0 }
  }
}
