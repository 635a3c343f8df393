// SPDX-License-Identifier: MIT

/// Where a value of a study was written: file and line, or the command line, and its key.
public struct StudyLocation: Sendable, Hashable {
  /// The file as the user named it, `command line`, or `study` for one that a program builds.
  public var source: String
  /// Counted from 1; nil on the command line and where a whole file is meant.
  public var line: Int?
  /// Dotted for nested values, such as `times.count`; empty where no key is meant.
  public var key: String

  /// A place in `source`; `key` empty means all of it.
  public init(source: String, line: Int? = nil, key: String = "") {
    (self.source, self.line, self.key) = (source, line, key)
  }

  /// The source of everything given as `key=value`.
  public static let commandLine = "command line"

  /// The location of a value inside this one.
  func inside(_ key: String, line: Int? = nil) -> StudyLocation {
    StudyLocation(source: source, line: line ?? self.line, key: self.key.isEmpty ? key : self.key + "." + key)
  }
}
