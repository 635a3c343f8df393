// SPDX-License-Identifier: MIT
internal import Files
internal import Training

extension TypedStudyKey {
  /// A key with one value for the whole study.
  static func one(
    _ name: String, short: String? = nil, symbol: String? = nil, _ form: StudyForm<Value>,
    _ standard: StudyDefault<Value>,
    field: StudyField<Value>? = nil, hasColumn: Bool = true, _ help: String
  ) -> TypedStudyKey {
    var key = StudyKey(
      name: name, short: short, symbol: symbol, isAxis: false, allowed: form.allowed,
      standard: standard.text ?? standard.value(StudySettings()).map(form.text) ?? "", help: help)
    key.read = { node, settings throws(StudyError) in
      settings[name, as: Value.self] = try form.read(node)
      settings.mark(name, node)
    }
    key.check = { settings throws(StudyError) in
      guard let value = settings[name, as: Value.self], let problem = form.problem(value) else { return }
      throw settings.refused(
        name, part: problem.field ?? "", value: problem.value, problem.text, allowed: problem.allowed)
    }
    key.resolve = { settings throws(StudyError) in
      if settings.names(name) { return }
      if let value = standard.value(settings) { settings.fill(name, value) }
    }
    key.text = { $0[name, as: Value.self].map(form.text) }
    if let field {
      key.choices = { settings in
        settings[name, as: Value.self].map { value in [{ field.put(value, &$0) }] } ?? [{ _ in }]
      }
      key.problem = { field.take($0).flatMap(form.problem) }
      if hasColumn { key.columns = [StudyColumn(name: name) { field.take($0).map(form.cell) ?? .null }] }
    }
    return TypedStudyKey(key: key)
  }

  /// A key with one value or a list of them: an axis of the grid.
  ///
  /// `word` is what a study writes in place of values where the key is absent on purpose, such as `seed`.
  static func axis<Element>(
    _ name: String, short: String? = nil, symbol: String? = nil, _ form: StudyForm<Element>,
    _ standard: StudyDefault<Element>, field: StudyField<Element>, word: String? = nil, _ help: String
  ) -> TypedStudyKey where Value == [Element] {
    var key = StudyKey(
      name: name, short: short, symbol: symbol, isAxis: true, allowed: form.allowed,
      standard: standard.text ?? standard.value(StudySettings()).map(form.text) ?? "", help: help)
    key.read = { node, settings throws(StudyError) in
      if let word, case .scalar(word, _) = node.content { return }
      settings[name, as: [Element].self] = try node.elements(form)
      settings.mark(name, node)
      let nodes = if case .list(let elements) = node.content { elements } else { [node] }
      for (index, node) in nodes.enumerated() { settings.mark(name, part: "[\(index)]", node) }
    }
    key.check = { settings throws(StudyError) in
      guard let values = settings[name, as: [Element].self], let problem = StudyForm<Element>.listProblem(values, form)
      else {
        return
      }
      throw settings.refused(name, value: problem.value, problem.text, allowed: problem.allowed)
    }
    key.resolve = { settings throws(StudyError) in
      if settings.names(name) { return }
      if let value = standard.value(settings) { settings.fill(name, [value]) }
    }
    key.text = { settings in
      guard let values = settings[name, as: [Element].self]?.map(form.text) else { return word }
      return values.count == 1 ? values[0] : "[" + values.joined(separator: ", ") + "]"
    }
    key.choices = { settings in
      settings[name, as: [Element].self].map { $0.map { value in { field.put(value, &$0) } } } ?? [{ _ in }]
    }
    key.problem = { field.take($0).flatMap(form.problem) }
    key.columns = [StudyColumn(name: name) { field.take($0).map(form.cell) ?? .null }]
    return TypedStudyKey(key: key)
  }

  /// A key of the training, the same for all presets or one value for each; its default is the preset's.
  static func byPreset<Element>(
    _ name: String, _ form: StudyForm<Element>, standard: String,
    field: any WritableKeyPath<TrainingSettings, Element> & Sendable, _ help: String
  ) -> TypedStudyKey where Value == [Preset: Element] {
    var key = StudyKey(
      name: name, short: nil, symbol: nil, isAxis: false, allowed: form.allowed, standard: standard, help: help)
    key.read = { node, settings throws(StudyError) in
      settings[name, as: [Preset: Element].self] = [:]
      settings.fill(name, try read(node, name, form, &settings))
    }
    key.check = { settings throws(StudyError) in
      for preset in Preset.allCases {
        guard let value = settings[name, as: [Preset: Element].self]?[preset], let problem = form.problem(value) else {
          continue
        }
        throw settings.refused(
          name, part: preset.rawValue, value: problem.value, problem.text, allowed: problem.allowed)
      }
    }
    key.resolve = { settings throws(StudyError) in
      let given = settings[name, as: [Preset: Element].self] ?? [:]
      var values: [Preset: Element] = [:]
      for preset in settings.preset ?? [] {
        let standard = try settings.budget(of: preset)
        values[preset] = given[preset] ?? standard[keyPath: field]
      }
      settings.fill(name, values)
    }
    key.text = { settings in
      let values = settings[name, as: [Preset: Element].self] ?? [:]
      return StudyKey.keyed(
        (settings.preset ?? []).compactMap { preset in values[preset].map { (preset.rawValue, form.text($0)) } })
    }
    key.choices = { settings in
      let values = settings[name, as: [Preset: Element].self] ?? [:]
      return [
        { configuration in
          guard let value = values[configuration.training.preset] else { return }
          configuration.training[keyPath: field] = value
        }
      ]
    }
    key.problem = { form.problem($0.training[keyPath: field]) }
    key.columns = [StudyColumn(name: name) { form.cell($0.training[keyPath: field]) }]
    return TypedStudyKey(key: key)
  }

  /// One value for every preset, or a map from preset names to values.
  private static func read<Element>(
    _ node: StudyNode, _ name: String, _ form: StudyForm<Element>, _ settings: inout StudySettings
  ) throws(StudyError) -> Value where Value == [Preset: Element] {
    guard case .map = node.content else {
      for preset in Preset.allCases { settings.mark(name, part: preset.rawValue, node) }
      return .each(try form.read(node))
    }
    var values: Value = [:]
    for entry in try node.fields(Preset.allCases.map(\.rawValue), what: "a map") {
      guard let preset = Preset(rawValue: entry.key) else { continue }
      values[preset] = try form.read(entry.value)
      settings.mark(name, part: entry.key, entry.value)
    }
    return values
  }
}

extension StudyKey {
  /// One text where all agree, else a map.
  static func keyed(_ values: [(key: String, text: String)]) -> String {
    guard let first = values.first else { return "{}" }
    if values.allSatisfy({ $0.text == first.text }) { return first.text }
    return "{" + values.map { "\($0.key): \($0.text)" }.joined(separator: ", ") + "}"
  }
}

extension StudySettings {
  /// The training of a preset with the number of steps that the study gives it.
  func budget(of preset: Preset) throws(StudyError) -> TrainingSettings {
    do {
      return try preset.settings(forImages: self.images != nil, steps: self.steps?[preset])
    } catch {
      switch error {
      case .tooFewSteps(let count, let paperSteps):
        throw refusedAsWhole(
          "steps", part: preset.rawValue, value: "\(count)",
          "is too few for the preset \(preset.rawValue) (k = \(paperSteps)/steps must not exceed 50)",
          allowed: "\(paperSteps / 50) or more")
      case .imagesOnly:
        let index = self.preset?.firstIndex(of: preset) ?? 0
        throw refusedAsWhole(
          "preset", part: "[\(index)]", value: preset.rawValue, "is a preset of pictures",
          allowed: "paper, quick, or together with images")
      }
    }
  }
}

extension Dictionary where Key: CaseIterable {
  /// The same value for every key: `settings.steps = .each(2000)`.
  public static func each(_ value: Value) -> Self {
    Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0, value) })
  }
}
