// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

extension AuditCommand {
  enum Requests {
    case single(AuditRequest)
    case trajectory(AuditTrajectoryRequest)
  }

  /// What the arguments ask for: one audit, or with several sets a trajectory of them.
  func requests() throws -> Requests {
    let sets = try model.isEmpty ? self.sets() : models()
    let usualAxis: AuditTrajectory.Axis = model.isEmpty ? data.train.count > 1 ? .samples : .step : .components
    let audits = try sets.map { position, data in
      let idle = IdleAuditOptions(data: self.data, rule: rule, isTrajectory: sets.count > 1 && model.isEmpty)
      let checked = data.checked { try idle.check($0[0].datasets) }
      let request = AuditRequest(
        checked, settings: try rule.settings, memory: try memoryBytes, threads: work.threads)
      return (position: position ?? 0, request: request)
    }
    if audits.count == 1 { return .single(audits[0].request) }
    return .trajectory(try AuditTrajectoryRequest(axis: axis ?? usualAxis, audits: audits))
  }

  /// Every path that is read, as `POSITION=PATH` and as the path alone.
  var inputs: [String] {
    let arrays = [
      data.holdout, data.trainEmbeddings, data.generatedEmbeddings, data.holdoutEmbeddings, data.trainLabels,
    ]
    let paths = data.train + data.generated + arrays.compactMap { $0 } + model
    return paths.flatMap { [$0, String($0.drop { $0 != "=" }.dropFirst())] }
  }

  private func models() throws -> [(position: Double?, data: AuditData)] {
    let models = try model.map { try LaboratoryAudit(model: $0) }
    try Self.check(models.map { Double($0.components) }, "--model")
    return models.map { (Double($0.components), $0.data) }
  }

  /// The generated sets, each with its training set; the position of a single one is nil.
  private func sets() throws -> [(position: Double?, data: AuditData)] {
    let isSeveral = data.generated.count > 1
    // A single set is a path as it stands.
    let generated = data.generated.map { Self.split($0, isSeveral) }
    let train = data.train.map { Self.split($0, isSeveral) }
    if isSeveral {
      try checkSeveral(generated, train)
    } else if train.count > 1 {
      throw ValidationError("--train: \(train.count) sets for one generated set; allowed: one")
    }
    return try generated.map { position, path in
      let own = train.count == 1 ? (position, data.train[0]) : train.first { $0.position == position }
      guard let own else { throw ValidationError("--train: no set at the position of '\(path)'") }
      return (position, AuditData(try files(train: own.1, generated: path)))
    }
  }

  private func checkSeveral(
    _ generated: [(position: Double?, path: String)], _ train: [(position: Double?, path: String)]
  ) throws {
    try Self.check(generated.compactMap(\.position), "--generated")
    if train.count > 1 { try Self.check(train.compactMap(\.position), "--train") }
    for (position, path) in generated where position == nil {
      throw ValidationError("--generated: '\(path)' has no position; with several sets each is POSITION=PATH")
    }
    guard train.count == 1 || train.count == generated.count else {
      throw ValidationError(
        "--train: \(train.count) sets for \(generated.count) generated ones; allowed: one for all, or one for each")
    }
    guard data.trainEmbeddings == nil else {
      throw ValidationError("--train-embeddings: not with several generated sets")
    }
  }

  private func files(train: String, generated: String) throws -> AuditFiles {
    var pictures = try data.pictureOptions()
    pictures.labels = data.trainLabels
    var embeddings: AuditFiles.Embeddings?
    if let train = data.trainEmbeddings, let generated = data.generatedEmbeddings {
      embeddings = AuditFiles.Embeddings(
        train: train, generated: generated, holdout: data.holdoutEmbeddings,
        metric: data.embeddingMetric ?? "cosine" == "cosine" ? .cosine : .euclidean)
    }
    return AuditFiles(
      train: train, generated: generated, holdout: data.holdout, embeddings: embeddings, pictures: pictures,
      generatedPictures: try data.pictureOptions(generated: true))
  }

  private static func check(_ positions: [Double], _ option: String) throws {
    do throws(AuditError) { try AuditTrajectoryRequest.check(positions: positions) } catch {
      throw ValidationError("\(option): \(error)")
    }
  }

  /// `500=path` as 500 and path; what has no number before `=` is a path.
  private static func split(_ text: String, _ hasPositions: Bool) -> (position: Double?, path: String) {
    guard hasPositions, let sign = text.firstIndex(of: "="), let position = Double(text[..<sign]) else {
      return (nil, text)
    }
    return (position, String(text[text.index(after: sign)...]))
  }
}
