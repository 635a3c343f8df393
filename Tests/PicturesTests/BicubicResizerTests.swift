// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Pictures
import Testing

struct BicubicResizerTests {
  /// Pillow's BICUBIC on a picture of floats; made by Benchmarks/peer/resize.py.
  struct Reference: Decodable {
    let name: String
    let height: Int
    let width: Int
    let values: [Double]
    let to: [Int]
    let expected: [Double]

    static func all() throws -> [Reference] {
      let file = try #require(Bundle.module.url(forResource: "bicubic", withExtension: "json", subdirectory: "Golden"))
      return try #require(JSONDecoder().decode([String: [Reference]].self, from: Data(contentsOf: file))["cases"])
    }
  }

  /// max |a - b| / max |b|.
  private func difference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max()! / b.map(abs).max()!
  }

  @Test("resized pictures are Pillow's to single precision, edges included, larger and smaller")
  func pillow() throws {
    let references = try Reference.all()
    #expect(references.count == 2)
    for reference in references {
      let picture = Picture(height: reference.height, width: reference.width, values: reference.values)
      let resized = try picture.resized(height: reference.to[0], width: reference.to[1])
      #expect(resized.values.count == reference.expected.count)
      let error = difference(resized.values, reference.expected)
      #expect(error < 6e-7, "\(reference.name): \(error)")
    }
  }

  /// Keys' kernel, a = -1/2 (equation 15 of the paper).
  private func keys(_ x: Double) -> Double {
    let s = abs(x)
    if s < 1 { return 1.5 * s * s * s - 2.5 * s * s + 1 }
    return s < 2 ? -0.5 * s * s * s + 2.5 * s * s - 4 * s + 2 : 0
  }

  /// The definition: weights of one output pixel over the input, scaled to sum 1.
  private func weights(_ from: Int, _ to: Int, at place: Int) -> [Double] {
    let factor = Double(from) / Double(to)
    let center = (Double(place) + 0.5) * factor - 0.5
    let raw = (0..<from).map { keys((Double($0) - center) / max(1, factor)) }
    return raw.map { $0 / raw.reduce(0, +) }
  }

  @Test(
    "resized pictures are what the definition says, for awkward sizes",
    arguments: [
      (28, 28, 15, 15), (1, 1, 3, 4), (5, 7, 5, 3), (5, 7, 2, 7), (3, 50, 40, 1), (31, 2, 7, 2), (64, 64, 1, 1),
    ])
  func definition(height: Int, width: Int, newHeight: Int, newWidth: Int) throws {
    let values = RandomKey(seed: 4).normals(height * width)
    let resized = try Picture(height: height, width: width, values: values).resized(height: newHeight, width: newWidth)
    var expected: [Double] = []
    for row in 0..<newHeight {
      for column in 0..<newWidth {
        let (u, v) = (weights(height, newHeight, at: row), weights(width, newWidth, at: column))
        expected.append((0..<height * width).reduce(0) { $0 + u[$1 / width] * v[$1 % width] * values[$1] })
      }
    }
    let error = zip(resized.values, expected).map { abs($0 - $1) }.max()!
    #expect(error < 2e-6 * values.map(abs).max()!, "\(error)")
  }

  @Test("a constant picture stays constant, the same size changes nothing, colours are resized one by one")
  func invariants() throws {
    let flat = Picture(height: 9, width: 4, values: Array(repeating: 0.3, count: 36))
    #expect(try flat.resized(height: 5, width: 11).values.allSatisfy { abs($0 - 0.3) < 1e-6 })
    let values = RandomKey(seed: 5).normals(6 * 8 * 3)
    let colour = Picture(height: 6, width: 8, channels: 3, values: values)
    #expect(try colour.resized(height: 6, width: 8) == colour)
    let resized = try colour.resized(height: 4, width: 5)
    for channel in 0..<3 {
      let plane = Picture(height: 6, width: 8, values: (0..<48).map { values[3 * $0 + channel] })
      let alone = try plane.resized(height: 4, width: 5)
      #expect((0..<20).allSatisfy { alone.values[$0] == resized.values[3 * $0 + channel] })
    }
  }

  @Test("sizes that make no picture are refused", arguments: [(0, 4), (-1, 4), (4, 8193), (Int.max, 1)])
  func refused(height: Int, width: Int) {
    let picture = Picture(height: 2, width: 2, values: [1, 2, 3, 4])
    let line = message { _ = try picture.resized(height: height, width: width) }
    #expect(line.contains("allowed are 1 to 8192") && line.contains(height == 4 ? "8193" : "\(height)"), "\(line)")
  }

  @Test(
    "agreement with Pillow on FashionMNIST (printed; Benchmarks/peer/resize)",
    .enabled(if: ProcessInfo.processInfo.environment["VERBATIM_RESIZED"] != nil, "VERBATIM_RESIZED names no npy file"))
  func fashion() throws {
    let expected = try NPYArray(reading: try #require(ProcessInfo.processInfo.environment["VERBATIM_RESIZED"]))
    let (count, height, width) = (expected.shape[0], expected.shape[1], expected.shape[2])
    let values = try expected.flattened().values
    let set = try FashionMNIST.read()
    let resizer = try BicubicResizer(from: (28, 28), to: (height, width))
    var (worst, largest) = (0.0, 0.0)
    for index in 0..<count {
      for (pixel, value) in try resizer.resize(set[index]).values.enumerated() {
        let reference = values[index * height * width + pixel]
        (worst, largest) = (max(worst, abs(value - reference)), max(largest, abs(reference)))
      }
    }
    print("\(count) pictures of FashionMNIST at \(height) x \(width): off Pillow's by at most \(worst) of \(largest)")
    #expect(worst < 1e-3)
  }
}
