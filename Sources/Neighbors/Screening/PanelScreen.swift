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
    let work = Workspace(block: block, layout: layout)
    let rows = block.taskRange(task)
    var candidates = block.candidates(task, part: part, count: count, bound: bound)
    for place in places {
      fillSquares(task, block, panels, place, work)
      let first = (firstPanel + place) * NeighborPlan.panel
      let live = min(NeighborPlan.panel, reference.count - first)
      var row = 0
      while true {
        row = Int(
          vb_neighbor_filter(
            level, &candidates, Int64(row), Int64(rows.count), work.squares + row * NeighborPlan.panel,
            panels.sizes(place), panels.residuals(place), Int64(first), Int64(live), work.scratch))
        if row == rows.count { break }
        let measure = NeighborMeasure(
          layout: layout, metric: metric, level: level, reference: reference, queries: queries,
          row: block.rows.lowerBound + rows.lowerBound + row)
        block.countEarly(Int(candidates.used[row]), task: task, part: part)
        shrink(candidates, row: row, measure: measure)
      }
    }
  }

  /// Products of a task's rows with a panel, their sums over chunks and the squares, (rows, 64) each.
  private struct Workspace {
    private let buffer: AlignedBuffer
    private let area: Int

    init(block: QueryBlock, layout: NeighborLayout) {
      area = block.taskRows * NeighborPlan.panel
      buffer = AlignedBuffer(bytes: 4 * (3 * area + block.capacity))
    }

    func products<Value>(as type: Value.Type) -> UnsafeMutablePointer<Value> { buffer.values(type) }
    var sums: UnsafeMutablePointer<Float> { buffer.values(Float.self, at: 4 * area) }
    var squares: UnsafeMutablePointer<Float> { buffer.values(Float.self, at: 8 * area) }
    var scratch: UnsafeMutablePointer<Float> { buffer.values(Float.self, at: 12 * area) }
  }

  /// The squares of a task's rows against a panel.
  private func fillSquares(
    _ task: Int, _ block: QueryBlock, _ panels: ReferencePanels, _ place: Int, _ work: Workspace
  ) {
    let groups = Int64(block.taskRows / NeighborPlan.group)
    for (index, chunk) in layout.chunks.enumerated() {
      let words = UnsafeRawPointer(block.words(task, chunk))
      let panel = UnsafeRawPointer(panels.words(place) + chunk.wordsBefore * NeighborPlan.panel)
      if layout.scalar == .bytes {
        vb_neighbor_products_bytes(level, groups, Int64(chunk.words), words, panel, work.products(as: Int32.self))
        bytes(index, chunk, work, query: (block, task), reference: (panels, place))
      } else {
        let (products, add) = (work.products(as: Float.self), Int32(chunk.isFirst ? 0 : 1))
        if layout.form == .halves {
          vb_neighbor_products_halves(groups, Int64(chunk.words), words, panel, add, products)
        } else {
          vb_neighbor_products_floats(
            level, groups, Int64(chunk.words), words.assumingMemoryBound(to: Float.self),
            panel.assumingMemoryBound(to: Float.self), add, products)
        }
        if chunk.isLast { floats(chunk.tile, work, query: (block, task), reference: (panels, place)) }
      }
    }
  }

  /// Enters a finished tile of floats into the squares.
  private func floats(
    _ tile: Int, _ work: Workspace, query: (block: QueryBlock, task: Int),
    reference: (panels: ReferencePanels, place: Int)
  ) {
    let rows = query.block.taskRows
    vb_neighbor_squares_floats(
      level, Int64(rows), work.products(as: Float.self),
      Self.cast(query.block.terms(query.task) + tile * rows),
      Self.cast(reference.panels.terms(reference.place) + tile * NeighborPlan.panel), weight(tile), tile == 0 ? 1 : 0,
      work.squares)
  }

  /// Adds a chunk of bytes to the sums, and a finished tile to the squares.
  private func bytes(
    _ index: Int, _ chunk: NeighborLayout.Chunk, _ work: Workspace,
    query: (block: QueryBlock, task: Int), reference: (panels: ReferencePanels, place: Int)
  ) {
    let (rows, first) = (Int64(query.block.taskRows), Int32(chunk.isFirst ? 1 : 0))
    let products = work.products(as: Int32.self)
    let terms: UnsafePointer<Int32> = Self.cast(
      reference.panels.terms(reference.place) + index * NeighborPlan.panel)
    if metric == .cosine {
      vb_neighbor_dots_bytes(level, rows, products, terms, first, work.sums)
      guard chunk.isLast else { return }
      vb_neighbor_unit_squares(
        level, rows, work.sums, query.block.units(query.task), reference.panels.units(reference.place),
        work.squares)
      return
    }
    // Without tiles the sums are the squares.
    let sums = metric == .euclidean ? work.squares : work.sums
    vb_neighbor_squares_bytes(
      level, rows, products, Self.cast(query.block.terms(query.task) + index * query.block.taskRows), terms, first, sums
    )
    guard chunk.isLast, metric != .euclidean else { return }
    vb_neighbor_tile_max(level, rows, sums, weight(chunk.tile), chunk.tile == 0 ? 1 : 0, work.squares)
  }

  private func weight(_ tile: Int) -> Float { Float(1 / Double(layout.tileSizes(tile, metric))) }

  private static func cast<Value>(_ words: UnsafeMutablePointer<UInt32>) -> UnsafePointer<Value> {
    UnsafeRawPointer(words).assumingMemoryBound(to: Value.self)
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
