// SPDX-License-Identifier: MIT

extension SafetensorsFile {
  /// One value of the header: a tensor's description, or the texts under `__metadata__`.
  enum Entry: Codable {
    case tensor(dtype: String, shape: [Int], offsets: [Int])
    case metadata([String: String])

    private enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }

    /// Where the tensor begins: the order in which the file is read. An empty tensor begins where the next one does.
    var order: (Int, Int) {
      if case .tensor(_, _, let offsets) = self { (offsets.first ?? 0, offsets.last ?? 0) } else { (-1, -1) }
    }

    init(from decoder: any Decoder) throws {
      guard decoder.codingPath.last?.stringValue != "__metadata__" else {
        self = .metadata(try OrderedEntries<String>(from: decoder).values)
        return
      }
      let values = try decoder.container(keyedBy: CodingKeys.self)
      self = .tensor(
        dtype: try values.decode(String.self, forKey: .dtype), shape: try values.decode([Int].self, forKey: .shape),
        offsets: try values.decode([Int].self, forKey: .offsets))
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .metadata(let texts): try texts.encode(to: encoder)
      case .tensor(let dtype, let shape, let offsets):
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(dtype, forKey: .dtype)
        try values.encode(shape, forKey: .shape)
        try values.encode(offsets, forKey: .offsets)
      }
    }
  }
}
