// SPDX-License-Identifier: MIT
internal import CKernels

/// Measures the candidates of a list and orders them by (distance, index).
struct CandidateRanking {
  struct Entry {
    let distance: Double
    let index: Int32
  }

  private var entries: [Entry] = []

  /// Enters the candidates of row `row` of some lists.
  mutating func add(_ candidates: vb_neighbor_candidates, row: Int, measure: NeighborMeasure) {
    let start = row * Int(candidates.capacity)
    let end = start + Int(candidates.used[row])
    for at in start..<end {
      let index = candidates.index[at]
      if at + 1 < end { measure.prefetch(Int(candidates.index[at + 1])) }
      entries.append(Entry(distance: measure.distance(Int(index)), index: index))
    }
  }

  /// The first `count` of them.
  func nearest(_ count: Int) -> ArraySlice<Entry> {
    entries.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(count)
  }
}
