// SPDX-License-Identifier: MIT

/// The release that this code belongs to.
public enum Release {
  /// Semantic version; the one place where it stands.
  public static let version = "0.1.0"
}
