// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct FashionMNISTTests {
  static let needsFiles: Comment = "FashionMNIST is not installed: apt-get install dataset-fashion-mnist"

  @Test("FashionMNIST: the published files", .enabled(if: FashionMNIST.isInstalled, needsFiles))
  func installed() throws {
    let training = try FashionMNIST.read()
    #expect((training.count, training.height, training.width, training.channels) == (60_000, 28, 28, 1))
    // Published: 6,000 pictures of each class, the first an ankle boot.
    let labels = try #require(training.labels)
    #expect((0..<10).allSatisfy { label in labels.count { $0 == label } == 6000 })
    #expect(training.classes?[labels[0]] == "Ankle boot")
    #expect(try FashionMNIST.read(.test).count == 10_000)
  }

  @Test("FashionMNIST: what is missing comes with the command that installs it")
  func missing() throws {
    let folder = try ScratchFolder()
    let line = message { _ = try FashionMNIST.read(in: folder.path) }
    #expect(
      line == "no file \(folder.path)/train-images-idx3-ubyte.gz: "
        + "FashionMNIST comes with 'apt-get install dataset-fashion-mnist' (31 MB)")
  }

  @Test("FashionMNIST: other pictures of the same name are refused by their digest")
  func other() throws {
    let folder = try ScratchFolder()
    let bytes = Encoded.gzip(Encoded.idx(2051, [1, 28, 28], [UInt8](repeating: 0, count: 784)))
    try folder.put(bytes, "train-images-idx3-ubyte.gz")
    let line = message { _ = try FashionMNIST.read(in: folder.path) }
    #expect(line.contains("not FashionMNIST's: SHA-256") && line.contains("published is c59f468a"), "\(line)")
  }
}
