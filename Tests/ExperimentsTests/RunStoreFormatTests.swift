// SPDX-License-Identifier: MIT
import Files
import Foundation
import Kernels
import RunStore
import Testing

struct RunStoreFormatTests {
  private let awkward: [Double] = [
    0, -0.0, 0.1, 1.0 / 3, -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, .infinity,
    -.infinity, 1e21, 123_456_789, 6.704,
  ]

  private func littleEndian(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
  }

  // MARK: - npy

  @Test("npy: doubles come back bit by bit, for any shape", arguments: [(0, 3), (3, 0), (1, 1), (3, 4), (17, 50)])
  func npyRoundTrip(rows: Int, columns: Int) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a.npy"
    var matrix = RandomKey(seed: 1).normalRows(rows, columns)
    for index in matrix.values.indices.prefix(awkward.count) { matrix.values[index] = awkward[index] }
    try NPYFile.write(matrix, to: path)
    let read = try NPYFile.read(path)
    #expect((read.rows, read.columns) == (rows, columns))
    #expect(read.values.map(\.bitPattern) == matrix.values.map(\.bitPattern))
    #expect(try #require(folder.bytes("a.npy")).count % 64 == (rows * columns * 8) % 64)
  }

  @Test("npy: the bytes are those numpy.save writes")
  func npyBytes() throws {
    // numpy.save of numpy.array([[1., 2.], [3., 4.], [-0.5, 1e300]]): header, then the doubles.
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }"
    let expected =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 0x76, 0] + Array(header.utf8)
      + [UInt8](repeating: 0x20, count: 118 - header.utf8.count - 1) + [0x0A]
      + [1, 2, 3, 4, -0.5, 1e300].flatMap { value in littleEndian(value.bitPattern) }
    #expect(NPYFile.bytes(of: Matrix([[1.0, 2], [3, 4], [-0.5, 1e300]])) == expected)
  }

  @Test("npy: floats and integers come back as far as they are exact")
  func npyTypes() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a.npy"
    let matrix = Matrix([[1, -2, 3], [0.5, 1e9, 7]])
    for element in [NPYFile.Element.float32, .float64] {
      try NPYFile.write(matrix, to: path, as: element)
      #expect(try NPYFile.read(path) == matrix)
    }
    let whole = Matrix([[1, -2, 3], [0, 1e9, -2_147_483_648]])
    for element in [NPYFile.Element.int32, .int64] {
      try NPYFile.write(whole, to: path, as: element)
      #expect(try NPYFile.read(path) == whole)
    }
    let flat = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"
    try folder.put(npy(flat, [UInt8](repeating: 0, count: 16)), "flat.npy")
    #expect(try NPYFile.read("\(folder.path)/flat.npy") == Matrix(rows: 2, columns: 1))
  }

  private func npy(_ header: String, _ data: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + data
  }

  @Test(
    "npy: what is not ours to read is refused with the reason",
    arguments: [
      ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1), }", "pickled Python objects"),
      ("{'descr': '<c16', 'fortran_order': False, 'shape': (1, 1), }", "type is '<c16'"),
      ("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", "type is '>f8'"),
      ("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 1), }", "no simple 'descr'"),
      ("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1), }", "Fortran order"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }", "3 dimensions"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "0 dimensions"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", "does not fit 8 bytes"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1), }", "shape is (-1, -1)"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "does not fit"),
      ("{'descr': '<f8', 'fortran_order': False, }", "no simple 'shape'"),
    ])
  func npyRefused(header: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(npy(header, [UInt8](repeating: 0, count: 8)), "a.npy")
    let line = message { _ = try NPYFile.read("\(folder.path)/a.npy") }
    #expect(line.contains("a.npy") && line.contains(reason), "\(line)")
  }

  @Test("npy: cut off anywhere, it is refused")
  func npyCut() throws {
    let folder = try TemporaryFolder()
    let bytes = NPYFile.bytes(of: Matrix([[1.0, 2]]))
    for count in 0..<bytes.count {
      try folder.put(bytes.prefix(count), "a.npy")
      #expect(message { _ = try NPYFile.read("\(folder.path)/a.npy") }.contains("not a readable npy file"))
    }
  }

  // MARK: - safetensors

  private let file = SafetensorsFile(
    tensors: [
      "means": .init(shape: [2, 3], values: [1, -0.0, 1e-300, .infinity, 0.1, 6]),
      "std": .init(shape: [], values: [0.25]), "empty": .init(shape: [0, 4], values: []),
    ],
    metadata: ["seed": "18446744073709551615", "note": "quotes \" and \\ and \u{e9}\n"])

  @Test("safetensors: tensors and texts come back, header aligned, bytes independent of the order of keys")
  func safetensorsRoundTrip() throws {
    let folder = try TemporaryFolder()
    try file.write(to: "\(folder.path)/a.safetensors")
    #expect(try SafetensorsFile(reading: "\(folder.path)/a.safetensors") == file)
    var reordered = SafetensorsFile(tensors: [:])
    for name in ["std", "means", "empty"] { reordered.tensors[name] = file.tensors[name] }
    for name in ["note", "seed"] { reordered.metadata[name] = file.metadata[name] }
    #expect(reordered.bytes == file.bytes)
    let length = file.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0 && file.bytes.count == 8 + length + 7 * 8)
    try SafetensorsFile(tensors: [:]).write(to: "\(folder.path)/empty")
    #expect(try SafetensorsFile(reading: "\(folder.path)/empty").tensors.isEmpty)
  }

  private func safetensors(_ header: String, data: Int, claimed: UInt64? = nil) -> [UInt8] {
    let length = claimed ?? UInt64(header.utf8.count)
    return littleEndian(length) + Array(header.utf8) + [UInt8](repeating: 0, count: data)
  }

  @Test(
    "safetensors: headers that lie are refused with the reason",
    arguments: [
      (#"{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}"#, 8, "claims the bytes [0, 16] of 8"),
      (#"{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#, 8, "shape [2] has 8 bytes"),
      (#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, 16, "8 bytes belong to no tensor"),
      (#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}"#, 16, "claims the bytes [8, 16]"),
      (#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}}"#, 16, "claims the bytes"),
      (#"{"a":{"dtype":"F64","shape":[4611686018427387904,8],"data_offsets":[0,0]}}"#, 0, "the shape"),
      (#"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}"#, 0, "has 0 bytes"),
      (#"{"a":{"dtype":"F64","shape":[-1,-1],"data_offsets":[0,8]}}"#, 8, "the shape"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8, "type F32"),
      (
        #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
        8, "claims"
      ),
      (#"{"a":{"dtype":"F64","data_offsets":[0,8]}}"#, 8, "'shape' is missing"),
      (#"{"__metadata__":{"a":1}}"#, 0, "wrong type"),
      (#"{"a":"#, 0, "not valid JSON"), (#"[]"#, 0, "wrong type"),
    ])
  func safetensorsRefused(header: String, data: Int, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(safetensors(header, data: data), "a.safetensors")
    let line = message { _ = try SafetensorsFile(reading: "\(folder.path)/a.safetensors") }
    #expect(line.contains("a.safetensors") && line.contains(reason), "\(line)")
  }

  @Test("safetensors: of several wrong entries always the same is named")
  func safetensorsManyWrong() throws {
    let folder = try TemporaryFolder()
    let entries = [
      #""b":{"dtype":"F64"}"#, #""c":5"#, #""a":{"dtype":1}"#, #""d":{"dtype":"F64","shape":"x"}"#,
      "\"e\":{\"\u{FFFD}\":1}",
      #""__metadata__":{"y":1,"x":[],"z":2}"#,
    ]
    let lines = try (0..<60).map { seed in
      let order = RandomKey(seed: UInt64(seed)).permutation(entries.count).map { entries[$0] }
      try folder.put(safetensors("{\(order.joined(separator: ","))}", data: 0), "a")
      return message { _ = try SafetensorsFile(reading: "\(folder.path)/a") }
    }
    #expect(Set(lines).count == 1, "\(Set(lines))")
    #expect(lines[0].contains("x' has the wrong type"), "\(lines[0])")
  }

  @Test("safetensors: a header longer than the file, and a file cut off anywhere, are refused")
  func safetensorsCut() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a"
    for claimed in [UInt64.max, UInt64(Int.max), 1000] {
      try folder.put(safetensors("{}", data: 0, claimed: claimed), "a")
      #expect(message { _ = try SafetensorsFile(reading: path) }.contains("claims"))
    }
    let bytes = file.bytes
    for count in stride(from: 0, to: bytes.count, by: 7) {
      try folder.put(bytes.prefix(count), "a")
      #expect(message { _ = try SafetensorsFile(reading: path) }.contains("not a readable safetensors file"))
    }
  }

  // MARK: - CSV

  @Test("csv: every value comes back exactly; text is quoted where RFC 4180 asks for it, null is empty")
  func csvRoundTrip() throws {
    let folder = try TemporaryFolder()
    var table = CSVTable(columns: ["text", "number"])
    let texts = ["plain", "a,b", "say \"no\"", "two\nlines", "cr\r\nlf", "", "\"", "caf\u{e9}"]
    for (text, number) in zip(texts, awkward) { table.append([.text(text), .number(number)]) }
    table.append([.null, .null])
    table.append(["integer", .integer(-7)])
    try table.write(to: "\(folder.path)/a.csv")
    let read = try CSVReader(reading: "\(folder.path)/a.csv")
    #expect(read.columns == ["text", "number"])
    for (row, (text, number)) in zip(texts, awkward).enumerated() {
      #expect(read.value(row, "text") == text)
      #expect(read.value(row, "number").flatMap(Double.init)?.bitPattern == number.bitPattern)
    }
    #expect(read.rows[texts.count] == [nil, nil])
    #expect(read.rows[texts.count + 1] == ["integer", "-7"])
  }

  @Test("csv: shortest numbers, a newline per row")
  func csvText() {
    var table = CSVTable(columns: ["a", "b,c"])
    table.append([0.1, nil])
    table.append([2000, "x"])
    #expect(table.text == "a,\"b,c\"\n0.1,\n2000,x\n")
  }

  @Test(
    "csv: broken tables are errors with their line",
    arguments: [
      ("", "line 1: the table is empty"), ("a,b\n1,2\n3\n", "line 3: 1 fields, the header has 2"),
      ("a,b\n1,\"2\n3,4\n", "line 2: a quote is not closed"), ("a\n\"x\"y\n", "line 2: text after a closing quote"),
      ("a\nx\"y\n", "line 2: a quote inside"), ("a,b\n\"1\n1\",2\n1,2,3\n", "line 4: 3 fields"),
    ])
  func csvRefused(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(text, "a.csv")
    let line = message { _ = try CSVReader(reading: "\(folder.path)/a.csv") }
    #expect(line.contains("a.csv, \(reason)"), "\(line)")
  }
}
