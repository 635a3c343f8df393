// SPDX-License-Identifier: MIT
internal import Denoisers

extension StudyNode {
  /// Pictures: the name or path of a source, or a map of source, height, width, channels, logDeterminant.
  func images() throws(StudyError) -> StudyMarked<ImageSettings> {
    var settings = ImageSettings()
    if case .scalar = content {
      settings.source = try source()
      return marked(settings)
    }
    let known = ["source", "height", "width", "channels", "logDeterminant"]
    for entry in try fields(known, what: "a source of pictures") {
      switch entry.key {
      case "source": settings.source = try entry.value.source()
      case "height": settings.height = try entry.value.integer(StudyBounds.pictureSide).value
      case "width": settings.width = try entry.value.integer(StudyBounds.pictureSide).value
      case "channels": settings.channels = try entry.value.integer(StudyBounds.channels).value
      default: settings.logDeterminant = try entry.value.word(LogDeterminant.self).value
      }
    }
    return marked(settings)
  }

  private func source() throws(StudyError) -> String {
    let allowed = "\(ImageSettings.fashionMNIST), or the path of a file or folder of pictures"
    return try line(allowed: allowed) { !$0.isEmpty && $0.count <= 1_000 && !$0.contains("\n") }.value
  }
}

extension StudyGrid {
  /// What pictures fix or do not have: said in one line each, with the key.
  static func checkImages(_ draft: StudyDraft) throws(StudyError) {
    guard let images = draft.images else { return }
    if let dimension = draft.dimension?.first, dimension.value != images.value.dimension {
      throw dimension.refused("is not that of the pictures", allowed: "left out, or \(images.value.dimension)")
    }
    if let ratio = draft.componentRatio?.first(where: { $0.value != 1 }) {
      throw ratio.refused("cannot be combined with images", allowed: "1")
    }
    if let share = draft.duplicates?.first(where: { $0.value != 0 }) {
      throw share.refused("cannot be combined with images", allowed: "0")
    }
    for start in draft.initialization ?? [] {
      switch start.value {
      case .partialMemorization, .truth: continue
      case .gaussian, .sphere:
        throw start.refused("cannot be combined with images", allowed: "partial-memorization, truth")
      }
    }
  }
}
