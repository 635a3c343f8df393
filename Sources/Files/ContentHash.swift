// SPDX-License-Identifier: MIT

/// The identity of a value: SHA-256 of its canonical JSON, the same in every process.
public enum ContentHash {
  /// 64 hexadecimal digits.
  public static func hex(of value: some Encodable) -> String {
    SHA256.hex([StoreJSON.encode(value)])
  }

  /// The first 16 digits: a run's identifier and file name. Among a million runs two agree with probability 3e-8.
  public static func identifier(of value: some Encodable) -> String {
    String(hex(of: value).prefix(16))
  }
}
