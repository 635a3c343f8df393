// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct PictureStoreTests {
  @Test(arguments: SourceExample.all)
  func `a store holds the pixels, labels and names of the set in memory`(example: SourceExample) throws {
    let folder = try ScratchFolder()
    let source = try example.write(in: folder)
    let set = try PictureSet(reading: source, options: example.options)
    let store = try PictureStore(reading: source, options: example.options, into: "\(folder.path)/flat")
    #expect(try folder.bytes("flat") == set.pixels)
    #expect(store.set == set && store.set.form == set.form)
    let shape = (store.count, store.height, store.width, store.channels)
    #expect(shape == (set.count, set.height, set.width, set.channels))
    #expect(store.form?.description == example.form, "\(store.form?.description ?? "")")
    #expect((store.labels, store.classes, store.names) == (set.labels, set.classes, set.names))
    let last = set.count - 1
    #expect(store[last] == set[last] && store[0] == set[0] && store.name(last) == set.name(last))
    #expect(store.withUnsafeBytes { $0.elementsEqual(set.pixels) })
    let copy = try PictureStore(set, into: "\(folder.path)/copy")
    #expect(copy.digest == store.digest && copy.set == set)
  }

  @Test func `the digest is SHA-256 of the pixels`() throws {
    let folder = try ScratchFolder()
    let source = try folder.put(Encoded.idx(2051, [1, 1, 3], Array("abc".utf8)), "a")
    let store = try PictureStore(reading: source, into: "\(folder.path)/flat")
    #expect(store.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `floats keep the range they were taken to have and their extremes`() throws {
    let folder = try ScratchFolder()
    let source = try folder.put(Encoded.npy("<f4", [1, 1, 3], Encoded.floats([-0.5, 0, 0.75])), "a.npy")
    let store = try PictureStore(reading: source, into: "\(folder.path)/flat")
    #expect(store.form == PictureForm("npy float32", axes: "NHW", range: .signed, values: -0.5...0.75))
    let bytes = try folder.put(Encoded.npy("|u1", [1, 1, 3], [0, 1, 2]), "b.npy")
    #expect(try PictureSet(reading: bytes).form == PictureForm("npy uint8", axes: "NHW"))
  }

  /// Gray pictures of several blocks before the coloured one: the file is rewritten in place.
  @Test(arguments: [1, 2, 5])
  func `gray pictures before a coloured one become coloured in the file, too`(grays: Int) throws {
    let folder = try ScratchFolder()
    let side = 700
    for index in 0..<grays {
      let noise = SourceExample.noise(side * side).map { $0 &+ UInt8(index) }
      try folder.put(Encoded.png(side, side, 1, noise), "set/\(index).png")
    }
    try folder.put(Encoded.png(side, side, 3, SourceExample.noise(3 * side * side)), "set/x.png")
    try folder.put(Encoded.png(side, side, 1, SourceExample.noise(side * side)), "set/y.png")
    let set = try PictureSet(reading: "\(folder.path)/set")
    let store = try PictureStore(reading: "\(folder.path)/set", into: "\(folder.path)/flat")
    #expect(store.set == set && set.channels == 3)
    #expect(try store.digest == PictureStore(set, into: "\(folder.path)/copy").digest)
  }

  private static let bad: [(String, [UInt8], PictureOptions)] = [
    ("a", [], PictureOptions()), ("a", Array("hello".utf8), PictureOptions()),
    ("a.bin", [10] + [UInt8](repeating: 0, count: 3072), PictureOptions()),
    ("a.bin", [UInt8](repeating: 1, count: 3072), PictureOptions()),
    ("a.npy", Encoded.npy("<f4", [1, 2], Encoded.floats([0, .nan])), PictureOptions()),
    ("a.npy", Encoded.npy("<f4", [1, 2], Encoded.floats([0, .infinity])), PictureOptions(range: .unit)),
    ("a.npy", Encoded.npy("<f4", [1, 2], Encoded.floats([-3, 2])), PictureOptions()),
    ("a.npy", Encoded.npy("<f4", [1, 2], Encoded.floats([-1, 2])), PictureOptions(range: .unit)),
    ("a.npy", Array(SourceExample.signed.dropLast()), PictureOptions()),
    ("a.npy", SourceExample.signed + [0], PictureOptions()),
    ("a", Encoded.idx(2051, [2, 2, 2], [1]), PictureOptions()),
    ("a", Encoded.idx(2049, [2], [1, 2]), PictureOptions()),
    ("a", Encoded.idx(2051, [2, 2, 2], Array(repeating: 1, count: 8)), PictureOptions(limit: 7)),
    ("set/a.png", Encoded.png(2, 2, 1, [1, 2, 3, 4]), PictureOptions(limit: 3)), ("set/a.txt", [1], PictureOptions()),
    ("a", Array(Encoded.gzip(Encoded.idx(2051, [2, 2, 2], SourceExample.noise(8))).dropLast(2)), PictureOptions()),
  ]

  @Test(arguments: bad.indices)
  func `a store refuses what the set refuses, in the same words, and leaves no file`(index: Int) throws {
    let (name, bytes, options) = Self.bad[index]
    let folder = try ScratchFolder()
    try folder.put(bytes, name)
    let source = name.hasPrefix("set/") ? "\(folder.path)/set" : "\(folder.path)/\(name)"
    let before = folder.names
    let line = message { _ = try PictureSet(reading: source, options: options) }
    let flat = "\(folder.path)/flat"
    let other = message { _ = try PictureStore(reading: source, options: options, limit: options.limit, into: flat) }
    #expect(!line.isEmpty && line == other)
    #expect(folder.names == before)
  }

  @Test func `an array cut off in a later block is refused with the bytes that are there`() throws {
    let folder = try ScratchFolder()
    let whole = SourceExample.signed
    let path = try folder.put(whole.dropLast(5), "a.npy")
    let line = message { _ = try PictureStore(reading: path, into: "\(folder.path)/flat") }
    #expect(line == "\(path): it ends after 1966075 of the 1966080 bytes of its array")
  }

  @Test func `an old file is replaced by a whole one only`() throws {
    let folder = try ScratchFolder()
    try folder.put([7], "flat")
    let bad = try folder.put(Encoded.idx(2051, [1, 1, 3], [1, 2]), "bad")
    #expect(throws: PictureError.self) { try PictureStore(reading: bad, into: "\(folder.path)/flat") }
    #expect(try folder.bytes("flat") == [7])
    let good = try folder.put(Encoded.idx(2051, [1, 1, 3], [1, 2, 3]), "good")
    let store = try PictureStore(reading: good, into: "\(folder.path)/flat")
    #expect(try folder.bytes("flat") == [1, 2, 3] && folder.names == ["bad", "flat", "good"])
    // What was mapped stays, even where the name is gone.
    try FileManager.default.removeItem(atPath: store.path)
    #expect(store.bytes(0) == [1, 2, 3])
  }

  @Test func `places where no file can be written are refused`() throws {
    let folder = try ScratchFolder()
    let good = try folder.put(Encoded.idx(2051, [1, 1, 3], [1, 2, 3]), "good")
    try folder.link("same", to: good)
    let inside = try folder.makeFolder("inside")
    for (place, reason) in [
      (good, "the pixels of \(good) cannot be written over it"), ("\(folder.path)/same", "cannot be written over it"),
      (inside, "it is not a regular file"), ("/dev/full", "it is not a regular file"),
      ("\(folder.path)/none/flat", "cannot write \(folder.path)/none/flat: No such file"),
    ] {
      let line = message { _ = try PictureStore(reading: good, into: place) }
      #expect(line.contains(reason), "\(line)")
    }
    #expect(try folder.bytes("good").count == 19 && folder.names == ["good", "inside", "same"])
  }

  @Test func `a link in the file's place is replaced, not followed`() throws {
    let folder = try ScratchFolder()
    let good = try folder.put(Encoded.idx(2051, [1, 1, 3], [1, 2, 3]), "good")
    let precious = try folder.put([9], "precious")
    try folder.link("flat", to: precious)
    _ = try PictureStore(reading: good, into: "\(folder.path)/flat")
    #expect(try folder.bytes("precious") == [9] && folder.bytes("flat") == [1, 2, 3])
  }
}
