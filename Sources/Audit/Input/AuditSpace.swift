// SPDX-License-Identifier: MIT
public import Neighbors

/// Training, generated and held-out points in one space, such as pixels or the embeddings of a network.
public struct AuditSpace: Sendable {
  /// `pixels`, `embeddings`, ..
  public let name: String
  /// T, shape (N, d).
  public let train: PointSet
  /// G, shape (n, d).
  public let generated: PointSet
  /// H of the same law as T, shape (h, d).
  public let holdout: PointSet?
  /// `.euclidean` or `.cosine`.
  public let metric: NeighborMetric
  /// Values per unit: distances are divided by it. 255 for pixels stored as bytes.
  public let unit: Double
  /// The same points in double precision, where they are given so: Euclidean spaces alone.
  public let doubles: Doubles?
  /// Of pictures: height, width and channels, for the tiled distance.
  public let picture: PictureDimensions?

  /// Points of a space in double precision: nearest neighbours that floats found are measured again with them.
  public struct Doubles: Sendable {
    /// T, shape (N, d), and G, shape (n, d).
    public let train, generated: DoublePoints
    /// H, shape (h, d).
    public let holdout: DoublePoints?

    /// Counts and dimensions must be those of the space, which checks them.
    public init(train: DoublePoints, generated: DoublePoints, holdout: DoublePoints?) {
      (self.train, self.generated, self.holdout) = (train, generated, holdout)
    }
  }

  /// The sides of pictures whose rows of values are (height, width, channels), channels last.
  public struct PictureDimensions: Sendable, Codable, Hashable {
    /// Pixels, pixels, and values per pixel.
    public let height, width, channels: Int

    /// Nothing is checked here: the space compares the product with its dimension.
    public init(height: Int, width: Int, channels: Int) {
      (self.height, self.width, self.channels) = (height, width, channels)
    }
  }

  /// Throws `AuditError` where shapes differ or there is too little: three training points, one sample of each other
  /// side.
  public init(
    name: String, train: PointSet, generated: PointSet, holdout: PointSet? = nil, metric: NeighborMetric = .euclidean,
    unit: Double = 1, picture: PictureDimensions? = nil,
    doubles: Doubles? = nil
  ) throws(AuditError) {
    try AuditError.require("train", "\(train.count) points", train.count >= 3, "3 or more")
    for (role, side) in [("generated", generated), ("holdout", holdout ?? generated)] {
      try AuditError.require(role, "\(side.count) points", side.count >= 1, "1 or more")
      try AuditError.require(
        role, "\(side.dimension) values", side.dimension == train.dimension,
        "\(train.dimension), as the training points")
    }
    try AuditError.require("unit", unit, unit > 0 && unit.isFinite, "above 0")
    if let picture {
      let sides = [picture.height, picture.width, picture.channels]
      // Doubles do not overflow.
      let fits = sides.allSatisfy { $0 >= 1 } && sides.reduce(1) { $0 * Double($1) } == Double(train.dimension)
      try AuditError.require("picture", "\(sides)", fits, "\(train.dimension) values in all")
    }
    if let doubles {
      let fits =
        (doubles.train.count, doubles.generated.count) == (train.count, generated.count)
        && doubles.holdout?.count == holdout?.count
        && [doubles.train, doubles.generated, doubles.holdout ?? doubles.train].allSatisfy {
          $0.dimension == train.dimension
        }
      try AuditError.require("doubles", doubles.train.count, fits, "the points themselves")
    }
    (self.name, self.train, self.generated, self.holdout) = (name, train, generated, holdout)
    (self.metric, self.unit, self.picture) = (metric, unit, picture)
    self.doubles = metric == .euclidean ? doubles : nil
  }
}
