// SPDX-License-Identifier: MIT
internal import Foundation

/// Documents of this module, and any other value, as the program prints them with `--json`.
public enum JSONDocument {
  /// One line of UTF-8 without its end: keys sorted; what JSON has no number for is a text, as in the files.
  ///
  /// Throws `EncodingError` for a value that cannot be encoded; the documents of this module can.
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array(try encoder.encode(value))
  }
}
