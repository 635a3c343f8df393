// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// Studies of pictures from the command line: what they write, and what they refuse.
@Suite("Studies of pictures")
struct ImageStudyTests {
  /// An IDX file of `count` pictures of 8 x 8 whose pixels are a running hash, so that no two agree.
  private func idx(count: UInt8 = 20, magic: [UInt8] = [0, 0, 8, 3]) -> Data {
    var state: UInt32 = 1
    let pixels = (0..<64 * Int(count)).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return Data(magic + [0, 0, 0, count, 0, 0, 0, 8, 0, 0, 0, 8] + pixels)
  }

  private func study(source: String = "pictures.idx", components: String = "[6, 12]") -> String {
    """
    images: {source: \(source), height: 6, width: 6}
    trueComponents: 2
    samples: 12
    components: \(components)
    refinement: 0
    preset: quick
    steps: 2000
    evaluationSamples: 200
    heldOutSamples: 200
    """
  }

  @Test("results have the columns of the study, filled")
  func columns() throws {
    let scratch = try ScratchFolder()
    try idx().write(to: scratch.url.appendingPathComponent("pictures.idx"))
    try scratch.write(study(), to: "study.yaml")
    let result = try scratch.runner.run("run study.yaml --out out --quiet")
    #expect(result.code == 0, "\(result.errors)")
    let lines = String(decoding: try scratch.bytes("out/results.csv"), as: UTF8.self).split(separator: "\n")
    let names = lines[0].split(separator: ",", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      for name in ["components", "samples", "ratio", "low", "high", "trials", "null", "trainLoss", "testLoss"] {
        let column = try #require(names.firstIndex(of: Substring(name)), "no column \(name)")
        #expect(Double(cells[column])?.isFinite == true, "\(name): '\(cells[column])'")
      }
    }
    for sheet in ["templates", "training"] {
      let found = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/out/figures")
      #expect(found.contains { $0.contains(sheet) && $0.hasSuffix(".png") }, "no sheet of \(sheet) in \(found)")
    }
    let predictions = String(decoding: try scratch.bytes("out/predictions.csv"), as: UTF8.self)
    #expect(predictions.contains("hard-em-sampled-same-data"))
  }

  @Test("equal on one thread and two, and after a kill; other pictures are refused where runs are")
  func sameNumbers() throws {
    let scratch = try ScratchFolder()
    try idx().write(to: scratch.url.appendingPathComponent("pictures.idx"))
    try scratch.write(study(), to: "study.yaml")
    for threads in [1, 2] {
      let line = "run study.yaml --out out\(threads) --quiet --threads \(threads)"
      #expect(try scratch.runner.run(line).code == 0)
    }
    #expect(try scratch.bytes("out1/results.csv") == scratch.bytes("out2/results.csv"))
    #expect(try scratch.bytes("out1/predictions.csv") == scratch.bytes("out2/predictions.csv"))

    let words = "run study.yaml --out out3 --quiet --threads 1".split(separator: " ").map(String.init)
    let (process, _, _) = try scratch.runner.start(words)
    let record = scratch.url.path + "/out3/runs.jsonl"
    while process.isRunning, (try? Data(contentsOf: URL(fileURLWithPath: record)))?.isEmpty != false { usleep(2000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try scratch.runner.run("run study.yaml --out out3 --quiet").code == 0)
    #expect(try scratch.bytes("out1/results.csv") == scratch.bytes("out3/results.csv"))

    // The same path, other pictures.
    var other = idx()
    other[200] ^= 1
    try other.write(to: scratch.url.appendingPathComponent("pictures.idx"))
    let before = try scratch.bytes("out1/predictions.csv")
    for line in ["run study.yaml --out out1", "report out1"] {
      let refused = try scratch.runner.run("\(line) --quiet")
      #expect(refused.code == 2 && refused.errors.contains("pictures.idx"), "\(refused.errors)")
    }
    try FileManager.default.removeItem(atPath: scratch.url.path + "/pictures.idx")
    #expect(try scratch.runner.run("report out1 --quiet").code == 2)
    #expect(try scratch.bytes("out1/predictions.csv") == before)
  }

  @Test("bad pictures get one line and exit code 2, and cost nothing that was there")
  func refused() throws {
    let scratch = try ScratchFolder()
    let good = idx()
    try good.write(to: scratch.url.appendingPathComponent("pictures.idx"))
    try scratch.write(study(), to: "study.yaml")
    #expect(try scratch.runner.run("run study.yaml --out out --quiet").code == 0)
    let before = try scratch.bytes("out/results.csv")

    try idx(magic: [0, 0, 8, 7]).write(to: scratch.url.appendingPathComponent("magic.idx"))
    try good.dropLast(10).write(to: scratch.url.appendingPathComponent("short.idx"))
    // Every other picture is black: two templates hold one, whatever is drawn, or are both of them.
    var black = idx(count: 2)
    black.replaceSubrange(16..<80, with: Data(repeating: 0, count: 64))
    try black.write(to: scratch.url.appendingPathComponent("black.idx"))
    // The header of a gzip file and little else.
    try Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]).write(to: scratch.url.appendingPathComponent("cut.gz"))
    for (text, words) in [
      (study(source: "nowhere.idx"), ["nowhere.idx"]), (study(source: "magic.idx"), ["magic.idx"]),
      (study(source: "short.idx"), ["short.idx"]), (study(source: "black.idx"), ["black"]),
      (study(source: "cut.gz"), ["cut.gz"]),
      (study(components: "[6, 13]"), ["bad.yaml:4", "13", "12"]),
      (study().replacingOccurrences(of: "trueComponents: 2", with: "trueComponents: 21"), ["21", "20"]),
      (study().replacingOccurrences(of: "height: 6", with: "height: 0"), ["height", "0"]),
      (study() + "\ndimension: 9\n", ["dimension", "108"]),
    ] {
      try scratch.write(text, to: "bad.yaml")
      for out in ["new", "out"] {
        let result = try scratch.runner.run("run bad.yaml --out \(out) --quiet")
        #expect(result.code == 2, "\(words): \(result.code) \(result.errors)")
        #expect(result.errorLines.count { $0.contains("error:") } == 1, "\(result.errors)")
        if out == "new" {
          for word in words { #expect(result.errors.contains(word), "no '\(word)' in: \(result.errors)") }
        }
      }
      #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/new"), "a folder for \(words)")
    }
    #expect(try scratch.bytes("out/results.csv") == before)
  }

  @Test("pictures of two sizes in a folder name the file")
  func sizes() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("in"), withIntermediateDirectories: true)
    for (name, size) in [("a.png", 8), ("b.png", 9)] {
      try png(size).write(to: scratch.url.appendingPathComponent("in/\(name)"))
    }
    try scratch.write(study(source: "in"), to: "study.yaml")
    let result = try scratch.runner.run("run study.yaml --out out --quiet")
    #expect(result.code == 2 && result.errorLines.count { $0.contains("error:") } == 1, "\(result.errors)")
    #expect(result.errors.contains("b.png") && result.errors.contains("9"), "\(result.errors)")
  }

  /// A gray PNG by hand: stored deflate blocks, so that the test needs no encoder.
  private func png(_ size: Int) -> Data {
    var raw: [UInt8] = []
    for row in 0..<size {
      raw.append(0)
      for column in 0..<size { raw.append(UInt8((row * 31 + column * 7) % 256)) }
    }
    let length = UInt16(raw.count)
    var stream: [UInt8] = [0x78, 1, 1]
    for part in [length, ~length] { stream += [UInt8(part & 255), UInt8(part >> 8)] }
    stream += raw
    stream += big(adler(raw))
    let header: [UInt8] = big(UInt32(size)) + big(UInt32(size)) + [8, 0, 0, 0, 0]
    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]
    file += chunk("IHDR", header)
    file += chunk("IDAT", stream)
    file += chunk("IEND", [])
    return Data(file)
  }

  private func big(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + body
    return big(UInt32(body.count)) + content + big(crc(content))
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }
}
