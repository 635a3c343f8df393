// SPDX-License-Identifier: MIT
internal import CKernels

/// How a search spends its memory: sizes of blocks. Results do not depend on them.
struct NeighborPlan: Sendable {
  static let panel = Int(VB_NEIGHBOR_PANEL)
  static let group = Int(VB_NEIGHBOR_GROUP)
  /// Most queries of one task.
  static let mostTaskRows = 240
  /// Bytes that a chunk of a task's queries may take of the second-level cache.
  static let cached = 400 << 10
  /// Panels between two looks at progress and cancellation.
  static let mostPanels = 1024

  /// Panels of the reference in memory at once; all of them if `isResident`.
  let panels: Int
  let isResident: Bool
  /// Queries in memory at once, and of one task.
  let queries, taskRows: Int
  let panelBytes: Int
  /// Candidates of one query: after a shrink to 2 k or so there is room for a panel.
  let capacity: Int

  init(
    layout: NeighborLayout, level: Int32, references: Int, count: Int, memory: Int, threads: Int
  ) throws(NeighborError) {
    capacity = 3 * count + 2 * Self.panel
    panelBytes = Self.panel * 4 * (layout.words + layout.terms + 3)
    let allPanels = max((references + Self.panel - 1) / Self.panel, 1)
    let queryBytes = Self.queryBytes(layout, level: level, capacity: capacity)
    let results = count * 12
    func taskBytes(_ rows: Int) -> Int {
      threads * (3 * rows * Self.panel * 4 + Self.panel * (layout.chunkWords * 4 + 128) + layout.dimension * 8)
    }
    let least = taskBytes(Self.group) + panelBytes + Self.group * (queryBytes + results)
    guard memory >= least else { throw .memory(given: memory, needed: least) }

    let affordable = memory / 4 / (threads * 3 * Self.panel * 4)
    let most = min(Self.mostTaskRows, Self.cached / (4 * layout.chunkWords), affordable)
    taskRows = max(most / Self.group * Self.group, Self.group)
    let free = memory - taskBytes(taskRows)
    isResident = allPanels * panelBytes <= free / 2
    let spare = max(free - Self.group * (queryBytes + results), panelBytes)
    panels = isResident ? allPanels : min(max(min(free / 4, spare) / panelBytes, 1), Self.mostPanels, allPanels)
    let rows = (memory - taskBytes(taskRows) - panels * panelBytes) / (queryBytes + results)
    queries = max(rows / Self.group * Self.group, Self.group)
  }

  /// Bytes of a packed query with its list of candidates.
  static func queryBytes(_ layout: NeighborLayout, level: Int32, capacity: Int) -> Int {
    let words = layout.scalar == .bytes ? Int(vb_neighbor_query_words(level)) : 1
    return 4 * (layout.words * words + layout.terms + 3) + stateBytes(capacity: capacity)
  }

  /// Bytes of a list of candidates: two bounds and an index each, and the list's size, threshold and exclusion.
  static func stateBytes(capacity: Int) -> Int { 12 * capacity + 12 }
}
