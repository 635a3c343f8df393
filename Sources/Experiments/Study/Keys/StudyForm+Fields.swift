// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Files

extension StudyForm where Value == Initialization {
  private static var starts: [String] { ["partial-memorization", "gaussian", "sphere", "truth"] }

  /// A start: its word with default fields, or `{word: {field: value}}`.
  static var initialization: StudyForm {
    StudyForm(
      allowed: starts.joined(separator: ", "),
      parse: { node throws(StudyError) in
        switch node.content {
        case .scalar(let word, _): return try start(word, nil, node)
        case .map(let entries) where entries.count == 1: return try start(entries[0].key, entries[0].value, node)
        default: throw node.refused("is not one start", allowed: starts.joined(separator: ", "))
        }
      },
      problem: { start in start.fields.lazy.compactMap { StudyForm<Double>.scale.problem($0.value) }.first },
      text: { start in
        "{\(start.name): {\(start.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", "))}}"
      },
      cell: { start in
        .text("\(start.name) \(start.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " "))")
      })
  }

  private static func start(
    _ word: String, _ payload: StudyNode?, _ node: StudyNode
  ) throws(StudyError) -> Initialization {
    func numbers(_ names: String...) throws(StudyError) -> [String: Double] {
      var numbers: [String: Double] = [:]
      for entry in try payload?.fields(names, what: "a map") ?? [] {
        numbers[entry.key] = try StudyForm<Double>.scale.read(entry.value)
      }
      return numbers
    }
    switch word {
    case "partial-memorization": return .partialMemorization(std: try numbers("std")["std"] ?? 1e-3)
    case "gaussian":
      let given = try numbers("scale", "std")
      return .gaussian(scale: given["scale"] ?? 1, std: given["std"] ?? 1)
    case "sphere":
      let given = try numbers("radius", "std")
      return .sphere(radius: given["radius"], std: given["std"] ?? 1)
    case "truth": return .truth(std: try numbers("std")["std"] ?? 1)
    default: throw StudyNode(content: .scalar(word, plain: true), location: node.location).notOne(of: starts)
    }
  }
}

extension Initialization {
  /// Its numbers, by the names that they have in a study.
  fileprivate var fields: [(name: String, value: Double)] {
    switch self {
    case .partialMemorization(let std), .truth(let std), .sphere(nil, let std): [("std", std)]
    case .gaussian(let scale, let std): [("scale", scale), ("std", std)]
    case .sphere(let radius?, let std): [("radius", radius), ("std", std)]
    }
  }
}

extension StudyForm where Value == LossWeight {
  private static var more: String { ", {min-snr: limit}, {table: [..]}" }

  /// A weight of the loss: a word, `{min-snr: 5}` or `{table: [..]}`.
  static var weight: StudyForm {
    StudyForm(
      allowed: "unit, signal-to-noise, alpha-squared" + more,
      parse: { node throws(StudyError) in
        switch node.content {
        case .scalar("unit", _): return .unit
        case .scalar("signal-to-noise", _): return .signalToNoise
        case .scalar("alpha-squared", _): return .alphaSquared
        case .map(let entries) where entries.count == 1:
          let entry = try node.fields(["min-snr", "table"], what: "a weight")[0]
          if entry.key == "table" { return .table(try table(entry.value)) }
          return .minSNR(limit: try StudyForm<Double>.positive.read(entry.value))
        default: throw node.notOne(of: ["unit", "signal-to-noise", "alpha-squared"], or: more)
        }
      },
      problem: problem,
      text: { weight in
        switch weight {
        case .unit: "unit"
        case .signalToNoise: "signal-to-noise"
        case .alphaSquared: "alpha-squared"
        case .minSNR(let limit): "{min-snr: \(limit)}"
        case .table(let values): "{table: [\(values.map { "\($0)" }.joined(separator: ", "))]}"
        }
      },
      cell: { weight in
        switch weight {
        case .unit: "unit"
        case .signalToNoise: "signal-to-noise"
        case .alphaSquared: "alpha-squared"
        case .minSNR(let limit): .text("min-snr limit=\(limit)")
        // Spelled out: two tables are two configurations.
        case .table(let values): .text("table " + values.map { "\($0)" }.joined(separator: " "))
        }
      })
  }

  private static func table(_ node: StudyNode) throws(StudyError) -> [Double] {
    guard case .list(let elements) = node.content else {
      throw node.refused("is not a list", allowed: "a list with one number per time")
    }
    var values: [Double] = []
    for element in elements { values.append(try StudyForm<Double>.nonnegative.read(element)) }
    if let problem = problem(.table(values)) { throw node.refused(problem.text, allowed: problem.allowed) }
    return values
  }

  @Sendable private static func problem(_ weight: LossWeight) -> StudyProblem? {
    switch weight {
    case .unit, .signalToNoise, .alphaSquared: return nil
    case .minSNR(let limit): return StudyForm<Double>.positive.problem(limit)
    case .table(let values):
      if let problem = values.lazy.compactMap(StudyForm<Double>.nonnegative.problem).first { return problem }
      let allowed = "one number per time, at least one above 0"
      return values.contains { $0 > 0 }
        ? nil : StudyProblem(value: "table of \(values.count) values", text: "weights nothing", allowed: allowed)
    }
  }
}

extension StudyForm where Value == ImageSettings {
  /// Pictures: the name or path of a source, or a map of source, height, width, channels, logDeterminant.
  static var images: StudyForm {
    StudyForm(
      allowed: "a source, or a map of source, height, width, channels, logDeterminant",
      parse: { node throws(StudyError) in
        var settings = ImageSettings()
        if case .scalar = node.content {
          settings.source = try source.read(node)
          return settings
        }
        let known = ["source", "height", "width", "channels", "logDeterminant"]
        for entry in try node.fields(known, what: "a source of pictures") {
          switch entry.key {
          case "source": settings.source = try source.read(entry.value)
          case "height": settings.height = try side.read(entry.value)
          case "width": settings.width = try side.read(entry.value)
          case "channels": settings.channels = try channels.read(entry.value)
          default: settings.logDeterminant = try StudyForm<LogDeterminant>.word().read(entry.value)
          }
        }
        return settings
      },
      problem: { images in
        func field(_ name: String, _ problem: StudyProblem?) -> StudyProblem? {
          problem.map { StudyProblem(field: name, value: $0.value, text: $0.text, allowed: $0.allowed) }
        }
        return field("source", source.problem(images.source)) ?? field("height", side.problem(images.height))
          ?? field("width", side.problem(images.width)) ?? field("channels", channels.problem(images.channels))
      },
      text: { images in
        "{source: \(source.text(images.source)), height: \(images.height), width: \(images.width), "
          + "channels: \(images.channels), logDeterminant: \(images.logDeterminant.rawValue)}"
      },
      cell: { images in
        .text("\(images.source) height=\(images.height) width=\(images.width) channels=\(images.channels)")
      })
  }

  private static var side: StudyForm<Int> { .whole(StudyBounds.pictureSide) }
  private static var channels: StudyForm<Int> { .whole(StudyBounds.channels) }
  private static var source: StudyForm<String> {
    .line(allowed: "\(ImageSettings.fashionMNIST), or the path of a file or folder of pictures") {
      !$0.isEmpty && $0.count <= 1_000 && !$0.contains("\n")
    }
  }
}
