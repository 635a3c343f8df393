// SPDX-License-Identifier: MIT
internal import CKernels
internal import Kernels

/// Packed queries with their lists of candidates, in tasks of some groups of 6.
///
/// Where there are fewer tasks than threads, the panels are split into parts and each part has lists of its own.
final class QueryBlock: Sendable {
  let rows: Range<Int>
  /// Queries of a task (a multiple of 6), tasks, parts of the panels.
  let taskRows, tasks, parts: Int
  let capacity: Int
  private let layout: NeighborLayout
  private let level: Int32
  private let queryWords: Int
  private let words, terms, sizes, units, residuals: AlignedBuffer
  private let low, up, index, used, threshold, excluded, early: AlignedBuffer

  init(rows: Range<Int>, layout: NeighborLayout, plan: NeighborPlan, level: Int32, threads: Int) {
    (self.rows, self.layout, self.level, capacity) = (rows, layout, level, plan.capacity)
    queryWords = layout.scalar == .bytes ? Int(vb_neighbor_query_words(level)) : 1
    (tasks, taskRows) = Self.split(rows.count, most: plan.taskRows, threads: threads)
    let padded = tasks * taskRows
    // Further parts only within the memory that the plan gave to queries.
    let spare = (plan.queries - padded) * NeighborPlan.queryBytes(layout, level: level, capacity: plan.capacity)
    let affordable = 1 + max(spare, 0) / (padded * NeighborPlan.stateBytes(capacity: plan.capacity))
    parts = tasks >= threads ? 1 : min((threads + tasks - 1) / tasks, affordable)
    words = AlignedBuffer(bytes: 4 * padded * layout.words * queryWords)
    terms = AlignedBuffer(bytes: 4 * padded * layout.terms)
    (sizes, units, residuals) = (
      AlignedBuffer(bytes: 4 * padded), AlignedBuffer(bytes: 4 * padded), AlignedBuffer(bytes: 4 * padded)
    )
    let lists = padded * parts
    (low, up, index) = (
      AlignedBuffer(bytes: 4 * lists * capacity), AlignedBuffer(bytes: 4 * lists * capacity),
      AlignedBuffer(bytes: 4 * lists * capacity)
    )
    early = AlignedBuffer(bytes: 8 * tasks * parts)
    (used, threshold, excluded) = (
      AlignedBuffer(bytes: 4 * lists), AlignedBuffer(bytes: 4 * lists), AlignedBuffer(bytes: 4 * lists)
    )
  }

  /// As many tasks as make all threads end together, of at most `most` queries each.
  private static func split(_ rows: Int, most: Int, threads: Int) -> (tasks: Int, taskRows: Int) {
    let rounds = (rows + most * threads - 1) / (most * threads)
    let wanted = (rows + rounds * threads - 1) / (rounds * threads)
    let taskRows = (wanted + NeighborPlan.group - 1) / NeighborPlan.group * NeighborPlan.group
    return ((rows + taskRows - 1) / taskRows, taskRows)
  }

  /// The queries of a task, from 0 on.
  func taskRange(_ task: Int) -> Range<Int> { task * taskRows..<min((task + 1) * taskRows, rows.count) }

  /// Packs the rows and empties the lists; `exclude` gives a reference that a row does not want, or -1.
  func fill(from queries: PointRows, preparer: RowPreparer, workers: Workers, exclude: @Sendable (Int) -> Int32) {
    for task in 0..<tasks * parts { early.values(Int.self)[task] = 0 }
    for list in 0..<tasks * taskRows * parts {
      let row = list % (tasks * taskRows)
      used.values(Int32.self)[list] = 0
      threshold.values(Float.self)[list] = .infinity
      excluded.values(Int32.self)[list] = row < rows.count ? exclude(rows.lowerBound + row) : -1
    }
    workers.run(tasks) { [self] task in fill(task, from: queries, preparer: preparer) }
  }

  private func fill(_ task: Int, from queries: PointRows, preparer: RowPreparer) {
    let scratch = PreparationScratch(
      layout: layout, rows: NeighborPlan.group, converting: queries.scalar != layout.scalar)
    let live = taskRange(task)
    for group in 0..<taskRows / NeighborPlan.group {
      let lane = group * NeighborPlan.group
      let count = max(min(NeighborPlan.group, live.count - lane), 0)
      let row = task * taskRows + lane
      let target = scratch.target(
        terms: terms(task) + lane, lanes: taskRows, sizes: sizes.values(Float.self) + row,
        units: units.values(Float.self) + row, residuals: residuals.values(Float.self) + row)
      preparer.prepare(
        queries, first: rows.lowerBound + row, count: count, side: .query, into: target
      ) { interleave($0, target, count: count, to: words(task, $0) + lane * $0.words * queryWords) }
    }
  }

  private func interleave(
    _ chunk: NeighborLayout.Chunk, _ rows: PreparedRows, count: Int, to out: UnsafeMutablePointer<UInt32>
  ) {
    if layout.scalar == .bytes {
      vb_neighbor_interleave_bytes(level, rows.scratch, Int64(rows.stride), Int64(count), Int64(chunk.words), out)
    } else {
      vb_neighbor_interleave(
        rows.scratch, Int64(rows.stride), Int64(count), Int64(NeighborPlan.group), Int64(chunk.words), out)
    }
  }

  /// Counts candidates that were measured before the end, because the bounds could not tell them apart.
  func countEarly(_ measured: Int, task: Int, part: Int) { early.values(Int.self)[part * tasks + task] += measured }
  var measuredEarly: Int { (0..<tasks * parts).reduce(0) { $0 + early.values(Int.self)[$1] } }

  /// A task's words of one chunk: groups of (words, 6).
  func words(_ task: Int, _ chunk: NeighborLayout.Chunk) -> UnsafeMutablePointer<UInt32> {
    words.values(UInt32.self) + taskRows * queryWords * (task * layout.words + chunk.wordsBefore)
  }

  /// A task's terms, (terms, rows of a task).
  func terms(_ task: Int) -> UnsafeMutablePointer<UInt32> {
    terms.values(UInt32.self) + task * taskRows * layout.terms
  }

  func units(_ task: Int) -> UnsafeMutablePointer<Float> { units.values(Float.self) + task * taskRows }

  /// The lists of a task's queries in one part.
  func candidates(_ task: Int, part: Int, count: Int, bound: ErrorBound) -> vb_neighbor_candidates {
    let list = (part * tasks + task) * taskRows
    return vb_neighbor_candidates(
      capacity: Int64(capacity), count: Int64(count), relative: bound.relative, factor: bound.factor,
      absolute: bound.absolute, low: low.values(Float.self) + list * capacity,
      up: up.values(Float.self) + list * capacity, index: index.values(Int32.self) + list * capacity,
      used: used.values(Int32.self) + list, threshold: threshold.values(Float.self) + list,
      excluded: excluded.values(Int32.self) + list, size: sizes.values(Float.self) + task * taskRows,
      residual: residuals.values(Float.self) + task * taskRows)
  }
}
