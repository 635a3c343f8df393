// SPDX-License-Identifier: MIT
internal import Foundation
internal import Neighbors

/// What an audit needs beside the memory of its searches: tables and samples, which grow with what is audited.
public enum AuditMemory {
  /// Bytes of the results of one space, about: k neighbours of every sample, held-out point and compared training
  /// point, and what is said of each.
  public static func results(_ space: AuditSpace, _ settings: AuditSettings) -> Int {
    let (n, h) = (space.generated.count, space.holdout?.count ?? 0)
    let compared = min(space.train.count, min(settings.background, space.train.count) + n + h)
    let tables = (n + h) * (space.picture == nil ? 1 : 2) + compared
    let neighbors = min(settings.neighbors, space.train.count)
    return tables * neighbors * 12 + (n + h + compared) * MemoryLayout<AuditSample>.stride + 2 * n * 12
  }

  /// A warning where the results take more than `memory`, nil where not. Throws `AuditError` where the machine has not
  /// as much.
  public static func check(
    _ spaces: [AuditSpace], _ settings: AuditSettings, memory: Int,
    machine: UInt64? = nil
  ) throws(AuditError) -> String? {
    let machine = machine ?? ProcessInfo.processInfo.physicalMemory
    let needed = spaces.reduce(0) { $0 + results($1, settings) }
    guard UInt64(needed) <= machine else {
      throw AuditError(
        "the results of this audit need about \(text(needed)), but this machine has \(text(Int(clamping: machine))): "
          + "audit fewer samples, or lower --neighbors (\(settings.neighbors)) and --background")
    }
    guard needed > memory else { return nil }
    return
      "--memory: \(text(memory)) is only for the searches; the results of this audit need about \(text(needed)) more"
  }

  private static func text(_ bytes: Int) -> String {
    bytes < 1 << 30
      ? String(format: "%.0f MB", Double(bytes) / 0x1p20) : String(format: "%.1f GB", Double(bytes) / 0x1p30)
  }
}
