// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Pictures
import Testing

struct TemplateSetTests {
  /// 40 gray pictures of 6 x 5, no two alike.
  private let set = PictureSet(
    count: 40, height: 6, width: 5, channels: 1,
    pixels: (0..<1200).map { UInt8(truncatingIfNeeded: $0 * $0 * 13 + $0) })
  private let key = RandomKey(seed: 3).child("templates")

  @Test("templates: values from 0 to 1 over the set, shapes as asked")
  func scaled() throws {
    let templates = try TemplateSet(drawing: 6, from: set, height: 4, width: 3, key: key)
    #expect((templates.count, templates.height, templates.width) == (6, 4, 3))
    #expect((templates.values.rows, templates.values.columns) == (6, 12))
    #expect(templates.values.values.min() == 0 && templates.values.values.max() == 1)
    #expect(Set(templates.indices).count == 6 && templates.indices.allSatisfy { (0..<40).contains($0) })
    // One straight line maps the resized pictures to the templates.
    let resized = try templates.indices.flatMap { try set[$0].resized(height: 4, width: 3).values }
    let (low, high) = (resized.min()!, resized.max()!)
    let expected = resized.map { ($0 - low) / (high - low) }
    #expect(zip(templates.values.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(templates[2][3, 1] == templates.values[2, 10])
  }

  @Test("templates: same key, same pictures on any number of threads; fewer ones come first; another key, others")
  func deterministic() throws {
    let (set, key) = (set, key)
    let alone = try TemplateSet(drawing: 6, from: set, height: 4, width: 3, key: key)
    let together = Workers(threads: 4).map(16) { _ in
      try? TemplateSet(drawing: 6, from: set, height: 4, width: 3, key: key)
    }
    #expect(together.allSatisfy { $0 == alone })
    let fewer = try TemplateSet(drawing: 4, from: set, height: 4, width: 3, key: key)
    #expect(fewer.indices == Array(alone.indices.prefix(4)))
    let other = try TemplateSet(drawing: 6, from: set, height: 4, width: 3, key: RandomKey(seed: 4))
    #expect(other.indices != alone.indices)
  }

  @Test("templates: coloured pictures become their luma")
  func luma() throws {
    let pixels: [UInt8] = [0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255]
    let colours = PictureSet(count: 1, height: 1, width: 5, channels: 3, pixels: pixels)
    let templates = try TemplateSet(drawing: 1, from: colours, height: 1, width: 5, key: key)
    let expected = [0, 1, 0.299, 0.587, 0.114]
    #expect(zip(templates.values.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("templates: what cannot be drawn, resized or scaled is refused")
  func refused() {
    func line(_ count: Int, _ side: Int) -> String {
      message { _ = try TemplateSet(drawing: count, from: set, height: side, width: 4, key: key) }
    }
    #expect(line(41, 4) == "41 templates cannot be drawn; allowed are 1 to 40, the number of pictures")
    #expect(line(0, 4).contains("0 templates cannot be drawn"))
    #expect(line(2, 0).contains("side of 0 pixels"))
    let flat = PictureSet(count: 2, height: 3, width: 3, channels: 1, pixels: Array(repeating: 7, count: 18))
    let gray = message { _ = try TemplateSet(drawing: 2, from: flat, height: 3, width: 3, key: key) }
    #expect(gray.contains("all of one gray, 7.0"), "\(gray)")
  }

  @Test("templates of FashionMNIST", .enabled(if: FashionMNIST.isInstalled, FashionMNISTTests.needsFiles))
  func fashion() throws {
    let templates = try TemplateSet(
      drawing: 6, from: FashionMNIST.read(), height: 15, width: 15, key: RandomKey(seed: 0).child("templates"))
    #expect(templates.values.columns == 225 && templates.values.values.allSatisfy { (0...1).contains($0) })
    #expect(Set((0..<6).map { templates[$0].values }).count == 6)
  }
}
