// SPDX-License-Identifier: MIT

/// The program.
public enum Verbatim {
  /// Semantic version; the one place where it stands.
  public static let version = "0.1.0"
}
