// SPDX-License-Identifier: MIT
internal import Foundation

/// JSON as run folders hold it: keys sorted, doubles in their shortest exact form, infinities and NaN as texts.
package enum StoreJSON {
  /// The canonical bytes of a value on one line.
  package static func encode(_ value: some Encodable) -> [UInt8] {
    encode(value, formatting: [.sortedKeys, .withoutEscapingSlashes])
  }

  /// The same on several lines, for people.
  package static func encodeForReading(_ value: some Encodable) -> [UInt8] {
    encode(value, formatting: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]) + [UInt8(ascii: "\n")]
  }

  private static func encode(_ value: some Encodable, formatting: JSONEncoder.OutputFormatting) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    // A diverged training may end in a number that JSON has no word for; it must not cost the record.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
    }
  }

  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(JSONProblem) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw JSONProblem(error)
    } catch {
      throw JSONProblem(description: "not readable as JSON")
    }
  }
}

/// A JSON object whose values are decoded in the order of their keys: of several wrong ones always the same is named.
package struct OrderedEntries<Value: Decodable>: Decodable {
  package let values: [String: Value]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    var values: [String: Value] = [:]
    for key in object.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
      values[key.stringValue] = try object.decode(Value.self, forKey: key)
    }
    self.values = values
  }
}

/// Why JSON could not be decoded, in a few words.
package struct JSONProblem: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) { self.description = description }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, _): description = "the key '\(key.stringValue)' is missing"
    case .typeMismatch(_, let context): description = "'\(Self.path(context))' has the wrong type"
    case .valueNotFound(_, let context): description = "'\(Self.path(context))' has no value"
    case .dataCorrupted(let context):
      description = context.codingPath.isEmpty ? "not valid JSON" : "'\(Self.path(context))' has a value not allowed"
    @unknown default: description = "not readable as JSON"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }
}
