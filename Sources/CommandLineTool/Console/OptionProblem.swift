// SPDX-License-Identifier: MIT
import ArgumentParser
import Foundation

/// Options that are wrong, in one line.
enum OptionProblem {
  /// Runs what checks settings and says which option a complaint is about: a library names a value as its program does,
  /// `maxRatio`, the command line `--max-ratio`.
  static func naming<Value, Problem: Error & CustomStringConvertible>(
    _ make: () throws(Problem) -> Value
  ) throws -> Value {
    do throws(Problem) { return try make() } catch {
      let name = error.description.prefix { $0 != ":" }
      let words = name.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
      throw ValidationError("--" + words + error.description.dropFirst(name.count))
    }
  }

  /// Refuses the first option of a list that was given although it can have no effect; nil: they have one.
  static func refuse(_ options: [(name: String, isGiven: Bool)], _ why: String?) throws {
    if let why, let idle = options.first(where: \.isGiven) { throw ValidationError("\(idle.name): \(why)") }
  }
}
