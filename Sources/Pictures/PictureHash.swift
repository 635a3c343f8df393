// SPDX-License-Identifier: MIT

/// SHA-256 of the values of a set, for the provenance of reports.
public final class PictureHash {
  private let hasher = SHA256Hasher()

  public init() {}

  public func update(_ bytes: [UInt8]) { hasher.update(bytes) }

  /// 64 hexadecimal digits of all that was given; once.
  public func hex() -> String { hasher.hex() }

  /// Of the pieces' concatenation.
  public static func hex(_ pieces: [[UInt8]]) -> String { SHA256Digest.hex(pieces) }
}
