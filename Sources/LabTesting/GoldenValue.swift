// SPDX-License-Identifier: MIT

/// A JSON value of a golden file. null stands for NaN among numbers.
public enum GoldenValue: Sendable, Equatable, Decodable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([GoldenValue])
  case object([String: GoldenValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([GoldenValue].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: GoldenValue].self) {
      self = .object(object)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else {
      self = .null
    }
  }

  /// All numbers inside, row-major; nil where something is no number.
  public var numbers: [Double]? {
    switch self {
    case .number(let number): return [number]
    case .null: return [.nan]
    case .list(let list):
      var all: [Double] = []
      for element in list {
        guard let numbers = element.numbers else { return nil }
        all.append(contentsOf: numbers)
      }
      return all
    case .flag, .text, .object: return nil
    }
  }
}
