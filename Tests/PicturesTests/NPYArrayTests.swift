// SPDX-License-Identifier: MIT
import Kernels
import Pictures
import Testing

struct NPYArrayTests {
  private func read(
    _ bytes: [UInt8], _ options: PictureOptions = PictureOptions(), in folder: ScratchFolder
  ) throws -> PictureSet {
    try PictureSet(reading: folder.put(bytes, "a.npy"), options: options)
  }

  private let twelve = (0..<12).map { UInt8($0) }

  @Test("npy: bytes of every shape, plain and gzip")
  func shapes() throws {
    let folder = try ScratchFolder()
    let expected = PictureSet(count: 2, height: 2, width: 3, channels: 1, pixels: twelve)
    for shape in [[2, 2, 3], [2, 2, 3, 1], [2, 1, 2, 3]] {
      // (2, 2, 3, 1) has one axis that can be channels, (2, 1, 2, 3) has two.
      let layout: PictureLayout? = shape == [2, 1, 2, 3] ? .channelsFirst : nil
      let bytes = Encoded.npy("|u1", shape, twelve)
      #expect(try read(bytes, PictureOptions(layout: layout), in: folder) == expected)
      #expect(try read(Encoded.gzip(bytes), PictureOptions(layout: layout), in: folder) == expected)
    }
    let rows = Encoded.npy("|u1", [2, 6], twelve)
    #expect(try read(rows, in: folder) == PictureSet(count: 2, height: 1, width: 6, channels: 1, pixels: twelve))
    let shaped = PictureOptions(shape: PictureShape(height: 2, width: 3))
    #expect(try read(rows, shaped, in: folder) == expected)
  }

  @Test("npy: channels first and last give the same pixels")
  func layouts() throws {
    let folder = try ScratchFolder()
    let first = Encoded.npy("|u1", [1, 3, 2, 2], twelve)
    let pixels: [UInt8] = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]
    let expected = PictureSet(count: 1, height: 2, width: 2, channels: 3, pixels: pixels)
    #expect(try read(first, in: folder) == expected)
    #expect(try read(Encoded.npy("|u1", [1, 2, 2, 3], pixels), in: folder) == expected)
    let planar = PictureOptions(layout: .channelsFirst, shape: PictureShape(height: 2, width: 2, channels: 3))
    #expect(try read(Encoded.npy("|u1", [1, 12], twelve), planar, in: folder) == expected)
  }

  @Test("npy: floats become the nearest of 256 levels in the range they fit or are said to have")
  func ranges() throws {
    let folder = try ScratchFolder()
    let unit = Encoded.npy("<f4", [1, 1, 4], Encoded.floats([0, 0.5, 0.999, 1]))
    #expect(try read(unit, in: folder).pixels == [0, 128, 255, 255])
    #expect(try read(unit, PictureOptions(range: .signed), in: folder).pixels == [128, 191, 255, 255])
    let signed = Encoded.npy("<f8", [1, 1, 4], Encoded.doubles([-1, -0.5, 0, 1]))
    #expect(try read(signed, in: folder).pixels == [0, 64, 128, 255])
    let bytes = Encoded.npy("<f8", [1, 1, 4], Encoded.doubles([0, 1.4, 254.5, 255]))
    #expect(try read(bytes, in: folder).pixels == [0, 1, 255, 255])
    for (array, range, reason) in [
      (signed, ValueRange.unit, "from -1.0 to 1.0, which is not within 0..1"), (bytes, .signed, "not within -1..1"),
      (Encoded.npy("<f4", [1, 1, 2], Encoded.floats([-3, 2])), nil, "not within 0..1 or -1..1 or 0..255"),
      (Encoded.npy("|u1", [1, 1, 2], [0, 1]), .unit, "it has bytes (0..255), not values in 0..1"),
    ] {
      let line = message { _ = try read(array, PictureOptions(range: range), in: folder) }
      #expect(line.contains(reason), "\(line)")
    }
  }

  @Test("npy: NaN and infinity are refused with their place", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) throws {
    let folder = try ScratchFolder()
    let bytes = Encoded.npy("<f8", [2, 2], Encoded.doubles([0, 0.5, value, .nan]))
    let line = message { _ = try read(bytes, in: folder) }
    #expect(line.contains("element 2 is \(value)"), "\(line)")
    #expect(message { _ = try NPYArray(reading: "\(folder.path)/a.npy").flattened() }.contains("element 2"))
  }

  @Test("npy: arrays as tables keep their values")
  func tables() throws {
    let folder = try ScratchFolder()
    let path = try folder.put(Encoded.npy("<f4", [2, 1, 2], Encoded.floats([-7.5, 1e9, 0.1, 3])), "a.npy")
    let table = try NPYArray(reading: path).flattened()
    #expect((table.rows, table.columns) == (2, 2) && table.values == [-7.5, 1e9, Double(Float(0.1)), 3])
  }

  @Test(
    "npy: what cannot be read as pictures is refused with the reason",
    arguments: [
      ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 8), }", "pickled Python objects"),
      ("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 1), }", "type is '<c8'; allowed are |u1, <i4"),
      ("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", "type is '>f8'"),
      ("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 1), }", "no simple 'descr'"),
      ("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 8), }", "Fortran order"),
      ("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }", "pictures are |u1, <f4 or <f8"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "shape is ()"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 8), }", "shape is (0, 8)"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, -8), }", "shape is (-1, -8)"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (8, x), }", "shape is (8, x)"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 1), }", "sizes are whole numbers"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "more than the limit"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,), }", "more than the limit"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 9), }", "ends after 8 of the 9 bytes"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 7), }", "goes on after the array"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (8,), }", "[8] has 1 axes"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2, 2), }", "no axis of 1 or 3 channels"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (8, 1, 1, 1), }", "may be NHWC or NCHW"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2, 1, 1), }", "has 5 axes"),
      ("{'descr': '|u1', 'fortran_order': False, }", "no simple 'shape'"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 8", "'shape' is cut off"),
    ])
  func refused(header: String, reason: String) throws {
    let folder = try ScratchFolder()
    let line = message { _ = try read(Encoded.npy(header, Array(repeating: 1, count: 8)), in: folder) }
    #expect(line.contains("a.npy: ") && line.contains(reason), "\(line)")
  }

  @Test("npy: cut off anywhere, or with a header of gigabytes, it is refused")
  func cut() throws {
    let folder = try ScratchFolder()
    let bytes = Encoded.npy("|u1", [2, 6], twelve)
    for count in 0..<bytes.count {
      #expect(message { _ = try NPYArray(reading: folder.put(bytes.prefix(count), "a.npy")) }.contains("a.npy: "))
    }
    let huge: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255]
    #expect(message { _ = try read(huge, in: folder) }.contains("header claims 4294967295 bytes"))
    #expect(message { _ = try read([0x93] + Array("NUMPY".utf8) + [9, 0], in: folder) }.contains("version is 9"))
  }

  @Test("npy: layout and shape that contradict the array are refused")
  func contradictions() throws {
    let folder = try ScratchFolder()
    let colour = Encoded.npy("|u1", [1, 2, 2, 3], twelve)
    let wrong = message { _ = try read(colour, PictureOptions(layout: .channelsFirst), in: folder) }
    #expect(wrong.contains("as NCHW its shape [1, 2, 2, 3] has 2 channels"))
    for shape in [(2, 2, 1), (0, 0, 3), (-2, -6, 1), (Int.max, 2, 1), (3, 2, 2)] {
      let options = PictureOptions(shape: PictureShape(height: shape.0, width: shape.1, channels: shape.2))
      #expect(message { _ = try read(Encoded.npy("|u1", [1, 12], twelve), options, in: folder) }.contains("12 values"))
    }
  }
}
