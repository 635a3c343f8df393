// SPDX-License-Identifier: MIT
internal import Foundation

/// The two outputs that every process has. Nothing is held back: what was written is out, or an error says why not.
public enum StandardOutput: Int32, Sendable {
  /// Descriptor 1.
  case output = 1
  /// Descriptor 2.
  case error = 2

  /// Throws `StoreError.system`: closed, full, or its reader is gone.
  public func write(_ bytes: [UInt8]) throws(StoreError) {
    let path = self == .output ? "standard output" : "standard error"
    try OpenFile.write(bytes, to: rawValue, path: path, action: "write")
  }
}
