// SPDX-License-Identifier: MIT
import Foundation
import Neighbors
import Testing

struct PointSetTests {
  @Test(arguments: [(0, 0), (16, 4096), (4, 12_340)])
  func `a mapped file equals the array, from any offset`(offsets: (Int, Int)) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("points-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: path) }
    let floats = Points.floats(50, 30, seed: 60)
    let bytes = Points.bytes(70, 30, seed: 61)
    try (Data(count: offsets.0) + floats.withUnsafeBytes { Data($0) }).write(to: path)
    let mapped = try PointSet(mapping: path.path, offset: offsets.0, count: 50, dimension: 30, scalar: .floats)
    let array = PointSet(floats: floats, dimension: 30)
    #expect((0..<50).allSatisfy { mapped.row($0) == array.row($0) })
    let found = try NeighborSearch(reference: mapped, count: 9).neighbors(of: mapped)
    #expect(try found == NeighborSearch(reference: array, count: 9).neighbors(of: array))

    try (Data(count: offsets.1 + 1) + Data(bytes)).write(to: path)
    let odd = try PointSet(mapping: path.path, offset: offsets.1 + 1, count: 70, dimension: 30, scalar: .bytes)
    #expect((0..<70).allSatisfy { odd.row($0) == bytes[$0 * 30..<$0 * 30 + 30].map(Double.init) })
  }

  @Test func `files that are missing, short or misaligned are refused`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("points-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: path) }
    func map(_ offset: Int, _ count: Int) throws -> PointSet {
      try PointSet(mapping: path.path, offset: offset, count: count, dimension: 10, scalar: .floats)
    }
    #expect(throws: NeighborError.self) { try map(0, 1) }
    try Data(count: 400).write(to: path)
    #expect(try map(0, 10).count == 10)
    #expect(throws: NeighborError.self) { try map(4, 10) }
    #expect(throws: NeighborError.self) { try map(2, 5) }
    #expect(throws: NeighborError.self) { try map(-4, 5) }
    #expect(try map(0, 0).count == 0)
  }
}
