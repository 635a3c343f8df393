// SPDX-License-Identifier: MIT
internal import CKernels
internal import Foundation
public import Kernels

/// Exact nearest neighbours among a set of points.
///
/// A fast pass of packed products screens all pairs with rigorous bounds (`ErrorBound`); what the bounds leave is
/// measured by direct differences (`NeighborMeasure`) and ordered by (distance, index). Results are exact and do not
/// depend on memory, blocks, threads or instruction set. Cost n N d multiplications for n queries among N points,
/// four to an instruction lane for bytes against bytes.
///
/// Values must be finite (`PointSet.firstNonFinite`): what is not a number counts as infinitely far.
public final class NeighborSearch: Sendable {
  /// The points among which neighbours are sought, shape (N, d).
  public let reference: PointSet
  /// How distances are measured.
  public let metric: NeighborMetric
  /// k, at most the number of reference points.
  public let count: Int
  let memory: Int
  let workers: Workers
  let level: Int32

  /// Whether the level was chosen by the caller: then floats are screened as halves at level 6, whatever it takes.
  let isForced: Bool

  /// `memory`: bytes for packed blocks and lists of candidates; the sets and the tables are not counted.
  /// Errors: shapes that do not fit the metric, k < 1, more than 2^31 - 1 points.
  public convenience init(
    reference: PointSet, metric: NeighborMetric = .euclidean, count: Int, memory: Int = 1 << 30,
    workers: Workers = .serial
  ) throws {
    try self.init(
      reference: reference, metric: metric, count: count, memory: memory, workers: workers, instructions: nil)
  }

  /// `instructions`: the level of the kernels (neighbors.h), nil for the machine's best; for tests.
  package init(
    reference: PointSet, metric: NeighborMetric = .euclidean, count: Int, memory: Int = 1 << 30,
    workers: Workers = .serial, instructions: Int32?
  ) throws {
    try metric.check(dimension: reference.dimension)
    guard count >= 1 else { throw NeighborError.shape("\(count) neighbours") }
    guard reference.count < Int(Int32.max) else { throw NeighborError.shape("\(reference.count) reference points") }
    (self.reference, self.metric, self.memory, self.workers) = (reference, metric, memory, workers)
    self.count = min(count, reference.count)
    level = min(instructions ?? vb_neighbor_level(), vb_neighbor_level())
    isForced = instructions != nil
  }

  /// The neighbours of some rows of the queries (all by default).
  ///
  /// `excluding` gives for each row of the queries a row of the reference that is not its neighbour, such as itself
  /// (negative: none); the table then has at most N - 1 columns.
  /// Errors: another dimension, too little memory.
  public func neighbors(of queries: PointSet, rows: Range<Int>? = nil, excluding: [Int]? = nil) throws -> NeighborTable
  {
    let rows = rows ?? 0..<queries.count
    var indices: [Int32] = []
    var distances: [Double] = []
    var columns = 0
    try run(queries, rows: rows, excluding: excluding) { table in
      indices += table.indices
      distances += table.distances
      columns = table.count
    }
    return NeighborTable(rows: rows, count: columns, indices: indices, distances: distances)
  }

  /// Searches block by block and hands each finished block to `store`; returns false if `isCancelled` said so.
  ///
  /// Rows in `finished` are skipped, so that a search that was stopped goes on where it was. `blockRows` is the most
  /// rows of a block, by default as many as memory and progress allow; blocks come in the order of the rows, and no
  /// number depends on them. After each stretch of at most 65,536 reference points `progress` is told, and
  /// `isCancelled` asked.
  @discardableResult
  public func run(
    _ queries: PointSet, rows: Range<Int>? = nil, excluding: [Int]? = nil, finished: [Range<Int>] = [],
    blockRows: Int? = nil, progress: (NeighborProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false },
    store: (NeighborTable) throws -> Void
  ) throws -> Bool {
    let rows = rows ?? 0..<queries.count
    try check(queries, rows: rows, excluding: excluding, blockRows: blockRows)
    return try reference.withRows { reference in
      try queries.withRows { queries in
        let form = try HalvesPilot.form(search: self, reference: reference, queries: queries, rows: rows)
        let job = try NeighborJob(
          search: self, reference: reference, queries: queries, excluding: excluding, form: form)
        let blocks = BlockList.blocks(
          rows, without: finished, most: min(blockRows ?? .max, job.plan.queries, job.preferredRows))
        return try job.run(blocks, progress: progress, isCancelled: isCancelled, store: store)
      }
    }
  }

  private func check(_ queries: PointSet, rows: Range<Int>, excluding: [Int]?, blockRows: Int?) throws(NeighborError) {
    guard queries.dimension == reference.dimension else {
      throw .shape("queries of \(queries.dimension) values, reference of \(reference.dimension)")
    }
    guard rows.lowerBound >= 0, rows.upperBound <= queries.count else {
      throw .shape("rows \(rows) of \(queries.count) queries")
    }
    if let excluding, excluding.count != queries.count {
      throw .shape("\(excluding.count) excluded points for \(queries.count) queries")
    }
    if let blockRows, blockRows < 1 { throw .shape("blocks of \(blockRows) rows") }
  }
}
