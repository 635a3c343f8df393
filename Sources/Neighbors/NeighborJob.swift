// SPDX-License-Identifier: MIT
internal import CKernels
internal import Foundation
internal import Kernels

/// One run of a search over blocks of queries, while both sets are borrowed.
struct NeighborJob: Sendable {
  let plan: NeighborPlan
  private let reference, queries: PointRows
  private let excluding: [Int]?
  private let workers: Workers
  private let layout: NeighborLayout
  private let screen: PanelScreen
  /// Neighbours of each row.
  private let columns: Int

  init(
    search: NeighborSearch, reference: PointRows, queries: PointRows, excluding: [Int]?, form: NeighborLayout.Form
  ) throws {
    (self.reference, self.queries, self.excluding, workers) = (reference, queries, excluding, search.workers)
    layout = NeighborLayout(dimension: reference.dimension, metric: search.metric, form: form)
    columns = max(min(search.count, reference.count - (excluding == nil ? 0 : 1)), 0)
    plan = try NeighborPlan(
      layout: layout, level: search.level, references: reference.count, count: columns, memory: search.memory,
      threads: search.workers.threads)
    let preparer = RowPreparer(layout: layout, metric: search.metric, level: search.level, reference: reference)
    screen = PanelScreen(
      level: search.level, layout: layout, metric: search.metric,
      bound: ErrorBound(layout: layout, metric: search.metric), preparer: preparer, count: columns)
  }

  /// Rows of a block where packing the reference again costs nothing: a few tasks per thread.
  var preferredRows: Int { plan.isResident ? 16 * NeighborPlan.mostTaskRows * workers.threads : .max }

  func run(
    _ blocks: [Range<Int>], progress: (NeighborProgress) -> Void, isCancelled: () -> Bool,
    store: (NeighborTable) throws -> Void
  ) throws -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    let total = blocks.reduce(0) { $0 + $1.count } * reference.count
    var done = 0
    let panels = ReferencePanels(layout: layout, plan: plan)
    if plan.isResident { fill(panels, 0..<allPanels) }
    for block in blocks {
      if columns == 0 {
        try store(NeighborTable(rows: block, count: 0, indices: [], distances: []))
        continue
      }
      let lists = lists(block)
      for stretch in stretches {
        if isCancelled() { return false }
        if !plan.isResident { fill(panels, stretch) }
        sweep(lists, panels, stretch)
        let end = min(stretch.upperBound * NeighborPlan.panel, reference.count)
        done += block.count * (end - stretch.lowerBound * NeighborPlan.panel)
        progress(NeighborProgress(done: done, total: total, seconds: (clock.now - start) / .seconds(1)))
      }
      try store(table(lists))
    }
    return true
  }

  /// How many candidates per row are measured, for some blocks.
  func measured(_ blocks: [Range<Int>]) -> Double {
    let panels = ReferencePanels(layout: layout, plan: plan)
    var total = 0
    for block in blocks {
      let lists = lists(block)
      for stretch in stretches {
        fill(panels, stretch)
        workers.run(lists.tasks * lists.parts) {
          sweep($0, lists, panels, 0..<stretch.count, firstPanel: stretch.lowerBound)
        }
      }
      for row in 0..<block.count { total += candidates(lists, row).reduce(0) { $0 + Int($1.list.used[$1.row]) } }
      total += lists.measuredEarly
    }
    return Double(total) / Double(max(blocks.reduce(0) { $0 + $1.count }, 1))
  }

  /// A block's packed queries, with empty lists.
  private func lists(_ block: Range<Int>) -> QueryBlock {
    let lists = QueryBlock(rows: block, layout: layout, plan: plan, level: screen.level, threads: workers.threads)
    lists.fill(from: queries, preparer: screen.preparer, workers: workers) { [excluding] row in
      excluding.map { Int32(clamping: max($0[row], -1)) } ?? -1
    }
    return lists
  }

  private var allPanels: Int { (reference.count + NeighborPlan.panel - 1) / NeighborPlan.panel }

  private var stretches: [Range<Int>] {
    let step = min(plan.panels, NeighborPlan.mostPanels)
    return stride(from: 0, to: allPanels, by: step).map { $0..<min($0 + step, allPanels) }
  }

  private func fill(_ panels: ReferencePanels, _ range: Range<Int>) {
    panels.fill(range, of: reference, preparer: screen.preparer, workers: workers)
  }

  /// All tasks against a stretch of panels.
  private func sweep(_ lists: QueryBlock, _ panels: ReferencePanels, _ stretch: Range<Int>) {
    let places = plan.isResident ? stretch : 0..<stretch.count
    let firstPanel = plan.isResident ? 0 : stretch.lowerBound
    workers.run(lists.tasks * lists.parts) { sweep($0, lists, panels, places, firstPanel: firstPanel) }
  }

  /// One task of one part of the panels at `places`, the first of all places being panel `firstPanel`.
  private func sweep(
    _ index: Int, _ lists: QueryBlock, _ panels: ReferencePanels, _ places: Range<Int>, firstPanel: Int
  ) {
    let (part, task) = index.quotientAndRemainder(dividingBy: lists.tasks)
    let share = part * places.count / lists.parts..<(part + 1) * places.count / lists.parts
    screen.run(
      task, part: part, of: lists, against: panels,
      places: places.lowerBound + share.lowerBound..<places.lowerBound + share.upperBound, firstPanel: firstPanel,
      reference: reference, queries: queries)
  }

  /// Measures what is left in the lists.
  private func table(_ lists: QueryBlock) -> NeighborTable {
    let pieces = workers.map((lists.rows.count + 7) / 8) { piece in
      (piece * 8..<min(piece * 8 + 8, lists.rows.count)).flatMap { nearest(lists, $0) }
    }
    let entries = pieces.flatMap { $0 }
    return NeighborTable(
      rows: lists.rows, count: columns, indices: entries.map(\.index), distances: entries.map(\.distance))
  }

  private func nearest(_ lists: QueryBlock, _ row: Int) -> ArraySlice<CandidateRanking.Entry> {
    let measure = NeighborMeasure(
      layout: layout, metric: screen.metric, level: screen.level, reference: reference, queries: queries,
      row: lists.rows.lowerBound + row)
    var ranking = CandidateRanking()
    for candidates in candidates(lists, row) { ranking.add(candidates.list, row: candidates.row, measure: measure) }
    return ranking.nearest(columns)
  }

  /// A query's lists, one per part, without what the bounds exclude.
  private func candidates(_ lists: QueryBlock, _ row: Int) -> [(list: vb_neighbor_candidates, row: Int)] {
    let (task, place) = row.quotientAndRemainder(dividingBy: lists.taskRows)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: lists.capacity) { scratch in
      (0..<lists.parts).map { part in
        var list = lists.candidates(task, part: part, count: columns, bound: screen.bound)
        _ = vb_neighbor_shrink(screen.level, &list, Int64(place), scratch.baseAddress)
        return (list, place)
      }
    }
  }
}
