// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Neighbors

/// Exact nearest neighbours, 10,000 queries among 50,000 points of 3,072 values, k = 50, all cores, against faiss.
///
/// Rounds alternate between Verbatim and the peer; times are medians of the rounds. Verbatim's time is of the whole
/// search, packing included; the peer's of `search` alone, `add` apart. VERBATIM_NEIGHBORS=0.1 makes a tenth of the job.
enum NeighborsBenchmark {
  static let count = 50
  static let rounds = 3
  static let nearCopies = 500

  static func run() throws {
    let share = ProcessInfo.processInfo.environment["VERBATIM_NEIGHBORS"].flatMap(Double.init) ?? 1
    let (references, queries) = (Int(50_000 * share), Int(10_000 * share))
    print("\nnearest neighbours (\(queries) x \(references) x \(SmoothPictures.dimension), k=\(count))")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("neighbors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let workers = Workers(threads: ProcessInfo.processInfo.activeProcessorCount)
    let reference = SmoothPictures.make(references, seed: 1, workers: workers)
    var wanted = SmoothPictures.make(queries, seed: 2, workers: workers)
    plantNearCopies(of: reference, in: &wanted)

    let peer = NeighborsPeer(folder: folder)
    try peer.write(reference, "reference", "float32")
    try peer.write(wanted, "queries", "float32")
    let dimension = SmoothPictures.dimension
    try measure(
      "floats", .init(floats: reference, dimension: dimension), .init(floats: wanted, dimension: dimension), peer,
      workers)

    let bytes = (reference.map(pixel), wanted.map(pixel))
    try peer.write(bytes.0, "reference", "uint8")
    try peer.write(bytes.1, "queries", "uint8")
    try measure(
      "bytes", .init(bytes: bytes.0, dimension: dimension), .init(bytes: bytes.1, dimension: dimension), peer, workers)
  }

  private static func pixel(_ value: Float) -> UInt8 { UInt8((value * 255).rounded()) }

  /// The first queries become reference points, moved by 1e-3 of a pixel's range per value on average.
  private static func plantNearCopies(of reference: [Float], in queries: inout [Float]) {
    let (dimension, count) = (SmoothPictures.dimension, min(nearCopies, queries.count / SmoothPictures.dimension / 2))
    let step = RandomKey(seed: 3).normalRows(count, dimension).values
    for index in 0..<count * dimension {
      let value = reference[index] + 1e-3 * Float(step[index])
      queries[index] = min(max(value, 0), 1)
    }
  }

  private static func measure(
    _ name: String, _ reference: PointSet, _ queries: PointSet, _ peer: NeighborsPeer, _ workers: Workers
  ) throws {
    let search = try NeighborSearch(reference: reference, count: count, memory: 2 << 30, workers: workers)
    let scalar = reference.scalar == .bytes ? "uint8" : "float32"
    var (own, adds, searches): ([Double], [Double], [Double]) = ([], [], [])
    var answers: (NeighborTable, NeighborsPeer.Answer)?
    for _ in 0..<rounds {
      let clock = ContinuousClock()
      let start = clock.now
      let table = try search.neighbors(of: queries)
      own.append((clock.now - start) / .seconds(1))
      guard let answer = try peer.search(scalar: scalar, dimension: reference.dimension, count: count) else { continue }
      adds.append(answer.times.secondsAdd)
      searches.append(answer.times.secondsSearch)
      answers = (table, answer)
    }
    let median = own.sorted()[own.count / 2]
    let pairs = Double(queries.count) * Double(reference.count) * Double(reference.dimension)
    Environment.row(
      "\(name): Verbatim, \(workers.threads) threads", seconds(median),
      String(
        format: "%.2f to %.2f s, %.0f G values compared per second", own.min()!, own.max()!, pairs / median / 1e9))
    guard let (table, answer) = answers else {
      print("  no peer: run Benchmarks/peer/setup-neighbors first")
      return
    }
    let theirs = searches.sorted()[searches.count / 2]
    Environment.row(
      "\(name): faiss \(answer.times.version), IndexFlatL2, \(answer.times.threads) threads", seconds(theirs),
      String(format: "and %.2f s to add", adds.sorted()[adds.count / 2]))
    Environment.row("  Verbatim against it", String(format: "%9.2fx", theirs / median), "target 1x")
    compare(table, answer)
    if reference.scalar == .bytes { try measureBytesIndex(peer, median) }
    try measureOthers(name, reference, queries, workers)
  }

  /// The other metrics, once; the peer has no tiles.
  private static func measureOthers(
    _ name: String, _ reference: PointSet, _ queries: PointSet, _ workers: Workers
  ) throws {
    let tiles = NeighborMetric.tiled(height: 32, width: 32, channels: 3, tileRows: 4, tileColumns: 4)
    for (title, metric) in [("cosine", NeighborMetric.cosine), ("4 x 4 tiles", tiles)] {
      let search = try NeighborSearch(
        reference: reference, metric: metric, count: count, memory: 2 << 30, workers: workers)
      let clock = ContinuousClock()
      let start = clock.now
      _ = try search.neighbors(of: queries)
      Environment.row("\(name): Verbatim, \(title), once", seconds((clock.now - start) / .seconds(1)))
    }
  }

  /// faiss's index of plain bytes, once.
  private static func measureBytesIndex(_ peer: NeighborsPeer, _ own: Double) throws {
    guard
      let answer = try peer.search(
        scalar: "uint8", dimension: SmoothPictures.dimension, count: count, arguments: ["--bytes-index"])
    else { return }
    Environment.row(
      "bytes: faiss, QT_8bit_direct, once", seconds(answer.times.secondsSearch),
      String(format: "%.1fx", answer.times.secondsSearch / own))
  }

  /// Where the peer's answer is not the exact one.
  private static func compare(_ table: NeighborTable, _ answer: NeighborsPeer.Answer) {
    let rows = table.rows.count
    var (lists, distances) = (0, 0)
    var errors: [Double] = []
    for row in 0..<rows {
      let range = row * count..<(row + 1) * count
      if zip(table.indices[range], answer.indices[range]).contains(where: { Int64($0) != $1 }) { lists += 1 }
      let relative = range.map { place in
        let (exact, found) = (table.distances[place], Double(max(answer.squares[place], 0)).squareRoot())
        return exact == found ? 0 : abs(found - exact) / max(exact, 1e-300)
      }
      if relative.contains(where: { $0 > 1e-6 }) { distances += 1 }
      if row < min(nearCopies, rows / 2) { errors.append(relative[0]) }
    }
    errors.sort()
    Environment.row("  queries whose list of faiss differs", String(format: "%9d", lists), "of \(rows)")
    Environment.row("  with a distance off by more than 1e-6", String(format: "%9d", distances), "of \(rows)")
    Environment.row(
      "  relative error at near copies: median", String(format: "%9.1e", errors[errors.count / 2]),
      String(format: "largest %.1e", errors.last!))
  }

  private static func seconds(_ value: Double) -> String { String(format: "%9.2f s", value) }
}
