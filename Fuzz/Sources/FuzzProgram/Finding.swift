// SPDX-License-Identifier: MIT

/// What must hold of any bytes; what does not ends the process, which libFuzzer reports.
enum Finding {
  static func require(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
  }

  /// One line that a terminal only shows.
  static func requireLine(_ line: String) {
    require(!line.isEmpty, "an error without words")
    for scalar in line.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: fatalError("an error with control characters: \(line)")
      default: break
      }
    }
  }

  /// Reads twice, which must give the same, and returns what was read; nil for an error, which must be one line.
  static func twice<Value>(
    _ read: () throws -> Value, same: (Value, Value) -> Bool
  ) -> Value? {
    let (first, second) = (Result { try read() }, Result { try read() })
    switch (first, second) {
    case (.success(let a), .success(let b)):
      require(same(a, b), "read twice: \(a) and \(b)")
      return a
    case (.failure(let a), .failure(let b)):
      require("\(a)" == "\(b)", "read twice: \(a) and \(b)")
      requireLine("\(a)")
      return nil
    default: fatalError("read twice: \(first) and \(second)")
    }
  }
}
