// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Neighbors
import Testing

struct IndependenceTests {
  static let metrics: [NeighborMetric] = [
    .euclidean, .cosine, .tiled(height: 10, width: 10, channels: 3, tileRows: 3, tileColumns: 2),
  ]

  @Test(
    arguments: PointSet.Scalar.allCases,
    IndependenceTests.metrics)
  func `bits do not depend on memory, threads or blocks`(scalar: PointSet.Scalar, metric: NeighborMetric) throws {
    let x = Points.set(scalar, 101, 300, seed: 40)
    let y = Points.set(scalar, 1001, 300, seed: 41)
    let expected = NaiveNeighbors.table(x, in: y, metric, count: 50)
    for (threads, memory) in [(1, 1 << 30), (1, 400_000), (2, 1_500_000), (3, 800_000), (5, 1 << 26)] {
      let search = try NeighborSearch(
        reference: y, metric: metric, count: 50, memory: memory, workers: Workers(threads: threads),
        instructions: threads == 2 ? nil : Points.levels.last)
      #expect(try search.neighbors(of: x) == expected, "\(threads) threads, \(memory) bytes")
      for block in [1, 7, 100] {
        var tables: [NeighborTable] = []
        try search.run(x, blockRows: block) { tables.append($0) }
        #expect(tables.flatMap(\.indices) == expected.indices)
        #expect(tables.flatMap(\.distances) == expected.distances)
        #expect(tables.allSatisfy { $0.rows.count <= block })
      }
    }
  }

  @Test func `one query is shared by the threads and has the same neighbours`() throws {
    let x = Points.set(.floats, 1, 70, seed: 42)
    let y = Points.set(.floats, 5000, 70, seed: 43)
    let expected = NaiveNeighbors.table(x, in: y, .euclidean, count: 50)
    for threads in [1, 4] {
      let search = try NeighborSearch(reference: y, count: 50, workers: Workers(threads: threads))
      #expect(try search.neighbors(of: x) == expected)
    }
  }

  @Test func `a memory too small for anything is refused, with what is needed`() throws {
    let y = Points.set(.bytes, 500, 300, seed: 44)
    let search = try NeighborSearch(reference: y, count: 50, memory: 1000)
    let error = #expect(throws: NeighborError.self) { try search.neighbors(of: y) }
    guard case .memory(given: 1000, let needed) = error else { Issue.record("\(String(describing: error))"); return }
    let enough = try NeighborSearch(reference: y, count: 50, memory: needed)
    #expect(try enough.neighbors(of: y, rows: 7..<30).indices.count == 23 * 50)
  }

  @Test func `a search that is stopped goes on with the rows that are left`() throws {
    let x = Points.set(.bytes, 90, 64, seed: 45)
    let y = Points.set(.bytes, 300, 64, seed: 46)
    let search = try NeighborSearch(reference: y, count: 10, workers: Workers(threads: 2))
    let whole = try search.neighbors(of: x)
    var tables: [NeighborTable] = []
    let stopped = try !search.run(x, blockRows: 20, isCancelled: { tables.count == 2 }) { tables.append($0) }
    #expect(stopped)
    #expect(tables.count == 2)
    let finished = tables.map(\.rows) + [70..<75]
    var last: NeighborProgress?
    let done = try search.run(x, finished: finished, blockRows: 13, progress: { last = $0 }) { tables.append($0) }
    #expect(done)
    #expect(!tables.dropFirst(2).contains { table in finished.contains { $0.overlaps(table.rows) } })
    let left = 90 - finished.reduce(0) { $0 + $1.count }
    #expect(last?.done == left * 300 && last?.total == left * 300 && last?.secondsLeft == 0)
    #expect(tables.reduce(0) { $0 + $1.rows.count } == 85)
    for table in tables {
      for row in table.rows {
        #expect(table.neighbors(row).map(\.index) == whole.neighbors(row).map(\.index))
        #expect(table.neighbors(row).map(\.distance) == whole.neighbors(row).map(\.distance))
      }
    }
  }
}
