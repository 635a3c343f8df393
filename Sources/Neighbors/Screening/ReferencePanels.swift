// SPDX-License-Identifier: MIT
internal import CKernels
internal import Kernels

/// Packed panels of 64 reference points each: words (words, 64), terms (terms, 64), sizes, units and residuals (64).
final class ReferencePanels: Sendable {
  private let layout: NeighborLayout
  private let panelBytes: Int
  private let memory: AlignedBuffer

  init(layout: NeighborLayout, plan: NeighborPlan) {
    (self.layout, panelBytes) = (layout, plan.panelBytes)
    memory = AlignedBuffer(bytes: plan.panels * plan.panelBytes)
  }

  /// Packs the reference's panels `panels` into places 0, 1, ...
  func fill(_ panels: Range<Int>, of reference: PointRows, preparer: RowPreparer, workers: Workers) {
    workers.run(panels.count) { [self] place in
      let scratch = PreparationScratch(
        layout: layout, rows: NeighborPlan.panel, converting: reference.scalar != layout.scalar)
      let first = (panels.lowerBound + place) * NeighborPlan.panel
      let live = min(NeighborPlan.panel, reference.count - first)
      let target = scratch.target(
        terms: terms(place), lanes: NeighborPlan.panel, sizes: sizes(place), units: units(place),
        residuals: residuals(place))
      for lane in live..<max(NeighborPlan.panel, live) {
        (target.sizes[lane], target.units[lane], target.residuals[lane]) = (0, 0, 0)
      }
      preparer.prepare(reference, first: first, count: live, side: .reference, into: target) { chunk in
        vb_neighbor_interleave(
          target.scratch, Int64(target.stride), Int64(live), Int64(NeighborPlan.panel), Int64(chunk.words),
          words(place) + chunk.wordsBefore * NeighborPlan.panel)
      }
    }
  }

  func words(_ place: Int) -> UnsafeMutablePointer<UInt32> { memory.values(UInt32.self, at: place * panelBytes) }
  func terms(_ place: Int) -> UnsafeMutablePointer<UInt32> { words(place) + NeighborPlan.panel * layout.words }
  func sizes(_ place: Int) -> UnsafeMutablePointer<Float> { lanes(place, after: layout.words + layout.terms) }
  func units(_ place: Int) -> UnsafeMutablePointer<Float> { lanes(place, after: layout.words + layout.terms + 1) }

  func residuals(_ place: Int) -> UnsafeMutablePointer<Float> { lanes(place, after: layout.words + layout.terms + 2) }

  private func lanes(_ place: Int, after rows: Int) -> UnsafeMutablePointer<Float> {
    memory.values(Float.self, at: place * panelBytes + 4 * NeighborPlan.panel * rows)
  }
}
