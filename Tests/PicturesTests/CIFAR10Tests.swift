// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct CIFAR10Tests {
  /// Red is the place modulo 251, green the label, blue 255.
  private func record(_ label: UInt8) -> [UInt8] {
    [label] + (0..<1024).map { UInt8($0 % 251) } + Array(repeating: label, count: 1024)
      + Array(repeating: 255, count: 1024)
  }

  @Test("CIFAR-10: planes become pixels, batches follow each other, the test batch is apart")
  func batches() throws {
    let folder = try ScratchFolder()
    try folder.put(record(3), "data_batch_2.bin")
    try folder.put(record(9) + record(0), "data_batch_1.bin")
    try folder.put(record(5), "test_batch.bin")
    try folder.put(Array("airplane\n".utf8), "batches.meta.txt")
    let set = try PictureSet(reading: folder.path)
    #expect((set.count, set.height, set.width, set.channels) == (3, 32, 32, 3))
    #expect(set.labels == [9, 0, 3])
    #expect(Array(set.pixels[0..<6]) == [0, 9, 255, 1, 9, 255])
    #expect(set[2][31, 31, 0] == Double(1023 % 251) && set[2][31, 31, 1] == 3)
    #expect(try CIFAR10.read(folder.path, split: .test).labels == [5])
    #expect(try PictureSet(reading: "\(folder.path)/test_batch.bin").labels == [5])
  }

  @Test("CIFAR-10: a folder with the test batch alone is read as that")
  func testAlone() throws {
    let folder = try ScratchFolder()
    try folder.put(record(5), "test_batch.bin")
    #expect(try PictureSet(reading: folder.path).labels == [5])
    #expect(message { _ = try CIFAR10.read(folder.path) }.contains("no file data_batch_*.bin"))
  }

  @Test("CIFAR-10: other sizes, labels and limits are refused")
  func refused() throws {
    let folder = try ScratchFolder()
    let cases: [([UInt8], Int, String)] = [
      (record(1).dropLast(), 1 << 20, "3072 bytes, not a multiple of the 3073"),
      ([], 1 << 20, "0 bytes, not a multiple"), (record(1) + record(10), 1 << 20, "record 1 has the label 10"),
      (record(1) + record(1), 5000, "6146 bytes, more than the 5000"),
    ]
    for (bytes, limit, reason) in cases {
      let path = try folder.put(bytes, "a.bin")
      let line = message { _ = try PictureSet(reading: path, options: PictureOptions(limit: limit)) }
      #expect(line.hasPrefix(path) && line.contains(reason), "\(line)")
    }
    #expect(message { _ = try CIFAR10.read("\(folder.path)/none.bin") }.contains("No such file"))
  }
}
