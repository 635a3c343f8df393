// SPDX-License-Identifier: MIT
internal import CKernels

/// The fast pass: products of a task's queries with panels, squares, and the filter into lists of candidates.
struct PanelScreen: Sendable {
  let level: Int32
  let layout: NeighborLayout
  let metric: NeighborMetric
  let bound: ErrorBound
  let preparer: RowPreparer
  let count: Int

  /// Screens the panels at `places`, the first of all places being panel `firstPanel` of the reference.
  func run(
    _ task: Int, part: Int, of block: QueryBlock, against panels: ReferencePanels, places: Range<Int>, firstPanel: Int,
    reference: PointRows, queries: PointRows
  ) {
    let area = block.taskRows * NeighborPlan.panel
    let buffer = AlignedBuffer(bytes: 4 * (3 * area + block.capacity))
    let workspace = Workspace(
      products: buffer.values(UInt32.self), sums: buffer.values(Float.self, at: 4 * area),
      squares: buffer.values(Float.self, at: 8 * area), scratch: buffer.values(Float.self, at: 12 * area))
    let rows = block.taskRange(task)
    var candidates = block.candidates(task, part: part, count: count, bound: bound)
    for place in places {
      let squares = squares(task, block, panels, place, workspace)
      let first = (firstPanel + place) * NeighborPlan.panel
      let live = min(NeighborPlan.panel, reference.count - first)
      var row = 0
      while true {
        row = Int(
          vb_neighbor_filter(
            level, &candidates, Int64(row), Int64(rows.count), squares + row * NeighborPlan.panel,
            panels.sizes(place), Int64(first), Int64(live), workspace.scratch))
        if row == rows.count { break }
        let measure = NeighborMeasure(
          layout: layout, metric: metric, level: level, reference: reference, queries: queries,
          row: block.rows.lowerBound + rows.lowerBound + row)
        shrink(candidates, row: row, measure: measure)
      }
    }
  }

  private struct Workspace {
    let products: UnsafeMutablePointer<UInt32>
    let sums, squares, scratch: UnsafeMutablePointer<Float>
  }

  /// The squares of a task's rows against a panel, (rows, 64).
  private func squares(
    _ task: Int, _ block: QueryBlock, _ panels: ReferencePanels, _ place: Int, _ workspace: Workspace
  ) -> UnsafeMutablePointer<Float> {
    for (index, chunk) in layout.chunks.enumerated() {
      let words = UnsafeRawPointer(block.words(task, chunk))
      let panel = UnsafeRawPointer(panels.words(place) + chunk.wordsBefore * NeighborPlan.panel)
      let groups = Int64(block.taskRows / NeighborPlan.group)
      if layout.scalar == .bytes {
        let products = UnsafeMutableRawPointer(workspace.products).assumingMemoryBound(to: Int32.self)
        vb_neighbor_products_bytes(level, groups, Int64(chunk.words), words, panel, products)
        bytes(index, chunk, block, task, panels, place, workspace)
      } else {
        let products = UnsafeMutableRawPointer(workspace.products).assumingMemoryBound(to: Float.self)
        vb_neighbor_products_floats(
          level, groups, Int64(chunk.words), words.assumingMemoryBound(to: Float.self),
          panel.assumingMemoryBound(to: Float.self), chunk.isFirst ? 0 : 1, products)
        guard chunk.isLast else { continue }
        let tile = chunk.tile
        vb_neighbor_squares_floats(
          level, Int64(block.taskRows), products, floats(block.terms(task) + tile * block.taskRows),
          floats(panels.terms(place) + tile * NeighborPlan.panel), weight(tile), tile == 0 ? 1 : 0, workspace.squares)
      }
    }
    return isPlainBytes ? workspace.sums : workspace.squares
  }

  /// Adds a chunk of bytes to the sums, and a finished tile to the squares.
  private func bytes(
    _ index: Int, _ chunk: NeighborLayout.Chunk, _ block: QueryBlock, _ task: Int, _ panels: ReferencePanels,
    _ place: Int, _ workspace: Workspace
  ) {
    let rows = Int64(block.taskRows)
    let products = ints(workspace.products)
    let reference = ints(panels.terms(place) + index * NeighborPlan.panel)
    let first: Int32 = chunk.isFirst ? 1 : 0
    if metric == .cosine {
      vb_neighbor_dots_bytes(level, rows, products, reference, first, workspace.sums)
      guard chunk.isLast else { return }
      vb_neighbor_unit_squares(
        level, rows, workspace.sums, block.units(task), panels.units(place), workspace.squares)
      return
    }
    let query = ints(block.terms(task) + index * block.taskRows)
    vb_neighbor_squares_bytes(level, rows, products, query, reference, first, workspace.sums)
    guard chunk.isLast, !isPlainBytes else { return }
    vb_neighbor_tile_max(
      level, rows, workspace.sums, weight(chunk.tile), chunk.tile == 0 ? 1 : 0, workspace.squares)
  }

  /// Whether the sums are the squares: bytes in one tile of weight 1.
  private var isPlainBytes: Bool { layout.scalar == .bytes && metric == .euclidean }

  private func weight(_ tile: Int) -> Float { Float(1 / Double(layout.tileSizes(tile, metric))) }

  private func ints(_ words: UnsafeMutablePointer<UInt32>) -> UnsafePointer<Int32> {
    UnsafeRawPointer(words).assumingMemoryBound(to: Int32.self)
  }

  private func floats(_ words: UnsafeMutablePointer<UInt32>) -> UnsafePointer<Float> {
    UnsafeRawPointer(words).assumingMemoryBound(to: Float.self)
  }

  /// Replaces a list that the bounds cannot shorten by its k nearest, measured: bounded memory, whatever the ties.
  private func shrink(_ candidates: vb_neighbor_candidates, row: Int, measure: NeighborMeasure) {
    var ranking = CandidateRanking()
    ranking.add(candidates, row: row, measure: measure)
    let kept = ranking.nearest(count)
    let start = row * Int(candidates.capacity)
    var threshold = candidates.threshold[row]
    for (place, entry) in kept.enumerated() {
      let bounds = bound.bounds(measured: preparer.square(entry.distance))
      candidates.low[start + place] = bounds.low
      candidates.up[start + place] = bounds.up
      candidates.index[start + place] = entry.index
      if place == count - 1 { threshold = min(threshold, bounds.up) }
    }
    candidates.used[row] = Int32(kept.count)
    candidates.threshold[row] = threshold
  }
}
