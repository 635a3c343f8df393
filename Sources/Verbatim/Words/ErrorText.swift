// SPDX-License-Identifier: MIT
internal import Foundation

/// Errors in words.
public enum ErrorText {
  /// What an error says; those of Foundation would print as dictionaries.
  public static func of(_ error: any Error) -> String {
    let words = "\(error)"
    guard error is CocoaError || error is POSIXError || words.contains("Error Domain=") else { return words }
    let path = (error as? CocoaError).flatMap { $0.filePath ?? $0.url?.path }
    return (path.map { "\($0): " } ?? "") + error.localizedDescription
  }
}
