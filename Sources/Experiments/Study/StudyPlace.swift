// SPDX-License-Identifier: MIT

/// Where a value of a study was written: file and line, or the command line, and its key.
public struct StudyPlace: Sendable, Hashable {
  /// The file as the user named it, or `command line`.
  public var source: String
  /// Counted from 1; nil on the command line and where a whole file is meant.
  public var line: Int?
  /// Dotted for nested values, such as `times.count`; empty where no key is meant.
  public var key: String

  public init(source: String, line: Int? = nil, key: String = "") {
    (self.source, self.line, self.key) = (source, line, key)
  }

  /// The source of everything given as `key=value`.
  public static let commandLine = "command line"

  /// The place of a value inside this one.
  func inside(_ key: String, line: Int? = nil) -> StudyPlace {
    StudyPlace(source: source, line: line ?? self.line, key: self.key.isEmpty ? key : self.key + "." + key)
  }
}

/// A decoded value with its place and the text it was written as.
struct StudyMarked<Value: Sendable>: Sendable {
  var value: Value
  var place: StudyPlace
  var text: String

  func with<Other>(_ other: Other) -> StudyMarked<Other> { .init(value: other, place: place, text: text) }

  /// The error that says why this value cannot stand.
  func refused(_ problem: String, allowed: String) -> StudyError {
    StudyError(place, value: text, problem: problem, allowed: allowed)
  }
}
