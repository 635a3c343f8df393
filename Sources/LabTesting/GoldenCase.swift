// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Something that a golden file should hold and does not.
public struct GoldenError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// One case of a golden file: typed access by path, such as `item.matrix("expected", "x0")`.
public struct GoldenCase: Sendable, CustomStringConvertible {
  public let file: String
  public let name: String
  private let root: GoldenValue

  init(file: String, root: GoldenValue) throws {
    guard case .object(let members) = root, case .text(let name)? = members["name"] else {
      throw GoldenError("\(file): a case without a name")
    }
    (self.file, self.name, self.root) = (file, name, root)
  }

  public var description: String { "\(file)/\(name)" }

  public func has(_ path: String...) -> Bool { find(path) != nil }

  /// The value at a path; throws `GoldenError` naming file, case and path where there is none.
  public func value(_ path: String...) throws -> GoldenValue { try require(path) }

  /// The keys of the object at a path, sorted.
  public func keys(_ path: String...) throws -> [String] {
    guard case .object(let members) = try require(path) else { throw wrong(path, "an object") }
    return members.keys.sorted()
  }

  public func text(_ path: String...) throws -> String {
    guard case .text(let text) = try require(path) else { throw wrong(path, "a text") }
    return text
  }

  public func flag(_ path: String...) throws -> Bool {
    guard case .flag(let flag) = try require(path) else { throw wrong(path, "true or false") }
    return flag
  }

  /// A list of true and false.
  public func flags(_ path: String...) throws -> [Bool] {
    guard case .list(let list) = try require(path) else { throw wrong(path, "a list") }
    return try list.map {
      guard case .flag(let flag) = $0 else { throw wrong(path, "true or false in every place") }
      return flag
    }
  }

  /// A number; null is NaN.
  public func number(_ path: String...) throws -> Double {
    guard let numbers = try require(path).numbers, numbers.count == 1 else { throw wrong(path, "a number") }
    return numbers[0]
  }

  /// An integer.
  public func integer(_ path: String...) throws -> Int { try integer(number(path), path) }

  /// All integers at a path.
  public func integers(_ path: String...) throws -> [Int] { try numbers(path).map { try integer($0, path) } }

  /// All numbers at a path, row-major; null is NaN.
  public func vector(_ path: String...) throws -> [Double] { try numbers(path) }

  /// The first axis as rows, all others in one (an image is one row).
  public func matrix(_ path: String...) throws -> Matrix {
    guard case .list(let list) = try require(path) else { throw wrong(path, "a list") }
    let rows = list.compactMap(\.numbers)
    guard rows.count == list.count, let columns = rows.first?.count, rows.allSatisfy({ $0.count == columns }) else {
      throw wrong(path, "rows of equally many numbers")
    }
    return Matrix(rows)
  }

  /// A matrix per element of the first axis.
  public func matrices(_ path: String...) throws -> [Matrix] {
    guard case .list(let list) = try require(path) else { throw wrong(path, "a list") }
    return try list.map { element in
      guard case .list(let inner) = element else { throw wrong(path, "a list of matrices") }
      let rows = inner.compactMap(\.numbers)
      guard rows.count == inner.count, rows.allSatisfy({ $0.count == rows[0].count }) else {
        throw wrong(path, "rows of equally many numbers")
      }
      return Matrix(rows)
    }
  }

  /// The process named at `inputs/process`.
  public func process() throws -> any DiffusionProcess {
    let name = try text("inputs", "process")
    guard let process = ProcessName(rawValue: name) else { throw wrong(["inputs", "process"], "vp, ve or fm") }
    return process.process
  }

  // MARK: - Paths

  private func find(_ path: [String]) -> GoldenValue? {
    var value = root
    for key in path {
      guard case .object(let members) = value, let next = members[key] else { return nil }
      value = next
    }
    return value
  }

  private func require(_ path: [String]) throws -> GoldenValue {
    guard let value = find(path) else { throw GoldenError("\(self): nothing at \(path.joined(separator: "/"))") }
    return value
  }

  private func number(_ path: [String]) throws -> Double {
    guard let numbers = try require(path).numbers, numbers.count == 1 else { throw wrong(path, "a number") }
    return numbers[0]
  }

  private func numbers(_ path: [String]) throws -> [Double] {
    guard let numbers = try require(path).numbers else { throw wrong(path, "numbers") }
    return numbers
  }

  private func integer(_ number: Double, _ path: [String]) throws -> Int {
    guard let integer = Int(exactly: number) else { throw wrong(path, "an integer") }
    return integer
  }

  private func wrong(_ path: [String], _ expected: String) -> GoldenError {
    GoldenError("\(self): no \(expected) at \(path.joined(separator: "/"))")
  }
}
